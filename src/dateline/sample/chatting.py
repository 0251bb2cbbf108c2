"""What the sample's readers say, as the files of `talk` have it: pure, no database."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dateline.sample.dating import age
from dateline.sample.errors import SampleError

FOLDER = Path(__file__).with_name("talk")
_FEATURED = "featured"
_LINE = re.compile(
    r"(?P<name>[^|*]+?)(?P<staff>\*?) \| (?P<ago>[^|]+) \| (?:>(?P<answers>\d+) )?(?P<text>.+?)"
    r"(?: \{(?P<reactions>[a-z0-9, ]+)\})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMessage:
    """One line of a chat: `answers` counts lines from 1, `reactions` are kinds and counts.

    A line whose reactions end in the word `featured` is one the newsroom set before others.
    """

    name: str
    is_staff: bool
    ago: timedelta
    text: str
    answers: int | None = None
    reactions: tuple[tuple[str, int], ...] = ()
    is_featured: bool = False


@dataclass(frozen=True, slots=True)
class SampleChat:
    """What is said of one story, by its slug; in order of time."""

    edition: str
    story: str
    messages: tuple[SampleMessage, ...]


def chats(folder: Path = FOLDER) -> tuple[SampleChat, ...]:
    """Return all that is said in all editions.

    Raises:
        SampleError: a line that cannot be read, or answers one that is not there.
    """
    return tuple(chat for path in sorted(folder.glob("*.txt")) for chat in _chats(path))


def _chats(path: Path) -> list[SampleChat]:
    parts = re.split(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [
        SampleChat(path.stem, story.strip(), _messages(lines, f"{path.name}, {story}"))
        for story, lines in zip(parts[1::2], parts[2::2], strict=True)
    ]


def _messages(lines: str, where: str) -> tuple[SampleMessage, ...]:
    made: list[SampleMessage] = []
    for line in filter(None, lines.split("\n")):
        found = _LINE.fullmatch(line)
        answers = int(found["answers"]) if found and found["answers"] else None
        if found is None or (answers or 0) > len(made):
            raise SampleError(where=where, what=f"cannot be read: {line}")
        made.append(
            SampleMessage(
                name=found["name"],
                is_staff=bool(found["staff"]),
                ago=age(found["ago"], where),
                text=found["text"],
                answers=answers,
                reactions=_reactions(found["reactions"] or ""),
                is_featured=(found["reactions"] or "").endswith(_FEATURED),
            )
        )
    return tuple(made)


def _reactions(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (one.rsplit(" ", 1) for one in text.split(", ") if one and one != _FEATURED)
    return tuple((kind, int(count)) for kind, count in pairs)
