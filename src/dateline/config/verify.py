"""Asking every running server process to render its pressed pages again and compare."""

import asyncio
import contextlib
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from dateline.config.errors import StartRefused
from dateline.config.settings_table import home
from dateline.journal.doorbell import short_address
from dateline.press.front import PressFront

PATIENCE_SECONDS = 120.0


class NotRunning(StartRefused):
    """No server process answers."""

    code = "not-running"
    sentence = "No newsroom runs on {folder}; start it with `dateline run`."


@dataclass(frozen=True, slots=True)
class Report:
    """What the processes found: how many pages were compared, and which differ."""

    processes: int
    pages: int
    differing: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the report for a person."""
        lines = [f"{self.pages} pages in {self.processes} process(es) rendered again."]
        lines += [f"Differs: {key}" for key in self.differing]
        return "\n".join(lines if self.differing else [*lines, "All are as fresh as new."])


class Found(TypedDict):
    """One process's answer."""

    pages: int
    differing: list[str]


def _socket_path(pid: int) -> Path:
    return home() / "run" / f"press-{pid}.sock"


async def answer_verify(front: PressFront) -> asyncio.AbstractServer:
    """Let `dateline press verify` ask this process; only the owner of the data folder can."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pages = len(front.store.pages)
        differing = await front.verify()
        writer.write(json.dumps({"pages": pages, "differing": differing}).encode())
        await writer.drain()
        writer.close()

    path = _socket_path(os.getpid())
    path.unlink(missing_ok=True)
    return await asyncio.start_unix_server(answer, short_address(path))


def verify_press() -> Report:
    """Ask every server process of the data folder.

    Raises:
        NotRunning: none answers.
    """
    answers = [found for path in _sockets() if (found := _ask(path)) is not None]
    if not answers:
        raise NotRunning(folder=home())
    differing = sorted({key for found in answers for key in found["differing"]})
    pages = sum(found["pages"] for found in answers)
    return Report(len(answers), pages, tuple(differing))


def _sockets() -> list[Path]:
    return sorted((home() / "run").glob("press-*.sock"))


def _ask(path: Path) -> Found | None:
    """Return a process's answer; a socket whose process was killed is removed."""
    with socket.socket(socket.AF_UNIX) as asking, contextlib.suppress(OSError):
        asking.settimeout(PATIENCE_SECONDS)
        try:
            asking.connect(short_address(path))
        except ConnectionRefusedError:
            path.unlink(missing_ok=True)
            return None
        told = b""
        while piece := asking.recv(1 << 16):
            told += piece
        found: Found = json.loads(told)
        return found
    return None
