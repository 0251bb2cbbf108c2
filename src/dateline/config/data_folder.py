"""The data folder: made whole or not at all, locked by one instance, secrets for its owner."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import IO

from dateline.common.one_by_one import one_by_one
from dateline.config.errors import AlreadyRunning, HomeRefused
from dateline.config.settings_in_force import SECRETS_NAME

MARK = ".dateline"


def prepare_home(folder: Path) -> None:
    """Make the data folder and its secrets if they are missing.

    Raises:
        HomeRefused: the folder cannot be made or written, or holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise HomeRefused(folder=folder, why="it is a file")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / MARK).exists() and any(folder.iterdir()):
            _refuse_foreign(folder)
        for part in ("media", "run"):
            (folder / part).mkdir(exist_ok=True)
        (folder / MARK).touch()
        with one_by_one(folder / "run" / "secrets.turn"):
            _write_secrets(folder / SECRETS_NAME)
    except OSError as error:
        raise HomeRefused(folder=folder, why=(error.strerror or str(error)).lower()) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise HomeRefused(folder=folder, why="it is not writable")


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder with other people's files; a lone dateline.toml is ours."""
    strangers = sorted(p.name for p in folder.iterdir() if p.name != "dateline.toml")
    if strangers:
        raise HomeRefused(folder=folder, why=f"it holds other files ({strangers[0]})")


def _write_secrets(path: Path) -> None:
    """Write new secrets in one step, so that a crash leaves none or all."""
    if path.exists():
        return
    draft = path.with_suffix(f".{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# Generated at the first run. Keep it private; back it up with the rest.\n")
        file.write(f'secret_key = "{secrets.token_urlsafe(48)}"\n')
        # Any 32 bytes are a key of P-256, but for one in 2**32.
        file.write(f'push_key = "{secrets.token_urlsafe(32)}"\n')
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def refuse_empty(folder: Path) -> None:
    """Refuse a folder in which no newsroom has been made yet.

    Raises:
        HomeRefused: it is missing, or not the data folder of a newsroom.
    """
    try:
        found = (folder / MARK).exists()
    except OSError as error:
        raise HomeRefused(folder=folder, why=(error.strerror or str(error)).lower()) from error
    if not found:
        raise HomeRefused(folder=folder, why="no newsroom is in it; `dateline run` makes one")


def refuse_second(folder: Path) -> None:
    """Refuse a data folder that another process holds, before anything else is tried.

    Raises:
        AlreadyRunning: another process holds it.
    """
    if (folder / "run" / "lock").exists():
        lock_home(folder).close()


def lock_home(folder: Path) -> IO[str]:
    """Take the data folder for this process; the lock ends with the returned file.

    Raises:
        AlreadyRunning: another process holds it.
    """
    file = (folder / "run" / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        pid = file.read().strip() or "unknown"
        file.close()
        raise AlreadyRunning(folder=folder, pid=pid) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
