"""The product itself as the server under test, on the sample newsroom or on a given data folder."""

import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from .many import environment
from .processes import cpu_seconds, pinned

PATIENCE = 60.0
LOOK_EVERY, AT_REST, LONGEST_START = 5.0, 0.04, 600.0


@dataclass
class Newsroom:
    """A running newsroom; `began` is when its command was called, on the monotonic clock."""

    home: Path
    port: int
    pid: int
    began: float
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def server(self) -> int:
        """The process that answers and holds the streams: the supervisor starts it first."""
        return self.children()[0]

    def children(self) -> list[int]:
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(child) for child in path.read_text().split()]


@contextmanager
def newsroom(
    home: Path | None = None,
    *,
    core: int | None = None,
    command: str = "demo",
    settings: str = "",
):
    """Run a newsroom until the block ends; without a home it is the sample in a new folder.

    `settings` is what the dateline.toml of the new folder says.
    """
    with tempfile.TemporaryDirectory(prefix="bench-newsroom-") as place:
        folder = home or Path(place) / "newsroom"
        if settings:
            folder.mkdir()
            (folder / "dateline.toml").write_text(settings)
        log = Path(place) / "log"
        words = [*(pinned(core) if core is not None else []), sys.executable, "-m", "dateline"]
        words += [command, "--home", str(folder), "--port", "0"]
        began = time.monotonic()
        with log.open("wb") as file:
            process = subprocess.Popen(words, stdout=file, stderr=file, env=environment(folder))
        try:
            port = _await(process, log)
            yield Newsroom(folder, port, process.pid, began, environment(folder))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _await(process, log: Path) -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(log.read_text()[-2000:])
        found = re.search(r"Site +http://\S+?:(\d+)/\n", log.read_text())
        if found:
            try:
                urlopen(f"http://localhost:{found[1]}/", timeout=10).close()
            except OSError:
                pass
            else:
                return int(found[1])
        time.sleep(0.02)
    raise SystemExit(log.read_text()[-2000:])


def memory_mib(pids: list[int]) -> float:
    """Return the memory of processes, shared pages counted once (proportional set size)."""
    total = 0
    for pid in pids:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
        total += int(found[1])
    return total / 1024


def await_rest(pid: int) -> None:
    """Return when a newsroom takes less than a twenty-fifth of a processor."""
    until, before = time.monotonic() + LONGEST_START, cpu_seconds(pid)
    while time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        now = cpu_seconds(pid)
        if now - before < LOOK_EVERY * AT_REST:
            return
        before = now
    raise SystemExit(f"the newsroom is not at rest after {LONGEST_START:.0f} s")
