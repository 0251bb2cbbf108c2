"""The launcher: what it keeps for the next start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[2] / "dateline"
SEE = "import os, sys; print(os.environ.get('PYTHONDONTWRITEBYTECODE'), sys.pycache_prefix)"


@pytest.fixture
def project(tmp_path):
    """Return a project whose environment is there and whose `dateline` says what it was given."""
    shutil.copy(LAUNCHER, tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").touch()
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    (tmp_path / "dateline.py").write_text(SEE)
    seen = (
        f"import runpy; one = runpy.run_path({str(tmp_path / 'dateline')!r}); "
        f"print('run', one['digest_of']({str(tmp_path / 'requirements' / 'run.txt')!r}))"
    )
    mark = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    (tmp_path / ".venv" / "synced").write_text(mark.stdout.strip())
    return tmp_path


@pytest.mark.parametrize(
    ("system", "said"), [({}, "None None"), ({"PYTHONDONTWRITEBYTECODE": "1"}, "None {kept}")]
)
def test_what_is_compiled_is_kept(project, system, said):
    usual = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "dateline", "demo"],
        cwd=project,
        env={**usual, **system, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == said.format(kept=project / ".venv" / "compiled"), done.stderr
