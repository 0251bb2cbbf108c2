"""What an address of the site names: a front, a section, a topic, a story, a list of them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from dateline.stories.rules import number_in_path

_BEFORE = re.compile(r"(\d{1,19})-(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Place(StrEnum):
    """The sorts of page an address can name."""

    FRONT = "front"
    SECTION = "section"
    TOPIC = "topic"
    TOPICS = "topics"
    STORYLINE = "storyline"
    STORYLINES = "storylines"
    PERSON = "person"
    ARCHIVE = "archive"
    FEED = "feed"
    FILE = "file"
    NEWSFEED = "newsfeed"
    NEWSLETTERS = "newsletters"
    CHAT = "chat"
    CHATS = "chats"
    STORY = "story"
    OTHER = "other"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Address:
    """An address below its edition, taken apart; `what` is a path, a slug or a story's number."""

    place: Place
    what: str


_PATTERNS = {
    Place.TOPIC: re.compile(r"topics/(?P<slug>[^/]+)/"),
    Place.TOPICS: re.compile(r"topics/"),
    Place.STORYLINE: re.compile(r"storylines/(?P<slug>[^/]+)/"),
    Place.STORYLINES: re.compile(r"storylines/"),
    Place.PERSON: re.compile(r"people/(?P<slug>[^/]+)/"),
    Place.NEWSFEED: re.compile(r"newsfeed/(?:index\.json)?"),
    Place.NEWSLETTERS: re.compile(r"newsletters/(?:[a-z0-9_-]+/(?:\d{1,18}/)?)?"),
    Place.CHATS: re.compile(r"chats/"),
    Place.CHAT: re.compile(r"(?P<slug>.+)/chat/"),
    Place.ARCHIVE: re.compile(r"(?:.+/)?archive/(?:\d{4}/(?:\d{2}/(?:\d{2}/)?)?)?"),
    Place.FEED: re.compile(r"(?:.+/)?feed\.(?:xml|atom|json)"),
    Place.FILE: re.compile(
        r"(?:\.well-known/)?[a-z]+\.(?:txt|json)|(?:opensearch|sitemap)\.xml"
        r"|sitemaps/[a-z0-9/-]+\.xml"
    ),
}


def read_address(rest: str) -> Address:
    """Take an address below its edition apart.

    No database is asked for one with a NUL in it: PostgreSQL has no such text.
    """
    if not rest or "\0" in rest:
        return Address(Place.NOWHERE if rest else Place.FRONT, "")
    number = number_in_path(rest)
    if number is not None:
        return Address(Place.STORY, str(number))
    for place, pattern in _PATTERNS.items():
        found = pattern.fullmatch(rest)
        if found:
            return Address(place, found.groupdict().get("slug") or rest)
    if rest.endswith("/"):
        return Address(Place.SECTION, rest.rstrip("/"))
    return Address(Place.OTHER, rest)


def before_text(at: datetime, number: int) -> str:
    """Return the place in a list after which older stories begin, as it stands in an address."""
    return f"{(at - _EPOCH) // _MICROSECOND}-{number}"


def read_before(text: str) -> tuple[datetime, int] | None:
    """Read a place in a list, or None for a text that is none."""
    found = _BEFORE.fullmatch(text)
    if not found:
        return None
    try:
        return _EPOCH + int(found[1]) * _MICROSECOND, int(found[2])
    except OverflowError:
        return None


def words_of(path: str) -> str:
    """Return the words of an address, to search by when there is nothing at it."""
    words = re.findall(r"[^\W\d_]{2,}", path.rsplit(".", 1)[0])
    return " ".join(words)[:100]
