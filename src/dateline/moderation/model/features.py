"""From a text to numbers: which n-grams of letters and of words stand in it.

Each n-gram is a number below `SIZE`, made of its letters alone, so that a model is an array and
two machines agree on it. All is done on arrays: a long message costs a fraction of a millisecond.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BITS = 17
SIZE = 1 << BITS
MOST_LETTERS = 4000
"""Letters of a message that the model reads."""
_LONGEST = 5
_MANY = 1500
"""From so many n-grams on, marking them among all is quicker than sorting them."""
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)
_SPACE = ord(" ")

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """What stands in a text.

    Shape: `places` are numbers of n-grams, one for each time they occur; `owners` says for each in
        which of `words` it stands, a pair of words counting as its first.
    """

    words: list[str]
    places: Places
    owners: Places

    def distinct(self) -> Places:
        """Return the numbers of its n-grams, each once, in order."""
        if len(self.places) < _MANY:
            return np.unique(self.places)
        seen = np.zeros(SIZE, dtype=bool)
        seen[self.places] = True
        return np.flatnonzero(seen)


def features_of(plain: str) -> Features:
    """Return the n-grams of a folded text."""
    words = plain[:MOST_LETTERS].split()
    if not words:
        empty = np.zeros(0, dtype=np.int64)
        return Features([], empty, empty)
    letters = list(_letter_grams(words))
    whole = _word_grams(words)
    places = np.concatenate([*(places for places, _owners in letters), whole[0]])
    owners = np.concatenate([*(owners for _places, owners in letters), whole[1]])
    return Features(words, places, owners)


def _letter_grams(words: list[str]) -> Iterator[tuple[Places, Places]]:
    """Yield the runs of letters within words, a space standing for where a word begins and ends.

    Each length is made of the one before it: a run's number is that of its beginning mixed with
    its last letter.
    """
    text = f" {' '.join(words)} "
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    is_letter = codes != _SPACE
    # A word owns the space before it; the text's last space is nobody's beginning.
    owner = np.cumsum(~is_letter, dtype=np.int64) - 1
    mixed, within = _mixed(codes), np.ones(len(codes), dtype=bool)
    for length in range(2, min(_LONGEST, len(codes)) + 1):
        last = length - 1
        mixed = _mixed(mixed[:-1] ^ codes[last:])
        # A space may be a run's first or last: what was the last until now must be a letter.
        within = within[:-1] & is_letter[last - 1 : -1] if length > 2 else within[:-1]
        places = ((mixed[within] * _PRIME) >> _SHIFT).astype(np.int64)
        yield places, owner[: len(within)][within]


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = numbers * _PRIME
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _word_grams(words: list[str]) -> tuple[Places, Places]:
    """Return single words and pairs of neighbours."""
    single = [crc32(word.encode("utf-8", "replace")) for word in words]
    pairs = [(one * 31 + two * 17 + 7) for one, two in pairwise(single)]
    mixed = np.array([*single, *pairs], dtype=np.uint64) * _PRIME
    owners = [*range(len(words)), *range(len(words) - 1)]
    return (mixed >> _SHIFT).astype(np.int64), np.array(owners, dtype=np.int64)
