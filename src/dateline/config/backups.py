"""One file holds a newsroom: database, pictures, settings, secrets; checked before it is used."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

from django.core.management import call_command

from dateline.common import clock
from dateline.config.errors import StartRefused
from dateline.config.settings_in_force import (
    FILE_NAME,
    SECRETS_NAME,
    load_settings,
    settings_in_force,
)

_MANIFEST = "manifest.json"
_DATABASE = "dateline.sqlite3"
_DUMP = "dateline.pgdump"
_FOLDERS = ("dkim", "media")
_PARTS = (FILE_NAME, SECRETS_NAME, "first-login.txt", ".dateline")


class BackupRefused(StartRefused):
    """A backup cannot be written or restored."""

    code = "backup-refused"
    sentence = "{file}: {why}."


def write_backup(folder: Path, target: Path) -> Path:
    """Write everything of a data folder to one compressed file, also while it is running.

    The database is copied as of one moment, first; pictures are only ever added, so those the
    copy names are there when their turn comes.

    Raises:
        BackupRefused: the file exists already or cannot be written.
    """
    if target.exists():
        raise BackupRefused(file=target, why="is there already; choose another name")
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with tempfile.TemporaryDirectory() as place:
            database = _dump_database(Path(place))
            _pack(folder, database, draft)
        draft.replace(target)
    except OSError as error:
        raise BackupRefused(file=target, why=(error.strerror or str(error)).lower()) from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _dump_database(place: Path) -> Path:
    from django.conf import settings  # noqa: PLC0415 - after the house is open

    from dateline.config.database import copy_sqlite  # noqa: PLC0415

    chosen = settings.DATABASES["default"]
    if chosen["ENGINE"].endswith("sqlite3"):
        path = place / _DATABASE
        copy_sqlite(Path(chosen["NAME"]), path)
        return path
    path = place / _DUMP
    password = {**os.environ, "PGPASSWORD": chosen["PASSWORD"]}
    command = ["pg_dump", "--format=custom", f"--file={path}", *_pg_arguments(chosen)]
    try:
        subprocess.run(command, check=True, env=password, capture_output=True)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupRefused(file="pg_dump", why="is not installed") from error
    except subprocess.CalledProcessError as error:
        raise BackupRefused(file="pg_dump", why=error.stderr.decode().strip()) from error
    return path


def _pg_arguments(chosen: dict[str, Any]) -> list[str]:
    arguments = [f"--dbname={chosen['NAME']}", f"--username={chosen['USER']}"]
    arguments += [f"--host={chosen['HOST']}"] if chosen["HOST"] else []
    return arguments + ([f"--port={chosen['PORT']}"] if chosen["PORT"] else [])


def _pack(folder: Path, database: Path, draft: Path) -> None:
    files = {database.name: database}
    files |= {name: folder / name for name in _PARTS if (folder / name).exists()}
    for part in _FOLDERS:
        paths = (path for path in sorted((folder / part).rglob("*")) if path.is_file())
        files |= {str(path.relative_to(folder)): path for path in paths}
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        packed = ((name, _pack_file(archive, name, path)) for name, path in files.items())
        digests = {name: digest for name, digest in packed if digest is not None}
        manifest = {"made_at": clock.now().isoformat(), "files": digests}
        listing = json.dumps(manifest).encode()
        about = tarfile.TarInfo(_MANIFEST)
        about.size = len(listing)
        archive.addfile(about, io.BytesIO(listing))
        file.flush()
    with draft.open("rb") as whole:
        os.fsync(whole.fileno())


class _Digesting:
    """A file that digests what is read from it: what was packed, even while it is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.made = sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        piece = self.file.read(size)
        self.made.update(piece)
        return piece


