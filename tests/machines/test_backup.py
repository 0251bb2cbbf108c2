"""A newsroom on PostgreSQL, backed up, is the same newsroom in another database."""

from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.journeys.running import Running
from tests.machines.conftest import OPEN, new_database, python

ROWS = (
    "stories_story",
    "stories_version",
    "journal_journalline",
    "people_account",
    "people_person",
)
SMALL = f"""{OPEN}
from tests.factories import a_newsroom, a_published_story
room = a_newsroom()
for number in range(3):
    a_published_story(room, f"Told before the backup {{number}}")
"""
SHOWN = f"""{OPEN}
from django.test import Client
from dateline.reader.marks import without_journal
from dateline.stories.models import Story
for path in ["/", "/world/", "/feed.xml", *(story.address for story in Story.objects.all())]:
    print(without_journal(Client(SERVER_NAME="localhost").get(path).content).decode())
"""


def rows(address):
    """Return the rows of the tables that matter, whole, in order."""
    with psycopg.connect(address) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
            for table in ROWS
        }


@pytest.fixture(scope="module")
def backed_up(database, migrated, tmp_path_factory):
    """A small newsroom, its backup, and what readers got and the database held at that time."""
    place = tmp_path_factory.mktemp("backup")
    address = new_database(database, "backed_up", like=migrated)
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
    address = new_database(database, "restored", like="template1")
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
