"""A list of addresses, plain or as a sitemap, whose pages are fetched when they are read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from dateline.standards.archives.facts import Archive, ArchiveItem
from dateline.standards.archives.opening import BoundedFile, head_of
from dateline.standards.archives.pages import extractor, item_of_page
from dateline.standards.archives.text import MOST_MARKUP, absolute, host_of
from dateline.standards.archives.xml_stream import children_of, local_name
from dateline.standards.errors import CopyError

MOST = 1_000_000
_LONGEST = 100_000_000
Fetch = Callable[[str], bytes]


def read_addresses(
    paths: Sequence[Path], *, fetch: Fetch | None, zone: tzinfo | None = None
) -> Archive:
    """Return the pages of a list as an archive; only the list is looked through.

    Args:
        paths: Text files with an address on each line, or sitemaps.
        fetch: Returns a page or raises CopyError.
        zone: For times without one.

    Raises:
        CopyError: there is no way to fetch, no address, or trafilatura is not installed.
    """
    if fetch is None:
        what, cure = "pages of a list of addresses must be fetched", "give --fetch"
        raise CopyError("no-fetch", what, cure=cure, where=paths[0].name)
    extract = extractor()
    found = tuple(dict.fromkeys(one for path in paths for one in _addresses(path)))
    if not 0 < len(found) <= MOST:
        what = f"{len(found):,} addresses are in it"
        raise CopyError("empty", what, cure=f"name 1 to {MOST:,}", where=paths[0].name)
    reader = partial(_items, found, fetch, zone, extract)
    return Archive(system="pages", site=host_of(found[0]), total=len(found), read=reader)


def _addresses(path: Path) -> Iterator[str]:
    lines = _of_sitemap(path) if _is_xml(path) else _of_text(path)
    return (address for line in lines if (address := absolute("", line)))


def _is_xml(path: Path) -> bool:
    return head_of(path).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _of_text(path: Path) -> Iterator[str]:
    file = BoundedFile(path)
    try:
        yield from file.read(_LONGEST).decode("utf-8-sig", "replace").split()
    finally:
        file.close()


def _of_sitemap(path: Path) -> Iterator[str]:
    """Yield the pages of a sitemap.

    Source: sitemaps.org, protocol 0.9.
    """
    for entry in children_of(path, parents=frozenset({"urlset"})):
        yield from (one.text or "" for one in entry if local_name(one.tag) == "loc")


def _items(
    addresses: Sequence[str], fetch: Fetch, zone: tzinfo | None, extract: Any
) -> Iterator[ArchiveItem]:
    for address in addresses:
        try:
            data = fetch(address)
            if len(data) > MOST_MARKUP:
                raise CopyError("too-large", "the page is too large", cure="leave it out")
            yield item_of_page(data, key=address, own=address, zone=zone, extract=extract)
        except CopyError as error:
            why = str(error).removeprefix("the file: ")
            yield ArchiveItem(key=address, headline=address, address=address, trouble=why)
