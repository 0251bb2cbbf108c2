"""Asking every server process of this machine: each answers on a socket in the data folder.

Only the owner of the folder can enter it, so whoever can ask may know.
"""

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dateline.config.settings_in_force import home
from dateline.journal.doorbell import short_address

Told = dict[str, Any]


async def answer_as(name: str, tell: Callable[[], Awaitable[Told]]) -> asyncio.AbstractServer:
    """Tell whoever asks this process under a name; the answer is made anew for each."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told = json.dumps(await tell()).encode()
        with suppress(OSError):  # whoever asked is gone
            writer.write(told)
            await writer.drain()
        writer.close()

    path = home() / "run" / f"{name}-{os.getpid()}.sock"
    path.unlink(missing_ok=True)
    return await asyncio.start_unix_server(answer, short_address(path))


def ask_all(name: str, *, patience: float) -> list[Told]:
    """Return what the processes say that answer under a name within so many seconds."""
    paths = sorted((home() / "run").glob(f"{name}-*.sock"))
    return [told for path in paths if (told := _ask(path, patience)) is not None]


def _ask(path: Path, patience: float) -> Told | None:
    """Return a process's answer; the socket of one that was killed is removed."""
    with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
        line.settimeout(patience)
        try:
            line.connect(short_address(path))
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)
            return None
        told: Told = json.loads(b"".join(iter(lambda: line.recv(1 << 16), b"")))
        return told
    return None
