"""The database at a start: what somebody else left in it does no harm."""

import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection

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


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
