"""Whose request is next, so that servers of strangers that do not answer hold up nobody else.

Anybody may name a server of their own as the push service of a browser, or as one that is told of a
feed. A site that answers promptly has most of the lines; one that nobody knows yet has one of the
few that strangers share; one that does not answer, or takes its time again and again, rests, longer
each time.
"""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from dateline.common.client import network_of

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

T = TypeVar("T")
AT_ONCE = 16
MOST_OF_ONE = 12
"""Requests to one site that are under way at once, of those to all."""
STRANGERS = 4
PROMPT = 2.0
"""Seconds within which a site answers that goes on being known."""
_IN_A_ROW = 3
_FIRST_REST, _LONGEST_REST = 15.0, 900.0
_MOST_SITES = 1000


def site_of(address: str) -> str:
    """Return whose an address is: the name that its owner registered, or its network.

    Whoever owns a name owns all below it, so these count as one; names that somebody hands out
    below their own, as hosting services do, cost nothing, and count as one too.
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        ip_address(host)
    except ValueError:
        return _suffixes().privatesuffix(host) or host
    return network_of(host)


@cache
def _suffixes() -> "PublicSuffixList":
    """Return below which names anybody may register one, as registries say: `com`, `co.uk`."""
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - a list of 10,000 rules

    return PublicSuffixList(only_icann=True)


@dataclass(slots=True)
class Manners:
    """How each site behaved, as far as one process knows.

    Units: seconds of the monotonic clock.
    """

    _known: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _until: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _failed: OrderedDict[str, int] = field(default_factory=OrderedDict)

    def knows(self, site: str) -> bool:
        """Say whether a site has answered promptly, and still does."""
        return site in self._known

    def rest_of(self, site: str) -> timedelta:
        """Return how long a site is still to be left alone."""
        return timedelta(seconds=max(0.0, self._until.get(site, 0.0) - monotonic()))

    def note(self, site: str, *, took: float, is_answered: bool) -> None:
        """Note how a request went. Anybody may be slow now and then, and a known site may fail.

        A stranger that fails rests at once: it may never have been a push service.
        """
        if is_answered and took <= PROMPT:
            self._failed.pop(site, None)
            self._until.pop(site, None)
            _keep(self._known, site, None)
            return
        times = self._failed.get(site, 0) + 1
        _keep(self._failed, site, times)
        patience = _IN_A_ROW if is_answered or site in self._known else 1
        if times < patience:
            return
        self._known.pop(site, None)
        rest = min(_LONGEST_REST, _FIRST_REST * 2 ** min(times - patience, 10))
        _keep(self._until, site, monotonic() + rest)


def _keep(kept: OrderedDict[str, T], name: str, value: T) -> None:
    """Keep a value as the newest of so many: whoever names ever more sites fills no memory."""
    kept[name] = value
    kept.move_to_end(name)
    if len(kept) > _MOST_SITES:
        kept.popitem(last=False)


def take_turns(
    pool: Executor,
    work: Sequence[tuple[str, T]],
    ask: Callable[[T], bool],
    *,
    manners: Manners,
    seconds: float,
) -> None:
    """Ask for all by several threads; what is not begun within so many seconds is not asked.

    `work` names the site of each, and `ask` says if it was answered.
    """
    turns = Turns(work, manners, until=monotonic() + seconds)
    for job in [pool.submit(turns.each, ask) for _ in range(min(AT_ONCE, len(work)))]:
        job.result()


class Turns(Generic[T]):
    """What is to be asked in one window, handed out to threads site by site until its end."""

    def __init__(self, work: Iterable[tuple[str, T]], manners: Manners, *, until: float) -> None:
        """`work` names the site of each; it is begun before `until`, by the monotonic clock."""
        self._waiting: OrderedDict[str, deque[T]] = OrderedDict()
        for site, one in work:
            self._waiting.setdefault(site, deque()).append(one)
        self._manners, self._until = manners, until
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()

    def each(self, ask: Callable[[T], bool]) -> None:
        """Ask for one after the other while it is somebody's turn; `ask` says if it was answered.

        Many threads do so at once.
        """
        while (turn := self._next()) is not None:
            site, one = turn
            began, is_answered = monotonic(), False
            try:
                is_answered = ask(one)
            finally:
                with self._changed:
                    self._running[site] -= 1
                    took = monotonic() - began
                    self._manners.note(site, took=took, is_answered=is_answered)
                    self._changed.notify_all()

    def _next(self) -> tuple[str, T] | None:
        """Take the next; None when there is none, or it is too late. Waits for others' ends."""
        with self._changed:
            while self._waiting and (left := self._until - monotonic()) > 0:
                for site in tuple(self._waiting):
                    if self._manners.rest_of(site):
                        del self._waiting[site]
                    elif self._may(site):
                        return site, self._taken(site)
                self._changed.wait(left if self._waiting else 0)
        return None

    def _may(self, site: str) -> bool:
        if self._manners.knows(site):
            return self._running[site] < MOST_OF_ONE
        strangers = sum(
            count for one, count in self._running.items() if not self._manners.knows(one)
        )
        return not self._running[site] and strangers < STRANGERS

    def _taken(self, site: str) -> T:
        """Take what a site has waited for longest; another site is next."""
        queue = self._waiting[site]
        one = queue.popleft()
        self._running[site] += 1
        if queue:
            self._waiting.move_to_end(site)
        else:
            del self._waiting[site]
        return one
