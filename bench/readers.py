"""Thousands of open streams, held by a small program of our own, and what came to them when."""

import json
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .processes import LOAD_CORE, pinned
from .publisher import MARK

_SOURCE = Path(__file__).with_name("readers.c")
_NOTE = struct.Struct("=IIQ")
_OPENED = 0
_SPARE_FILES = 512
_FIRST = ("nice", "-n", "-20")
"""They share a core with the newsroom's runner, which no reader does in life: they go before it,
where the machine allows it."""


@dataclass
class Heard:
    """What came to all readers.

    Shape: `opened` is the moments at which each reader's connections opened; `arrived` the moments
    at which an event of some number came to each reader, by that number. `disorder` counts events
    that came after one with a higher number.
    Units: seconds of the monotonic clock.
    """

    count: int
    opened: dict[int, list[float]] = field(default_factory=dict)
    arrived: dict[int, dict[int, list[float]]] = field(default_factory=dict)
    disorder: int = 0

    def lost(self, numbers) -> int:
        """Return how often one of the numbers did not come to a reader."""
        return sum(self.count - len(self.arrived.get(number, ())) for number in numbers)

    def twice(self) -> int:
        """Return how often one came again to who had it."""
        return sum(len(at) - 1 for readers in self.arrived.values() for at in readers.values())

    def lateness(self, number: int, since: float) -> list[float]:
        """Return the milliseconds from a moment to the arrival at each reader, in rising order."""
        return sorted((at[0] - since) * 1000 for at in self.arrived.get(number, {}).values())


class Readers:
    """A running program that holds streams; `heard()` ends it."""

    def __init__(self, process: subprocess.Popen, count: int, notes: Path) -> None:
        self._process, self._count, self._notes = process, count, notes

    def heard(self) -> Heard:
        """Close all streams and return what came to them."""
        self._process.communicate()
        if self._process.returncode:
            raise SystemExit("the readers came to grief")
        found, newest = Heard(self._count), [0] * self._count
        for reader, number, nanoseconds in _NOTE.iter_unpack(self._notes.read_bytes()):
            at = nanoseconds / 1e9
            if number == _OPENED:
                found.opened.setdefault(reader, []).append(at)
                continue
            found.disorder += number < newest[reader]
            newest[reader] = max(number, newest[reader])
            found.arrived.setdefault(number, {}).setdefault(reader, []).append(at)
        return found


@contextmanager
def readers(port: int, target: str, count: int, event: str):
    """Hold streams open while the block runs; begins once all of them are open."""
    with tempfile.TemporaryDirectory(prefix="bench-readers-") as place:
        notes = Path(place) / "notes"
        words = [str(_program(Path(place))), str(port), target, str(count), event, MARK, str(notes)]
        process = subprocess.Popen(
            [*pinned(LOAD_CORE), *_FIRST, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if process.stdout.readline() != "open\n":
                raise SystemExit("the readers did not open")
            yield Readers(process, count, notes)
        finally:
            process.kill()
            process.wait()


def _program(folder: Path) -> Path:
    if shutil.which("cc") is None:
        raise SystemExit("a C compiler is not installed: apt-get install gcc libc6-dev")
    made = folder / "readers"
    subprocess.run(["cc", "-O2", "-Wall", "-o", str(made), str(_SOURCE)], check=True)
    return made


def allow_files(connections: int) -> None:
    """Let this process and those it starts hold so many connections each."""
    need = connections + _SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, need), max(hard, need)))
    except (ValueError, PermissionError):
        told = f"{connections:,} connections need {need:,} open files, and {hard:,} are allowed"
        raise SystemExit(f"{told}: raise the limit (ulimit -Hn {need}) or take fewer") from None


class Publishing:
    """A process with the newsroom's actions that publishes when told to."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [*pinned(LOAD_CORE), sys.executable, "-m", "bench.publisher"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, what: str, number: int) -> dict:
        """Publish, and return when the call began and when it was committed."""
        self._process.stdin.write(f"{what} {number}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("the publisher came to grief")
        return json.loads(answer)

    def end(self) -> None:
        """End the process."""
        self._process.communicate()


@contextmanager
def publishing(environment: dict[str, str]):
    """Run a publisher while the block runs."""
    publisher = Publishing(environment)
    try:
        yield publisher
    finally:
        publisher.end()
