"""Rules of sections: values in, answer out."""

import re
import unicodedata

RESERVED = frozenset(
    {
        "-",
        "api",
        "archive",
        "chats",
        "kinds",
        "lite",
        "media",
        "newsfeed",
        "newsletters",
        "offline",
        "people",
        "preferences",
        "s",
        "saved",
        "search",
        "sitemaps",
        "static",
        "storylines",
        "topics",
    }
)
_DAY = re.compile(r"\d{4}|\d{6}|\d{8}")


def section_path(*, parent_path: str, slug: str) -> str:
    """Return a section's path below its edition: `world` or `world/balkans`."""
    return f"{parent_path}/{slug}" if parent_path else slug


def is_reserved(path: str, *, taken: frozenset[str] = frozenset()) -> bool:
    """Say whether a path is the site's own: it begins with a name the site uses, or with a day.

    Every section has an archive below it, so no section is called that. `taken` are names that
    depend on the installation: the newsroom's path, other editions' codes.
    """
    first = path.split("/")[0]
    if "archive" in path.split("/"):
        return True
    return first in RESERVED or first in taken or _DAY.fullmatch(first) is not None


# Letters that dictionaries put under another one.
_UNDER = {"Ё": "Е", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا"}


def initial_of(name: str) -> str:
    """Return the heading a name stands under in an index: its first letter, or # for a digit."""
    for character in unicodedata.normalize("NFC", name):
        if character.isalpha():
            letter = character.upper()[:1]
            return _UNDER.get(letter, letter)
        if character.isdigit():
            return "#"
    return "#"
