"""Rules of chats: values in, answer out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.chats.enums import Mode
from dateline.stories.enums import Kind, Urgency

MOST_LETTERS = 2000
QUOTED_LETTERS = 200
EDIT_WITHIN = timedelta(minutes=5)
SLOW_SECONDS = 30
MOST_MENTIONS = 10
MOST_WORDS = 8
"""Words that a search in a chat, or for one, looks for."""

OPEN_FOR: Mapping[Kind, timedelta] = {
    Kind.NEWS: timedelta(days=7),
    Kind.LIVE: timedelta(days=7),
    Kind.OFFBEAT: timedelta(days=14),
    Kind.FEATURE: timedelta(days=30),
    Kind.ANALYSIS: timedelta(days=30),
}
"""How long after its first publication a story of each kind is talked about."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a story's chat begins: in which mode, and until when it takes messages."""

    mode: Mode
    closes_at: datetime


def opening_of(*, kind: str, urgency: int, published_at: datetime) -> Opening:
    """Return how the chat of a story begins; a breaking one begins slowly."""
    is_breaking = urgency <= Urgency.BULLETIN
    mode = Mode.SLOW if is_breaking else Mode.OPEN
    return Opening(mode, published_at + OPEN_FOR[Kind(kind)])


def takes_messages(
    *, mode: str, closed_at: datetime | None, closes_at: datetime | None, now: datetime
) -> bool:
    """Say whether anybody may post; times are compared here, a stopped scheduler opens nothing."""
    is_over = closes_at is not None and closes_at <= now
    return closed_at is None and not is_over and mode != Mode.READ_ONLY


def may_answer(*, mode: str, is_staff: bool, is_guest: bool) -> bool:
    """Say whether somebody may answer others here; where questions are asked, few may."""
    return mode != Mode.QUESTIONS or is_staff or is_guest


def may_edit(*, posted_at: datetime, now: datetime) -> bool:
    """Say whether an author may still change a message; a clock set back does not help."""
    return abs(now - posted_at) <= EDIT_WITHIN


def wait_for(*, last_at: datetime | None, pace: timedelta, now: datetime) -> int:
    """Return how many seconds a reader must wait after the last message, 0 for none."""
    if last_at is None or not timedelta(0) <= now - last_at < pace:
        return 0
    return max(1, round((pace - (now - last_at)).total_seconds()))


def quoted(text: str) -> str:
    """Return the words of a message as a reply quotes them: one line, cut at a word."""
    words = " ".join(text.split())
    if len(words) <= QUOTED_LETTERS:
        return words
    return words[: QUOTED_LETTERS - 1].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: one of the words that were looked for, or what stands around them."""

    text: str
    is_found: bool


def extract(text: str, words: str, *, around: int = 90) -> list[Piece]:
    """Return the place in a text where words were found, cut at words and in pieces.

    Shape: `around` letters before the first of them, and three times as many after it.
    """
    line = " ".join(text.split())
    wanted = "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))
    found = re.search(wanted, line, re.IGNORECASE) if wanted else None
    begin = max(0, found.start() - around) if found else 0
    end = begin + 4 * around
    if begin:
        begin = line.find(" ", begin) + 1
    cut = line[begin:end] if end >= len(line) else line[begin:end].rsplit(" ", 1)[0] + " …"
    whole = f"… {cut}" if begin else cut
    if not wanted:
        return [Piece(whole, is_found=False)]
    parts = re.split(f"({wanted})", whole, flags=re.IGNORECASE)
    return [Piece(part, is_found=bool(n % 2)) for n, part in enumerate(parts) if part]
