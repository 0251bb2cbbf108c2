"""The data folder and settings of a test process; a plug-in, since Django reads them first."""

import os
import shutil
import tempfile
from pathlib import Path

_KEPT = {"DATELINE_TEST_DATABASE", "DATELINE_CHROME"}

HOME = Path(tempfile.mkdtemp(prefix="dateline-test-"))
(HOME / "run").mkdir()
for _name in [name for name in os.environ if name.startswith("DATELINE_")]:
    if _name not in _KEPT:
        del os.environ[_name]
os.environ["DATELINE_HOME"] = str(HOME)
os.environ["DATELINE_STAFF_SECOND_FACTOR"] = "false"
os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
if _address := os.environ.get("DATELINE_TEST_DATABASE"):
    os.environ["DATELINE_DATABASE"] = _address


def pytest_unconfigure() -> None:
    """Remove the data folder."""
    shutil.rmtree(HOME, ignore_errors=True)
