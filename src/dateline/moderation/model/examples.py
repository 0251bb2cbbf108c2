"""What a model learns from: a seed set that comes with the room, word lists, and decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.moderation.letters import plain
from dateline.moderation.words import Sort, shipped

LANGUAGES = ("en", "ru", "ar")
"""Languages that come with a seed set and a word list."""
_WEIGHT_OF_WORD = 0.5
_WEIGHT_OF_DECISION = 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """A folded text, whether it is such as moderators reject, and how much it counts."""

    plain: str
    is_bad: bool
    weight: float = 1.0
    is_decision: bool = False


@cache
def seeds(language: str) -> tuple[Example, ...]:
    """Return the seed set of a language: lines written for it, `-` before what is to be held."""
    file = files("dateline.moderation") / "data" / f"{language}.seeds.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return tuple(
        Example(plain(line[1:]).strip(), is_bad=line[0] == "-")
        for line in lines
        if line[:1] in {"+", "-"}
    )


def listed(language: str) -> Iterator[Example]:
    """Yield the words of the list as examples of what to hold; they teach, they prove nothing."""
    is_meant = False
    for line in shipped(language).splitlines():
        if line.startswith("["):
            is_meant = line.strip("[]") != Sort.FINE
        elif is_meant and line and not line.startswith("#"):
            for word in line.split(","):
                yield Example(plain(word.replace("*", "")).strip(), True, _WEIGHT_OF_WORD)


def decisions(decided: Iterable[tuple[str, bool]]) -> Iterator[Example]:
    """Yield what moderators decided: a text, and whether they rejected it."""
    for text, is_bad in decided:
        yield Example(plain(text), is_bad, _WEIGHT_OF_DECISION, is_decision=True)
