"""Which pages were read from which key."""

from .page import PressedPage


class KeyIndex:
    """From the digest of a key to the pages that were read from it."""

    def __init__(self) -> None:
        self._pages: dict[int, set[str]] = {}

    def add(self, page: PressedPage) -> None:
        """List a page under each of its keys."""
        for value in page.digests:
            self._pages.setdefault(value, set()).add(page.key)

    def discard(self, page: PressedPage) -> None:
        """Take a page off the list."""
        for value in page.digests:
            listed = self._pages.get(value)
            if listed is not None:
                listed.discard(page.key)
                if not listed:
                    del self._pages[value]

    def touched_by(self, value: int) -> tuple[str, ...]:
        """Return the addresses of the pages listed under a digest."""
        return tuple(self._pages.get(value, ()))

    def clear(self) -> None:
        """Forget everything."""
        self._pages.clear()
