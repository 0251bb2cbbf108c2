"""Rules of stories: values in, answer out."""

import re
import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from anyascii import anyascii

SLUG_LENGTH = 70
SHORT_HEADLINE_LENGTH = 60
WORDS_PER_MINUTE = 220
BREAKING_FOR = timedelta(hours=6)
NEWS_FOR = timedelta(hours=48)
_ADDRESS = re.compile(r"(?P<day>\d{8})/(?P<slug>[^/]*?)-?(?P<number>\d{1,18})\.html")

STORY_PATH = rf"/(?:[a-z][a-z0-9-]*/)?{_ADDRESS.pattern}"
"""Every address of a story below the root, as a regular expression."""


def address_slug(headline: str) -> str:
    """Return the words of a headline as they stand in an address, in ASCII, cut at a word."""
    words = re.findall(r"[a-z0-9]+", anyascii(headline).lower().replace("'", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug or (words[0][:SLUG_LENGTH] if words else "story")


def story_path(*, published_at: datetime, slug: str, number: int) -> str:
    """Return a story's address below its edition: `20081113/talks-fail-12.html`."""
    return f"{published_at:%Y%m%d}/{slug}-{number}.html"


def day_text(published_at: datetime | None, timezone: str) -> str:
    """Return the day a story stands under in its edition's archive, as `20081113`."""
    return f"{published_at.astimezone(ZoneInfo(timezone)):%Y%m%d}" if published_at else ""


def number_in_path(path: str) -> int | None:
    """Return the story number that an address names, whatever its other words, or None."""
    found = _ADDRESS.fullmatch(path)
    return int(found["number"]) if found else None


def short_headline(given: str, headline: str) -> str:
    """Return the short headline: the one given, else the headline cut at a word."""
    text = given or headline
    if len(text) <= SHORT_HEADLINE_LENGTH:
        return text
    cut = text[: SHORT_HEADLINE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut}…"


def repeats(standfirst: str, paragraph: str) -> bool:
    """Say whether the first paragraph gives the standfirst again, whole or as its beginning."""
    short, long = _folded(standfirst), _folded(paragraph)
    return bool(short) and long.startswith(short)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\W+", " ", plain).strip()


def reading_minutes(words: int) -> int:
    """Return the reading time in whole minutes, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def is_embargoed(*, until: datetime | None, lifted_at: datetime | None, now: datetime) -> bool:
    """Say whether an embargo holds now; one without an end holds until it is lifted."""
    return lifted_at is None and (until is None or until > now)
