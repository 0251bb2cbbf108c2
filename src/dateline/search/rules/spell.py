"""Spelling help: words that are nearly the one that was typed."""

from collections.abc import Iterable, Mapping

SHORTEST = 3
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў",
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "αβγδεζηθικλμνξοπρστυφχψω",
)


def one_off(word: str) -> set[str]:
    """Return every word that is one letter added, lost, changed or two swapped away."""
    letters = next((row for row in _LETTERS if any(one in row for one in word)), _LETTERS[0])
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    made = {a + b[1:] for a, b in halves if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    made |= {a + one + b[1:] for a, b in halves if b for one in letters}
    made |= {a + one + b for a, b in halves for one in letters}
    return made - {word, ""}


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters two words differ by, swapped neighbours counting once; capped.

    Shape: the result is at most `most + 1`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def best_guess(word: str, known: Mapping[str, int] | Iterable[tuple[str, int]]) -> str | None:
    """Return the likeliest of some known words with their counts, or None for none near enough.

    Short words may differ by one letter, longer ones by two; nearer beats commoner.
    """
    most = 1 if len(word) < 6 else 2
    pairs = known.items() if isinstance(known, Mapping) else known
    near = [
        (distance(word, other, most), other[:1] != word[:1], -count, other)
        for other, count in pairs
        if other != word
    ]
    near = [one for one in near if one[0] <= most]
    return min(near)[3] if near else None
