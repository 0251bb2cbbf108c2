"""Whether a new version of a story tells readers more, or only says the same better."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from dateline.stories.models import Version
from dateline.stories.paragraphs import paragraphs_of

_WORD = re.compile(r"\w{3,}")
_FEWEST_WORDS = 2
_FEWEST_LETTERS = 200
_ALIKE = 0.7


def is_development(story: int, version: int) -> bool:
    """Say whether a published version tells more than the one before it."""
    pair = Version.objects.filter(story=story, number__in=(version - 1, version))
    headlines = list(pair.order_by("number").values_list("headline", flat=True))
    if len(headlines) != len(("before", "after")):
        return False
    if new_words(*headlines) >= _FEWEST_WORDS:
        return True
    before, after = paragraphs_of(story, version - 1), paragraphs_of(story, version)
    return new_letters(before, after) >= _FEWEST_LETTERS


def new_words(before: str, after: str) -> int:
    """Return how many words a headline has that it had not; a letter put right makes none new."""
    had = _WORD.findall(before.casefold())
    words = set(_WORD.findall(after.casefold()))
    return sum(not get_close_matches(word, had, n=1, cutoff=_ALIKE) for word in words)


def new_letters(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """Return how long the paragraphs are that a text has and had not, by id and by their words."""
    said = set(before.values())
    return sum(len(text) for name, text in after.items() if name not in before and text not in said)
