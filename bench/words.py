"""Made-up words as unevenly common as real ones: the n-th about 1/n as often as the first."""

import itertools
import random

COUNT = 40_000
_STARTS = "b c d f g h j k l m n p r s t v w br cl dr fl gr kr pl sk st tr".split()
_VOWELS = "a e i o u ai ea ou".split()
_ENDS = "n r l s t m d k nd rt lm st".split()
FLATTENED = 2.7
"""Added to each rank: in real text the very first words are a little rarer than 1/n says."""


def _vocabulary() -> list[str]:
    chance = random.Random(7)
    made: dict[str, None] = {}
    while len(made) < COUNT:
        parts = (
            chance.choice(_STARTS) + chance.choice(_VOWELS)
            for _ in range(chance.choice((1, 1, 2, 2, 3)))
        )
        made["".join(parts) + chance.choice(_ENDS)] = None
    return sorted(made, key=lambda word: (len(word) > 5, chance.random()))


VOCABULARY = _vocabulary()
_SUMS = list(itertools.accumulate(1 / (rank + FLATTENED) for rank in range(1, COUNT + 1)))


def some(chance: random.Random, count: int) -> list[str]:
    """Return words of a text."""
    return chance.choices(VOCABULARY, cum_weights=_SUMS, k=count)
