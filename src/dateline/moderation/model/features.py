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
_LENGTHS = (2, 3, 4, 5)
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
        return np.unique(self.places)


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
    """Yield the runs of letters within words, a space standing for where a word begins and ends."""
    text = f" {' '.join(words)} "
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    is_space = codes == _SPACE
    # A word owns the space before it; the text's last space is nobody's beginning.
    owner = np.cumsum(is_space, dtype=np.int64) - 1
    spaces = np.concatenate([[0], np.cumsum(is_space)])
    for length in _LENGTHS:
        count = len(codes) - length + 1
        if count < 1:
            return
        mixed = np.full(count, np.uint64(length))
        for step in range(length):
            mixed = (mixed ^ codes[step : step + count]) * _PRIME
            mixed ^= mixed >> np.uint64(29)
        inner = spaces[length - 1 : length - 1 + count] - spaces[1 : 1 + count]
        within = inner == 0
        yield ((mixed * _PRIME) >> _SHIFT).astype(np.int64)[within], owner[:count][within]


def _word_grams(words: list[str]) -> tuple[Places, Places]:
    """Return single words and pairs of neighbours."""
    single = [crc32(word.encode("utf-8", "replace")) for word in words]
    pairs = [(one * 31 + two * 17 + 7) for one, two in pairwise(single)]
    mixed = np.array([*single, *pairs], dtype=np.uint64) * _PRIME
    owners = [*range(len(words)), *range(len(words) - 1)]
    return (mixed >> _SHIFT).astype(np.int64), np.array(owners, dtype=np.int64)
