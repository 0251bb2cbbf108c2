"""Load by wrk on a core of its own, in interleaved rounds, and what came of it."""

import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .processes import LOAD_CORE, cpu_seconds, pinned

CONNECTIONS = 64
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


@dataclass(frozen=True)
class Request:
    """One of the requests that a load cycles through."""

    target: str
    headers: tuple[tuple[str, str], ...] = ()

    def raw(self) -> str:
        lines = [f"GET {self.target} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers)]
        return "\r\n".join(lines) + "\r\n\r\n"


@dataclass(frozen=True)
class Side:
    """A server to load: its name, port, process, and what to ask."""

    name: str
    port: int
    pid: int
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class Sample:
    """One round. Units: requests a second, milliseconds, microseconds of CPU a request."""

    rate: float
    p99_ms: float
    cpu_us: float
    errors: int


@dataclass
class Row:
    """One comparison: the ratio is ours over the peer's, round by round."""

    name: str
    goal: float
    max_p99_ms: float
    ours: list[Sample] = field(default_factory=list)
    peer: list[Sample] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return sorted(a.rate / b.rate for a, b in zip(self.ours, self.peer, strict=True))

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def cpu_ratio(self) -> float:
        """The peer's CPU time for a request over ours: steadier than rates on a shared machine."""
        return middle(self.peer, "cpu_us") / middle(self.ours, "cpu_us")

    @property
    def errors(self) -> int:
        return sum(sample.errors for sample in self.ours + self.peer)

    @property
    def verdict(self) -> str:
        """Say "met" or "missed", or "busy" where even the peer is slower than we may be."""
        if self.ratio < self.goal or self.errors:
            return "missed"
        if middle(self.ours, "p99_ms") <= self.max_p99_ms:
            return "met"
        return "busy" if middle(self.peer, "p99_ms") > self.max_p99_ms else "missed"

    @property
    def met(self) -> bool:
        return self.verdict == "met"


@dataclass
class Report:
    """All rows of one benchmark."""

    title: str
    rows: list[Row]

    @property
    def met(self) -> bool:
        return all(row.met for row in self.rows)

    def as_dict(self) -> dict:
        return {"title": self.title, "met": self.met, "rows": [_figures(row) for row in self.rows]}

    def as_table(self) -> str:
        head = f"{'':24} {'ratio':>6} {'spread':>13} {'CPU':>6} {'ours/s':>8} {'peer/s':>8}"
        lines = [self.title, head + f" {'p99 ms':>7} {'peer':>6} {'errors':>6}"]
        for row in self.rows:
            spread = f"{row.ratios[0]:.2f} – {row.ratios[-1]:.2f}"
            lines.append(
                f"{row.name:24} {row.ratio:6.2f} {spread:>13} {row.cpu_ratio:6.2f}"
                f" {middle(row.ours, 'rate'):8.0f} {middle(row.peer, 'rate'):8.0f}"
                f" {middle(row.ours, 'p99_ms'):7.2f} {middle(row.peer, 'p99_ms'):6.2f}"
                f" {row.errors:6d} {row.verdict}"
            )
        return "\n".join(lines)


def middle(samples: list[Sample], name: str) -> float:
    return statistics.median(getattr(sample, name) for sample in samples)


def _figures(row: Row) -> dict:
    return {
        "name": row.name,
        "verdict": row.verdict,
        "goal": row.goal,
        "ratio": round(row.ratio, 3),
        "ratios": [round(ratio, 3) for ratio in row.ratios],
        "cpu_ratio": round(row.cpu_ratio, 3),
        "ours_per_second": round(middle(row.ours, "rate")),
        "peer_per_second": round(middle(row.peer, "rate")),
        "ours_p99_ms": middle(row.ours, "p99_ms"),
        "peer_p99_ms": middle(row.peer, "p99_ms"),
        "errors": row.errors,
    }


def interleave(row: Row, ours: Side, peer: Side, *, rounds: int, seconds: int) -> Row:
    """Warm both sides up, then load them in turn: A B A B …"""
    for side in (ours, peer):
        load(side, 1)
    for _ in range(rounds):
        row.ours.append(load(ours, seconds))
        row.peer.append(load(peer, seconds))
    return row


def load(side: Side, seconds: int) -> Sample:
    """Load one side for a while from `CONNECTIONS` connections of one thread."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_script(side.requests))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
        command += ["-s", script.name, f"http://127.0.0.1:{side.port}/"]
        before = cpu_seconds(side.pid)
        said = subprocess.run(
            [*pinned(LOAD_CORE), *command], capture_output=True, text=True, check=True
        ).stdout
        spent = cpu_seconds(side.pid) - before
    return _sample(said, spent)


def _script(requests: Iterable[Request]) -> str:
    """Return Lua that sends ready-made requests in turn, so that the load costs little itself."""
    quoted = ",\n".join(
        f"[==[{request.raw()}]==]".replace("\r\n", "\\r\\n") for request in requests
    )
    return (
        f"local asks = {{ {quoted} }}\n"
        'for i = 1, #asks do asks[i] = asks[i]:gsub("\\\\r\\\\n", "\\r\\n") end\n'
        "local n = 0\n"
        "request = function() n = n % #asks + 1 return asks[n] end\n"
    )


def _sample(said: str, spent: float) -> Sample:
    count = int(re.search(r"(\d+) requests in", said)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", said).groups()
    sockets = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    statuses = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = sum(map(int, sockets.groups())) if sockets else 0
    errors += int(statuses[1]) if statuses else 0
    return Sample(rate, float(number) * _UNITS[unit], spent * 1e6 / max(count, 1), errors)


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
