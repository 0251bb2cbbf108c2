"""How long and how much one connection may take before it is cut."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address
from math import inf
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of the server's connections; 0 turns a count off.

    Units: seconds, bytes, bytes a second. `header_seconds` runs from the first byte of a request,
        or from connecting, to the end of its headers; `idle_seconds` between requests; a body may
        take `body_seconds` and one second more for each `body_bytes_per_second` it brings;
        `stall_seconds` is the time in which a reader must take some of what waits for it.
        `per_address` counts connections per IPv4 address or IPv6 /64: leave it off behind a proxy.
    """

    header_seconds: float = 10.0
    idle_seconds: float = 30.0
    body_seconds: float = 20.0
    body_bytes_per_second: int = 500
    stall_seconds: float = 30.0
    max_header_bytes: int = 32768
    max_headers: int = 100
    per_address: int = 0
    connections: int = 0


class Pace(NamedTuple):
    """What a connection is doing, and how long it may go on doing just that.

    Shape: while `phase`, `turn` (by identity) and `amount` stay the same, nothing has moved.
    """

    phase: str
    turn: object
    amount: int
    seconds: float


UNLIMITED = Pace("answering", None, 0, inf)


class Watched(Protocol):
    """A connection under watch."""

    client: tuple[str, int] | None

    def pace(self) -> Pace:
        """Say what the connection is doing."""

    def cut(self, phase: str) -> None:
        """End the connection, which has been in a phase for too long."""


class Watch:
    """Looks at all connections a few times a second, so that no request has to set a timer."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        times = (limits.header_seconds, limits.idle_seconds, limits.body_seconds)
        self._interval = min(1.0, min(*times, limits.stall_seconds) / 4)
        self._noted: dict[Watched, tuple[Pace, float]] = {}
        self._addresses: dict[str, int] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.cuts = 0

    def admit(self, connection: Watched, loop: asyncio.AbstractEventLoop) -> bool:
        """Begin to watch a connection; False when there are too many already."""
        full = 0 < self.limits.connections <= len(self._noted)
        address = _network(connection.client)
        count = self._addresses.get(address, 0)
        crowded = 0 < self.limits.per_address <= count and address != ""
        self._addresses[address] = count + 1
        self._noted[connection] = (UNLIMITED, 0.0)
        self._schedule(loop.call_later)
        return not (full or crowded)

    def release(self, connection: Watched) -> None:
        """Stop watching a connection that ended or changed hands."""
        if self._noted.pop(connection, None) is None:
            return
        address = _network(connection.client)
        self._addresses[address] -= 1
        if not self._addresses[address]:
            del self._addresses[address]

    def _schedule(self, call_later: Callable[..., asyncio.TimerHandle]) -> None:
        if self._timer is None or self._timer.when() < asyncio.get_running_loop().time() - 5:
            self._timer = call_later(self._interval, self._look)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = None
        now = loop.time()
        for connection, (noted, since) in list(self._noted.items()):
            pace = connection.pace()
            if pace[0] != noted[0] or pace[1] is not noted[1] or pace[2] != noted[2]:
                self._noted[connection] = (pace, now)
            elif now - since > pace.seconds:
                self.cuts += 1
                connection.cut(pace.phase)
        if self._noted:
            self._schedule(loop.call_later)


def _network(client: tuple[str, int] | None) -> str:
    """Return what stands for one subscriber: an IPv4 address, or the /64 of an IPv6 one."""
    if client is None:
        return ""
    host = client[0]
    if ":" not in host:
        return host
    return str(IPv6Address(int(IPv6Address(host.partition("%")[0])) >> 64 << 64))
