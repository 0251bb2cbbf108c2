"""Finding out which system an export is of, and looking through it."""

from pathlib import Path

from dateline.standards.errors import CopyError
from dateline.standards.talk.coral import read_coral
from dateline.standards.talk.disqus import read_disqus
from dateline.standards.talk.facts import Talk
from dateline.standards.talk.open_json import FORMAT, read_open
from dateline.standards.talk.wordpress import read_wordpress

READERS = {
    "disqus": read_disqus,
    "wordpress": read_wordpress,
    "coral": read_coral,
    "dateline": read_open,
}
_HEAD = 4096


def read_talk(path: Path, *, system: str = "") -> Talk:
    """Look through an export of a discussion; without a system it is told by its first bytes.

    Raises:
        CopyError: it cannot be read, or nobody can say what it is.
    """
    return READERS[system or system_of(path)](path)


def system_of(path: Path) -> str:
    """Return which system an export is of.

    Raises:
        CopyError: nobody can say.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"<disqus" in head:
        return "disqus"
    if b"wordpress.org/export" in head or b"<rss" in head:
        return "wordpress"
    if FORMAT.encode() in head:
        return "dateline"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return "coral"
    what = "it is no export of Disqus, WordPress, Coral or Dateline"
    raise CopyError("unknown", what, cure="say the system with --from")
