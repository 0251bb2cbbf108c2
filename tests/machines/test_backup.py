"""A newsroom on PostgreSQL, backed up, is the same newsroom in another database."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.journeys.running import Running, environment

ROOT = Path(__file__).resolve().parents[2]
ROWS = (
    "stories_story",
    "stories_version",
    "journal_journalline",
    "people_account",
    "people_person",
)
SMALL = """
import sys
from pathlib import Path
from dateline.config.commands.common import open_house
open_house(Path(sys.argv[1]))
from tests.factories import a_newsroom, a_published_story
room = a_newsroom()
for number in range(3):
    a_published_story(room, f"Told before the backup {number}")
"""
SHOWN = """
import sys
from pathlib import Path
from dateline.config.commands.common import open_house
open_house(Path(sys.argv[1]))
from django.test import Client
from dateline.reader.marks import without_journal
from dateline.stories.models import Story
for path in ["/", "/world/", "/feed.xml", *(story.address for story in Story.objects.all())]:
    print(without_journal(Client(SERVER_NAME="localhost").get(path).content).decode())
"""


def a_database(server, name):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def rows(address):
    """Return the rows of the tables that matter, whole, in order."""
    with psycopg.connect(address) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ROWS
        }


def python(newsroom, code):
    """Run code on a newsroom's data folder, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(newsroom.home)],
        cwd=ROOT,
        env=environment(newsroom.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def backed_up(database, tmp_path_factory):
    """A small newsroom, its backup, and what readers got and the database held at that time."""
    place = tmp_path_factory.mktemp("backup")
    address = a_database(database, "backed_up")
    newsroom = Running(place / "a", settings={"database": address})
    python(newsroom, SMALL)
    file = place / "b.tar.gz"
    done = newsroom.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    return newsroom, file, python(newsroom, SHOWN), rows(address)


def restored(newsroom, home, address, file, *words):
    other = replace(newsroom, home=home, settings={**newsroom.settings, "database": address})
    return other, other.run("restore", str(file), *words)


def test_it_is_the_same_newsroom_in_another_database(database, backed_up, tmp_path):
    newsroom, file, shown, held = backed_up
    address = a_database(database, "restored")
    other, done = restored(newsroom, tmp_path / "copy", address, file)
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(address) == held
    assert shown.count("Told before the backup") > 3
    assert python(other, SHOWN) == shown


def test_what_came_after_the_backup_is_replaced_only_when_told(backed_up, tmp_path):
    newsroom, file, _, held = backed_up
    address = newsroom.settings["database"]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("UPDATE stories_story SET headline = 'Overwritten'")
    _, done = restored(newsroom, newsroom.home, address, file)
    assert "--replace keeps it aside" in done.stderr
    assert rows(address) != held
    _, done = restored(newsroom, newsroom.home, address, file, "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(address) == held
    assert len(list(newsroom.home.parent.glob("a.before-*"))) == 1


def test_what_cannot_be_restored_leaves_the_database_as_it_is(database, backed_up, tmp_path):
    newsroom, file, _, held = backed_up
    address = newsroom.settings["database"]
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(file.read_bytes()[:-5000])
    _, done = restored(newsroom, tmp_path / "copy", address, damaged)
    assert (done.returncode, "is no whole backup" in done.stderr) == (1, True)
    _, done = restored(newsroom, tmp_path / "copy", "", file)
    assert "set DATELINE_DATABASE and restore again" in done.stderr
    gone = urlsplit(database)._replace(path="/never_made").geturl()
    _, done = restored(newsroom, tmp_path / "copy", gone, file)
    assert "its database cannot be reached" in done.stderr
    assert not (tmp_path / "copy").exists()
    assert rows(address) == held
