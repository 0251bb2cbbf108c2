"""Files or a folder to an archive, its format told from what is in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from dateline.standards.archives.addresses import read_addresses
from dateline.standards.archives.facts import Archive
from dateline.standards.archives.feed_files import read_feeds
from dateline.standards.archives.ghost import read_ghost
from dateline.standards.archives.opening import head_of
from dateline.standards.archives.pages import SUFFIXES, pages_in, read_pages
from dateline.standards.archives.wxr import read_wxr
from dateline.standards.errors import CopyError
from dateline.standards.sniff import Markup, markup_in, xml_text

_FEEDS = frozenset({"rss", "feed", "rdf"})
_KNOWN = (
    "WordPress (WXR) and Ghost exports, RSS, Atom, a folder of HTML pages, sitemaps and lists of "
    "addresses are read"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the operator knows of the old site: address, zone, where its stories stood (Ghost).

    `fetch` returns the page of an address, or raises CopyError; without it none is fetched.
    """

    site: str = ""
    zone: tzinfo | None = None
    pattern: str = "/{slug}/"
    fetch: Callable[[str], bytes] | None = None


def read_archive(paths: Sequence[Path], asked: Asked) -> Archive:
    """Look through an archive from end to end and return it; nothing that is broken passes.

    Raises:
        CopyError: it cannot be read, is empty, or its files are of several formats.
    """
    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise CopyError("mixed", "a folder stands among other files", cure="import one at a time")
    if folders:
        found = pages_in(folders[0])
        if found:
            return read_pages(folders[0], found, site=asked.site, zone=asked.zone)
        paths = sorted(path for path in folders[0].iterdir() if path.is_file())
    if not paths:
        raise CopyError("empty", "the folder has no file in it", cure=f"{_KNOWN}; name one")
    formats = {path: format_of(path) for path in paths}
    if len(set(formats.values())) > 1:
        said = ", ".join(f"{path.name} is {format_}" for path, format_ in formats.items())
        raise CopyError("mixed", f"{said[:300]}", cure="import one format at a time")
    return _read(next(iter(formats.values())), paths, asked)


def _read(format_: str, paths: Sequence[Path], asked: Asked) -> Archive:
    if format_ == "WordPress":
        return read_wxr(paths, zone=asked.zone)
    if format_ == "Ghost":
        return read_ghost(paths, site=asked.site, pattern=asked.pattern)
    if format_ == "HTML":
        return read_pages(paths[0].parent, paths, site=asked.site, zone=asked.zone)
    if format_ == "addresses":
        return read_addresses(paths, fetch=asked.fetch, zone=asked.zone)
    return read_feeds(paths, zone=asked.zone)


def format_of(path: Path) -> str:
    """Tell a file's format from its first bytes: WordPress, Ghost, a feed, HTML or addresses.

    Raises:
        CopyError: it is none of them, or has a document type.
    """
    head = head_of(path)
    looked = xml_text(head)
    markup = markup_in(looked) if looked else None
    if markup is not None and looked is not None:
        return _markup_format(path, markup, looked)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and _is_ghost(head):
        return "Ghost"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"https://", b"http://")):
        return "addresses"
    raise CopyError("unknown", "it is no archive that is known", cure=_KNOWN, where=path.name)


def _markup_format(path: Path, markup: Markup, looked: str) -> str:
    if path.suffix.lower() in SUFFIXES or markup.root == "html":
        return "HTML"
    if markup.doctype:
        what = "the XML has a document type (DTD), which can hide entities and other files"
        raise CopyError("dtd", what, cure="take <!DOCTYPE …> out", where=path.name)
    if markup.root == "urlset":
        return "addresses"
    if markup.root not in _FEEDS:
        what = f"<{markup.root[:40]}> is XML of an unknown kind" if markup.root else "it is empty"
        raise CopyError("unknown", what, cure=_KNOWN, where=path.name)
    return "WordPress" if "wordpress.org/export/" in looked else "a feed"


def _is_ghost(head: bytes) -> bool:
    return b'"db"' in head or (b'"data"' in head and b'"meta"' in head)
