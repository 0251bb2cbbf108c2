"""The data folder and settings of a test process; a plug-in, since Django reads them first.

What chance decides is decided the same way each time; `--hypothesis-profile seek` goes elsewhere,
and where a test asks `examples` for how long, also for longer.
"""

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

_KEPT = {"DATELINE_TEST_DATABASE", "DATELINE_CHROME"}

HOME = Path(tempfile.mkdtemp(prefix="dateline-test-"))
(HOME / "run").mkdir()
for _name in [name for name in os.environ if name.startswith("DATELINE_")]:
    if _name not in _KEPT:
        del os.environ[_name]
os.environ["DATELINE_HOME"] = str(HOME)
os.environ["DATELINE_STAFF_SECOND_FACTOR"] = "false"
os.environ["DATELINE_LOG_IN_WITH"] = (
    '[{"id": "guild", "name": "Press Guild", "server": "https://login.guild.example",'
    ' "client_id": "newsroom", "secret": "hush-hush"}]'
)
os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
if _address := os.environ.get("DATELINE_TEST_DATABASE"):
    os.environ["DATELINE_DATABASE"] = _address

settings.register_profile("repeatable", derandomize=True, database=None)
settings.register_profile("seek", derandomize=False, database=None)
settings.load_profile("repeatable")


def examples(usual: int, *, seeking: int) -> int:
    """Return how many walks a random machine takes: the same few each time, or many new ones.

    On PostgreSQL half of those that SQLite takes: they are the same, and take as long.
    """
    if settings.get_current_profile_name() == "seek":
        return seeking
    return -(-usual // 2) if _address else usual


def pytest_unconfigure() -> None:
    """Remove the data folder."""
    shutil.rmtree(HOME, ignore_errors=True)
