"""The pages one process holds, kept coherent with all others by the ring."""

from collections.abc import Callable
from dataclasses import dataclass

from .index import KeyIndex
from .page import PressedPage
from .ring import FORGET, KeyRing
from .sieve import Sieve
from .stale import StaleCopies


@dataclass(slots=True)
class Counts:
    """What the press did since the process began; the numbers only ever grow."""

    hits: int = 0
    misses: int = 0
    passed: int = 0
    stores: int = 0
    refused: int = 0
    evicted: int = 0
    dropped: int = 0
    stale: int = 0


def _plain_last(value: int) -> bool:
    return not value & FORGET


def _ignore(_: str) -> None:
    pass


class PageStore:
    """Pages by address, bounded in bytes.

    Shape: `pages` maps the canonical address to the page and is read directly by the quick path;
        `seen` is the ring position up to which pages were dropped: while it equals
        `ring.position`, every page in `pages` is up to date. `on_cooled` is called with the address
        of each page that was dropped though readers were asking for it.
    Units: `budget_bytes` for the pages; a quarter of it more for stale copies.
    Order: all methods belong to the event loop's thread.
    """

    def __init__(self, ring: KeyRing, budget_bytes: int = 256 << 20) -> None:
        self.ring = ring
        self.budget_bytes = budget_bytes
        self.pages: dict[str, PressedPage] = {}
        self.seen = ring.position
        self.bytes = 0
        self.counts = Counts()
        self.stale = StaleCopies(budget_bytes // 4)
        self.on_cooled: Callable[[str], None] = _ignore
        self._pinned: set[str] = set()
        self._index = KeyIndex()
        self._sieve = Sieve()

    def find(self, key: str) -> PressedPage | None:
        """Return the page of an address if it is here and up to date."""
        if self.ring.position != self.seen:
            self.catch_up()
        return self.pages.get(key)

    def catch_up(self) -> None:
        """Drop every page that the ring says is out of date."""
        self.seen, rung = self.ring.since(self.seen)
        if rung is None:
            self.clear()
            return
        for value in sorted(rung, key=_plain_last):
            self._ring_for(value)

    def _ring_for(self, value: int) -> None:
        forget = value & FORGET
        value &= ~FORGET
        for key in self._index.touched_by(value):
            page = self._remove(key)
            self.counts.dropped += 1
            if page.visited and not forget:
                self.stale.keep(page)
                self.on_cooled(key)
        if forget:
            self.stale.forget(value)

    def refresh(self) -> None:
        """Catch up, also when the ring's file was removed under us; called a few times a second."""
        if self.ring.refresh() or self.ring.position != self.seen:
            self.catch_up()

    def rung_since(self, page: PressedPage, position: int) -> bool:
        """Say whether a page read at a ring position has gone out of date."""
        if self.ring.position == position:
            return False
        _, rung = self.ring.since(position)
        return rung is None or not page.digests.isdisjoint(rung)

    def put(self, key: str, page: PressedPage, seen: int) -> bool:
        """Store a page whose render began at ring position `seen`; say whether it was stored.

        Refused are a page that went out of date since, one without keys (nothing could ever drop
        it) and one that would take more than an eighth of the budget.
        """
        self.find(key)
        oversize = page.size > self.budget_bytes // 8
        if key in self._pinned or not page.keys or oversize or self.rung_since(page, seen):
            self.counts.refused += 1
            return False
        if key in self.pages:
            self._remove(key)
        self.stale.drop(key)
        page.key = key
        self.pages[key] = page
        self._index.add(page)
        self._sieve.add(page)
        self.bytes += page.size
        self.counts.stores += 1
        while self.bytes > self.budget_bytes:
            self._evict()
        return True

    def pin(self, key: str, page: PressedPage) -> None:
        """Keep a page for the life of the process, outside the budget: static files."""
        page.key = key
        self._pinned.add(key)
        self.pages[key] = page

    def clear(self) -> None:
        """Drop everything but what is pinned, and every stale copy."""
        for key in self.pages.keys() - self._pinned:
            self._remove(key)
            self.counts.dropped += 1
        self.stale.clear()

    def _evict(self) -> None:
        victim = self._sieve.victim()
        if victim is not None:
            self._remove(victim.key)
            self.counts.evicted += 1

    def _remove(self, key: str) -> PressedPage:
        page = self.pages.pop(key)
        self._index.discard(page)
        self._sieve.remove(page)
        self.bytes -= page.size
        return page
