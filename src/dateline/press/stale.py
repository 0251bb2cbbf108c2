"""The last copies of pages that were much read, for the hour in which the application fails."""

import time
from dataclasses import dataclass

from .index import KeyIndex
from .page import PressedPage


@dataclass(slots=True)
class StaleCopy:
    """An out-of-date page.

    Units: `since` and `retry_at` are seconds of the monotonic clock; before `retry_at` the
        application is not asked again, so that a failing one is not also flooded.
    """

    page: PressedPage
    since: float
    retry_at: float = 0.0


class StaleCopies:
    """Out-of-date pages, bounded in bytes and age, the oldest going first."""

    def __init__(self, budget_bytes: int, max_seconds: float = 86400.0) -> None:
        self._budget = budget_bytes
        self._max_seconds = max_seconds
        self._copies: dict[str, StaleCopy] = {}
        self._index = KeyIndex()
        self.bytes = 0

    def keep(self, page: PressedPage) -> None:
        """Keep a page that has just gone out of date."""
        self.drop(page.key)
        if page.size > self._budget // 4:
            return
        self._copies[page.key] = StaleCopy(page, time.monotonic())
        self._index.add(page)
        self.bytes += page.size
        while self.bytes > self._budget:
            self.drop(next(iter(self._copies)))

    def get(self, key: str) -> StaleCopy | None:
        """Return the copy of a page unless it is too old."""
        copy = self._copies.get(key)
        if copy is not None and time.monotonic() - copy.since > self._max_seconds:
            self.drop(key)
            return None
        return copy

    def drop(self, key: str) -> None:
        """Drop the copy of one page, if there is one."""
        copy = self._copies.pop(key, None)
        if copy is not None:
            self._index.discard(copy.page)
            self.bytes -= copy.page.size

    def forget(self, value: int) -> None:
        """Drop every copy read from the key with this digest: its content was withdrawn."""
        for key in self._index.touched_by(value):
            self.drop(key)

    def clear(self) -> None:
        """Drop all copies."""
        self._copies.clear()
        self._index.clear()
        self.bytes = 0