def _pack_file(archive: tarfile.TarFile, name: str, path: Path) -> str | None:
    """Pack a file and return the digest of what was packed, None for one that has just gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        reading = _Digesting(file)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), cast("IO[bytes]", reading))
    return reading.made.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        made = sha256()
        while piece := file.read(1 << 20):
            made.update(piece)
    return made.hexdigest()


def restore_backup(source: Path, folder: Path, *, replace: bool) -> Path:
    """Check a backup whole, then make a data folder of it; what was there is kept aside.

    Raises:
        BackupRefused: the file is no whole backup, or the folder is in use or not empty.
    """
    from dateline.config.data_folder import MARK, lock_home  # noqa: PLC0415

    is_there = (folder / MARK).exists() or (folder.exists() and any(folder.iterdir()))
    if is_there and not replace:
        raise BackupRefused(file=folder, why="is not empty; --replace keeps it aside")
    if (folder / "run").exists():
        lock_home(folder).close()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _unpack(source, fresh)
        _check(source, fresh)
        _check_postgresql(source, fresh)
        for part in ("media", "run"):
            (fresh / part).mkdir(exist_ok=True)
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _restore_postgresql(source, folder)
    return folder


def _unpack(source: Path, fresh: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(fresh, filter="data")
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise BackupRefused(file=source, why=f"is no whole backup ({error})") from error


def _check(source: Path, fresh: Path) -> None:
    """Compare every file with the manifest, and ask SQLite whether its database is sound."""
    try:
        files = dict(json.loads((fresh / _MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupRefused(file=source, why="has no readable manifest") from error
    there = {str(path.relative_to(fresh)) for path in fresh.rglob("*") if not path.is_dir()}
    for name in sorted(there - files.keys() - {_MANIFEST}):
        raise BackupRefused(file=source, why=f"{name} is not in its manifest")
    for name, digest in files.items():
        path = fresh / name
        if not path.is_file() or _digest(path) != digest:
            raise BackupRefused(file=source, why=f"{name} is missing or damaged")
    (fresh / _MANIFEST).unlink()
    database = fresh / _DATABASE
    answer = _integrity(database) if database.exists() else "ok"
    if answer != "ok":
        raise BackupRefused(file=source, why=f"its database is damaged ({answer})")


def _integrity(database: Path) -> str:
    """Return what SQLite says of a database: `ok`, or what is wrong."""
    connection = sqlite3.connect(database)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        connection.close()


def _put_in_place(fresh: Path, folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        aside = folder.with_name(f"{folder.name}.before-{clock.now():%Y%m%dT%H%M%S}")
        folder.rename(aside)
    elif folder.exists():
        folder.rmdir()
    fresh.rename(folder)
    folder.chmod(0o700)


def _check_postgresql(source: Path, fresh: Path) -> None:
    """Refuse a dump that could not be restored, before anything is put in its place."""
    dump = fresh / _DUMP
    if not dump.exists():
        return
    chosen = load_settings(fresh)
    if not chosen.database.get_secret_value():
        raise BackupRefused(
            file=source, why="holds a PostgreSQL database; set DATELINE_DATABASE and restore again"
        )
    if shutil.which("pg_restore") is None:
        raise BackupRefused(file=source, why="needs pg_restore; install PostgreSQL's client tools")
    listed = subprocess.run(["pg_restore", "--list", dump], capture_output=True, check=False)  # noqa: S603, S607
    if listed.returncode:
        raise BackupRefused(file=source, why=f"its dump is damaged ({_first_line(listed.stderr)})")
    import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

    try:
        psycopg.connect(chosen.database.get_secret_value(), connect_timeout=5).close()
    except psycopg.Error as error:
        why = f"its database cannot be reached ({_first_line(str(error).encode())})"
        raise BackupRefused(file=source, why=why) from error


def _first_line(text: bytes) -> str:
    return next(iter(text.decode(errors="replace").strip().splitlines()), "no reason given")


def _restore_postgresql(source: Path, folder: Path) -> None:
    dump = folder / _DUMP
    if not dump.exists():
        return
    settings_in_force.cache_clear()
    import django  # noqa: PLC0415 - after the folder is in place

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    chosen = settings.DATABASES["default"]
    # All or nothing: what is there stays as it is if anything of the dump cannot be restored.
    how = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    command = ["pg_restore", *how, *_pg_arguments(chosen), str(dump)]
    password = {**os.environ, "PGPASSWORD": chosen["PASSWORD"]}
    done = subprocess.run(command, env=password, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupRefused(file=source, why=done.stderr.decode().strip())
    call_command("migrate", interactive=False, verbosity=0)
