"""What a doctor would ask a newsroom: each problem with its cure."""

import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline.config.errors import StartRefused
from dateline.config.open_files import LEAST_FILES, files_granted
from dateline.config.settings_in_force import SECRETS_NAME, describe_settings, settings_in_force
from dateline.config.settings_table import Settings

LEAST_FREE = 500 * 1024 * 1024
Say = Callable[[str], object]


def examine(folder: Path, say: Say) -> int:
    """Print the settings in force and every problem; return how many problems there are.

    Raises:
        SettingsRefused: the settings cannot be read, naming the line.
    """
    say(f"Data folder {folder}\n")
    for line in describe_settings(folder):
        unit = f" {line.unit}" if line.unit else ""
        say(f"{line.name} = {line.value}{unit}   [{line.source}]\n    {line.sentence}")
    say("")
    troubles = list(_troubles(folder, settings_in_force()))
    for trouble in troubles:
        say(f"Problem: {trouble}")
    say("No problem found." if not troubles else f"{len(troubles)} problem(s).")
    return len(troubles)


def _troubles(folder: Path, chosen: Settings) -> Iterator[str]:
    yield from _python()
    yield from _files()
    if not folder.exists():
        yield f"{folder} is not there yet; `dateline run` makes it."
        return
    yield from _rights(folder)
    yield from _space(folder)
    yield from _database(folder, chosen)
    yield from _address(chosen)


def _python() -> Iterator[str]:
    version = tuple(sys.version_info)
    if version < (3, 11):
        yield f"Python {sys.version.split()[0]} is too old; install Python 3.11 or newer."


def _files() -> Iterator[str]:
    granted = files_granted()
    if granted < LEAST_FILES:
        yield (
            f"Only {granted} files may be open at once, and each reader's connection is one; raise "
            "the limit (LimitNOFILE= in a systemd unit, `ulimit -Hn` in a shell)."
        )


def _rights(folder: Path) -> Iterator[str]:
    if not os.access(folder, os.W_OK):
        yield f"{folder} is not writable; give it to the account Dateline runs as."
    secrets = folder / SECRETS_NAME
    if secrets.exists() and secrets.stat().st_mode & 0o077:
        yield f"{secrets} can be read by others; run `chmod 600 {secrets}`."


def _space(folder: Path) -> Iterator[str]:
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        yield f"Only {free // 1024**2} MB are free on the disk of {folder}; make room."


def _database(folder: Path, chosen: Settings) -> Iterator[str]:
    if chosen.database.get_secret_value():
        yield from _postgresql()
        return
    path = folder / "dateline.sqlite3"
    if not path.exists():
        return
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        answer = database.execute("PRAGMA quick_check").fetchone()[0]
    database.close()
    if answer != "ok":
        yield f"The database is damaged ({answer}); restore the latest backup."


def _postgresql() -> Iterator[str]:
    import django  # noqa: PLC0415 - only where the database is not SQLite
    from django.db import DatabaseError, connection  # noqa: PLC0415

    django.setup()
    try:
        connection.ensure_connection()
        if connection.cursor().connection.info.server_version < 150_000:
            yield "PostgreSQL is older than 15; upgrade it."
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        yield f"PostgreSQL does not answer ({first}); check DATELINE_DATABASE and the server."
    finally:
        connection.close()


def _address(chosen: Settings) -> Iterator[str]:
    if chosen.port == 0:
        return
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((chosen.host, chosen.port)) == 0 and not _is_ours():
            yield f"Another program listens on {chosen.host}:{chosen.port}; choose another port."


def _is_ours() -> bool:
    from dateline.config.data_folder import lock_home  # noqa: PLC0415
    from dateline.config.settings_in_force import home  # noqa: PLC0415

    try:
        lock_home(home()).close()
    except StartRefused:
        return True
    return False
