"""What an old site still shows: its pictures and pages, asked for one at a time."""

import re
from collections import Counter
from urllib.parse import quote, urlsplit

from dateline.archive.media_folder import MOST_BYTES, picture_in
from dateline.archive.rules import host_of
from dateline.common.fetch import Bounds, Fetched, FetchRefused, fetch
from dateline.standards.archives.shelf import plain_path
from dateline.standards.errors import CopyError

_MOST_SILENCES = 5
_MOST_REMEMBERED = 100_000
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)", re.IGNORECASE)


class OldSite:
    """Fetches what an archive only names; a host that is silent five times is asked no more."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds(seconds=30.0, max_bytes=MOST_BYTES)
        self._silences: Counter[str] = Counter()
        self._refused: dict[str, FetchRefused] = {}

    def picture(self, address: str) -> tuple[bytes, str]:
        """Return a picture as it was uploaded, else as it is linked, and its format's suffix.

        Raises:
            FetchRefused: nothing can be had at either address, or it is no picture.
        """
        try:
            return self._picture(_whole(address))
        except FetchRefused:
            return self._picture(address)

    def page(self, address: str) -> bytes:
        """Return a page.

        Raises:
            CopyError: `not-fetched`, with the reason.
        """
        try:
            return self._fetch(address).body
        except FetchRefused as refused:
            why, cure = refused.data["why"], "look at it in a browser"
            raise CopyError("not-fetched", str(why), cure=cure) from refused

    def _picture(self, address: str) -> tuple[bytes, str]:
        read = picture_in(self._fetch(address).body)
        if read is None:
            raise FetchRefused(url=address, why="is no picture, or too large")
        return read

    def _fetch(self, address: str) -> Fetched:
        """Fetch an address, unless it or its host gave nothing before in this run."""
        if address in self._refused:
            raise self._refused[address]
        host = host_of(address)
        if self._silences[host] >= _MOST_SILENCES:
            raise FetchRefused(url=address, why="is at a host that does not answer")
        try:
            found = fetch(address, self._bounds)
        except FetchRefused as refused:
            is_answer = str(refused.data["why"]).startswith("answers ")
            self._silences[host] = 0 if is_answer else self._silences[host] + 1
            if len(self._refused) < _MOST_REMEMBERED:
                self._refused[address] = refused
            raise
        self._silences[host] = 0
        return found


def _whole(address: str) -> str:
    """Return the address of the picture that a size was made of."""
    path = plain_path(address)
    if not _PICTURE.search(path[-5:]):
        return address
    return urlsplit(address)._replace(path=quote(path), query="", fragment="").geturl()
