"""Which page goes first when memory is short: the SIEVE rule.

Source: Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024. A hit only sets a mark, so nothing is
moved on the path that must be quick.
"""

from .page import PressedPage


class Sieve:
    """The pages from newest to oldest, and a hand that walks from old to new.

    The hand spares a page that was visited and takes its mark away; it evicts the first page that
    was not visited, and stays where it is.
    """

    def __init__(self) -> None:
        self._newest: PressedPage | None = None
        self._oldest: PressedPage | None = None
        self._hand: PressedPage | None = None

    def add(self, page: PressedPage) -> None:
        """Put a page in as the newest."""
        page.older, page.newer = self._newest, None
        if self._newest is not None:
            self._newest.newer = page
        self._newest = page
        self._oldest = self._oldest or page

    def remove(self, page: PressedPage) -> None:
        """Take a page out."""
        if self._hand is page:
            self._hand = page.newer
        if page.older is None:
            self._oldest = page.newer
        else:
            page.older.newer = page.newer
        if page.newer is None:
            self._newest = page.older
        else:
            page.newer.older = page.older
        page.older = page.newer = None

    def victim(self) -> PressedPage | None:
        """Return the page to evict, or None when there is none at all."""
        page = self._hand or self._oldest
        while page is not None and page.visited:
            page.visited = False
            page = page.newer or self._oldest
        self._hand = page
        return page
