"""The database at start: made from the shipped template, or migrated, never left half done."""

import gzip
import os
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from dateline.common import house
from dateline.common.one_by_one import one_by_one
from dateline.config.errors import StartRefused
from dateline.config.fingerprint import PACKAGE, migrations_fingerprint
from dateline.config.fleet import one_machine_at_a_time

TEMPLATE = PACKAGE / "config" / "template.sqlite3.gz"
TEMPLATE_MARK = TEMPLATE.with_name("template.fingerprint")


class DatabaseRefused(StartRefused):
    """The database cannot be reached or migrated."""

    code = "database-refused"
    sentence = "The database cannot be used: {why}."


def prepare_database() -> None:
    """Make or migrate the database if that is needed, one process of all machines at a time.

    Raises:
        DatabaseRefused: it cannot be reached, or a migration failed (SQLite is put back as it was).
    """
    forget_statistics()
    fingerprint = migrations_fingerprint()
    mark = house.home() / "run" / "migrated"
    if _is_prepared(mark, fingerprint):
        return
    with one_by_one(house.home() / "run" / "migrating.turn"):
        if not _is_prepared(mark, fingerprint):
            _prepare(mark, fingerprint)


def _is_prepared(mark: Path, fingerprint: str) -> bool:
    return mark.exists() and mark.read_text() == _mark(fingerprint) and _is_there()


def _prepare(mark: Path, fingerprint: str) -> None:
    try:
        if connection.vendor == "sqlite":
            _prepare_sqlite(fingerprint)
        else:
            with one_machine_at_a_time():
                _migrate()
    except DatabaseError as error:
        raise DatabaseRefused(why=str(error).strip().splitlines()[0]) from error
    finally:
        connection.close()
    mark.write_text(_mark(fingerprint))


def forget_statistics() -> None:
    """Have SQLite know nothing of how many rows its tables have; other databases are left alone.

    Our lists are walks along indexes made for them, which SQLite takes by itself. One that was
    analysed sorts all stories of an edition for its front (6 s at 1,000,000 instead of 10 ms), and
    one that was analysed with an empty index of words reads all of that index to add a story.
    """
    if connection.vendor != "sqlite" or not _is_there():
        return
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as database:
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone():
            database.execute("DROP TABLE sqlite_stat1")
    database.close()


def _mark(fingerprint: str) -> str:
    """Return what says that this very database has these migrations."""
    chosen = settings.DATABASES["default"]
    return f"{fingerprint} {chosen['ENGINE']} {chosen.get('HOST', '')} {chosen['NAME']}\n"


def _is_there() -> bool:
    return connection.vendor != "sqlite" or Path(settings.DATABASES["default"]["NAME"]).exists()


def _prepare_sqlite(fingerprint: str) -> None:
    path = Path(settings.DATABASES["default"]["NAME"])
    if not path.exists() and has_template(fingerprint):
        unpack_template(path)
        return
    kept = path.with_suffix(".before-upgrade") if path.exists() else None
    if kept:
        copy_sqlite(path, kept)
    try:
        _migrate()
    except BaseException:
        connection.close()
        if kept:
            _replace(kept, path)
        raise


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def has_template(fingerprint: str) -> bool:
    """Say whether the shipped template has just these migrations."""
    return TEMPLATE.exists() and TEMPLATE_MARK.read_text().strip() == fingerprint


def unpack_template(path: Path) -> None:
    """Put the migrated template at a path, whole or not at all."""
    draft = path.with_suffix(".new")
    with gzip.open(TEMPLATE) as packed, draft.open("wb") as file:
        shutil.copyfileobj(packed, file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database while it is in use, as of one moment."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as origin, sqlite3.connect(target) as copy:
        origin.backup(copy)
    origin.close()
    copy.close()


def _replace(kept: Path, path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    kept.replace(path)


def build_template() -> None:
    """Migrate an empty database and ship it; run by `dateline manage build_template`.

    Shape: writes `template.sqlite3.gz` and `template.fingerprint` beside this file.
    """
    path = Path(settings.DATABASES["default"]["NAME"])
    _migrate()
    connection.close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
    database.execute("VACUUM")
    database.close()
    TEMPLATE.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    TEMPLATE_MARK.write_text(migrations_fingerprint() + "\n")
