"""`dateline archive import` as an operator types it, killed in the middle, and refused."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.archive.samples import SAMPLES, export, post

pytestmark = pytest.mark.slow
SEED = """
from pathlib import Path
from dateline.config.commands.common import open_house
open_house(Path({home!r}))
from dateline.topics.actions import save_edition, save_section
from dateline.topics.models import Edition, Section
edition = Edition(code="en", name="M", agency="M", language="en", is_default=True)
edition = save_edition(by=None, edition=edition)
save_section(by=None, section=Section(edition=edition, name="World", slug="world"))
"""
COUNT = """
import django; django.setup()
from dateline.archive.models import ImportedItem, ImportRun
from dateline.stories.models import OldAddress, Story, Version
states = ",".join(ImportRun.objects.order_by("pk").values_list("state", flat=True))
print(Story.objects.count(), Version.objects.count(), ImportedItem.objects.count(),
      OldAddress.objects.count(), states)
"""


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    run_python(folder, SEED.format(home=str(folder)))
    return folder


def environment(home):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "PYTEST"))}
    return {
        **kept,
        "DATELINE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "dateline.config.settings",
    }


def run_python(home, code):
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(home, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "dateline", "archive", "import", *map(str, words)],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(home, *words):
    process = start(home, *words)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def counted(home):
    return run_python(home, COUNT).split()


def stored(home):
    """Return how many stories are committed, without the time that starting Python takes."""
    with closing(sqlite3.connect(home / "dateline.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM stories_story").fetchone()[0]


def test_an_import_that_is_killed_goes_on_where_it_was(home, tmp_path):
    path = export(tmp_path / "export.xml", *(post(number) for number in range(1, 801)))
    words = (path, "--section", "world", "--publish")
    process = start(home, *words)
    until = time.monotonic() + 200
    while time.monotonic() < until and stored(home) < 100:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    stories, versions, items, addresses, _ = counted(home)
    assert 100 <= int(stories) < 800
    assert (versions, items, int(addresses)) == (stories, stories, 2 * int(stories))
    code, out, _ = ask(home, *words)
    assert (code, counted(home)) == (0, ["800", "800", "800", "1600", "stopped,done"])
    assert f"{int(stories):>9,}  known already" in out
    assert [file.suffix for file in (home / "imports").iterdir()] == [".txt"]


def test_what_is_refused_is_one_line_and_stores_nothing(home, tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text((SAMPLES / "wordpress.xml").read_text()[:-200])
    (tmp_path / "empty.xml").touch()
    (tmp_path / "map.toml").write_text('[kinds]\nopinion = "letter"\n')
    good = SAMPLES / "wordpress.xml"
    for words, said in (
        ((broken, "--publish"), "dateline: broken.xml line "),
        ((tmp_path / "empty.xml", "--publish"), "dateline: empty.xml: it is empty"),
        ((tmp_path / "none.xml", "--publish"), f"dateline: {tmp_path}/none.xml: is not there"),
        ((good,), "dateline: Say --publish or --as-drafts"),
        ((good, "--publish", "--map", tmp_path / "map.toml"), "dateline: "),
        ((good, "--publish", "--zone", "Nowhere/Town"), "dateline: There is no time zone"),
        ((good, "--publish", "--section", "sport"), "dateline: There is no section 'sport'"),
        ((good, "--publish", "--media", good), f"dateline: {good}: is no folder"),
        ((SAMPLES / "ghost.json", "--publish"), "dateline: the file: a Ghost export does not"),
    ):
        code, out, err = ask(home, *words)
        assert (code, out, err.count("\n")) == (1, "", 1), err
        assert err.startswith(said)
    assert counted(home)[:4] == ["0", "0", "0", "0"]
