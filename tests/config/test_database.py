"""The database at a start: what somebody else left in it does no harm."""

import sqlite3
import threading

import pytest
from django.core.management import call_command
from django.db import connection

from dateline.common.one_by_one import one_by_one
from dateline.config import database


@pytest.mark.skipif(connection.vendor != "sqlite", reason="statistics of SQLite")
def test_an_analysed_database_is_as_quick_as_any_other(tmp_path, settings, monkeypatch):
    path = tmp_path / "dateline.sqlite3"
    database.unpack_template(path)
    with sqlite3.connect(path) as held:
        held.execute("ANALYZE")
        assert held.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0
    held.close()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    database.forget_statistics()
    with sqlite3.connect(path) as held:
        plan = held.execute(
            "EXPLAIN QUERY PLAN DELETE FROM search_words_data WHERE id >= 1 AND id <= 9"
        ).fetchone()
    held.close()
    assert plan[3].startswith("SEARCH")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
def test_of_two_that_start_at_once_one_makes_the_database(tmp_path, settings, monkeypatch):
    path = tmp_path / "dateline.sqlite3"
    settings.DATELINE_HOME = tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    (tmp_path / "run").mkdir()
    second = threading.Thread(target=database.prepare_database)
    with one_by_one(tmp_path / "run" / "migrating.turn"):
        second.start()
        second.join(0.5)
        assert second.is_alive()
        assert not path.exists()
    second.join(60)
    made = path.stat()
    database.prepare_database()
    assert (made.st_size > 0, path.stat().st_ino) == (True, made.st_ino)


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
