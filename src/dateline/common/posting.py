"""Saying something to an address of others: the same guarded way out, and lines that stay open.

A `Line` is a connection to one origin, kept for several requests; `post` makes one for a single
request. An answer's redirects are not followed: what we send is for the one it was meant for.
"""

from dataclasses import dataclass
from http.client import HTTPException, RemoteDisconnected
from time import monotonic
from types import TracebackType
from typing import Self

from dateline.common.fetch import Bounds, FetchRefused, Pinned, Place, own_headers, place_of
from dateline.common.late import cut_late

_STALE = (RemoteDisconnected, BrokenPipeError, ConnectionResetError)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the other side said: its status, and the beginning of its body."""

    status: int
    body: bytes
    retry_after: str = ""


def ask(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    bounds: Bounds,
) -> Answered:
    """Make one request and return its answer, whatever its status.

    Raises:
        FetchRefused: the address is none, not public, or does not answer in time.
    """
    with Line(url, bounds) as line:
        return line.ask(method, url, body=body, headers=headers)


class Line:
    """A connection to the origin of an address, for one thread; opened by its first request.

    It is looked up and checked anew whenever it is opened. The bounds are those of each request.
    """

    def __init__(self, url: str, bounds: Bounds) -> None:
        self._origin = _origin(place_of(url))
        self._bounds = bounds
        self._connection: Pinned | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answered:
        """Make one request of this origin.

        A line that was closed by the other side while it was idle is opened again, once, unless
        that took half of the time: who waits to hang up is not idle.

        Raises:
            FetchRefused: another origin, not public, or no answer in time.
        """
        place = place_of(url)
        if _origin(place) != self._origin:
            raise FetchRefused(url=url, why="is another origin than its line")
        until = monotonic() + self._bounds.seconds
        was_open = self._connection is not None
        try:
            return self._asked(place, method, body, headers or {}, until)
        except _STALE as error:
            self.close()
            if not was_open or monotonic() >= until - self._bounds.seconds / 2:
                raise FetchRefused(url=url, why="does not answer as the web does") from error
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            late = monotonic() >= until
            why = "takes too long" if late else "does not answer as the web does"
            raise FetchRefused(url=url, why=why) from error
        return self.ask(method, url, body=body, headers=headers)

    def _asked(
        self, place: Place, method: str, body: bytes | None, headers: dict[str, str], until: float
    ) -> Answered:
        connection = self._connection
        if connection is None:
            left = until - monotonic()
            connection = self._connection = Pinned(place, self._bounds, left)
        with cut_late(connection, until):
            connection.request(method, place.target, body, own_headers(place) | headers)
            with connection.getresponse() as answer:
                told = answer.read(self._bounds.max_bytes)
                if answer.length or answer.will_close or answer.read(1):
                    self.close()
                return Answered(answer.status, told, answer.headers.get("Retry-After", ""))


def _origin(place: Place) -> tuple[bool, str]:
    return place.is_tls, place.authority
