"""Rules of sections: values in, answer out."""

import re

RESERVED = frozenset(
    {"-", "api", "chats", "media", "newsfeed", "people", "search", "static", "topics"}
)
_DAY = re.compile(r"\d{4}|\d{6}|\d{8}")


def section_path(*, parent_path: str, slug: str) -> str:
    """Return a section's path below its edition: `world` or `world/balkans`."""
    return f"{parent_path}/{slug}" if parent_path else slug


def is_reserved(path: str, *, taken: frozenset[str] = frozenset()) -> bool:
    """Say whether a first-level path is the site's own: a name it uses, or a year, month or day.

    `taken` are names that depend on the installation: the newsroom's path, other editions' codes.
    """
    first = path.split("/")[0]
    return first in RESERVED or first in taken or _DAY.fullmatch(first) is not None
