"""Which of the stories found comes first: where the words stand, and how old the story is."""

import math
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum


class Part(StrEnum):
    """The parts of a story that the index keeps apart; the values are the index's columns."""

    HEADLINE = "headline"
    SIGN = "sign"
    STANDFIRST = "standfirst"
    BODY = "body"
    NAMES = "names"


WEIGHTS: Mapping[Part, float] = {
    Part.HEADLINE: 8.0,
    Part.SIGN: 6.0,
    Part.STANDFIRST: 4.0,
    Part.BODY: 2.0,
    Part.NAMES: 1.0,
}
"""What a word is worth in each part; the sign is short headline and kicker."""

TOGETHER = 1.5
"""How much more words are worth that stand in a row as they were asked for."""

AGE_UNIT_DAYS = 30.0
AGE_WEIGHT = 0.5


def relevance(found: Sequence[Collection[Part]], *, is_together: bool = False) -> float:
    """Return how much a story is worth by the parts in which each of the words stands."""
    best = [max((WEIGHTS[part] for part in parts), default=1.0) for parts in found]
    mean = sum(best) / len(best) if best else 1.0
    return mean * (TOGETHER if is_together else 1.0)


def score(worth: float, age_days: float) -> float:
    """Return the order of a story: doubling its worth is as good as being a good deal newer.

    The age counts by its logarithm: between today and last month as much as between one year and
    two and a half. A word in the headline equals one in the body of a story made today up to an age
    of fifteen months.
    """
    return math.log2(worth) - AGE_WEIGHT * math.log2(1.0 + max(0.0, age_days) / AGE_UNIT_DAYS)
