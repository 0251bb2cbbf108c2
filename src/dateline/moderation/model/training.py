"""Training a model, and finding out on held-out lines how well it does.

The lines are parted by what they say: a fifth is held out. On the others five models, each
trained without a fifth of them, score the lines they have not seen; from those scores a threshold
is chosen, the lowest at which enough of what is held deserves it and few enough harmless lines are
held. What it does to the held-out fifth is what is told. Where lines are few each fifth is held out
in its turn. The model that is kept is trained on everything, with the middle one of the thresholds;
where no threshold is good enough, or the held-out lines say otherwise, it holds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.moderation.model.examples import Example, decisions, listed, seeds
from dateline.moderation.model.features import SIZE, Places, features_of
from dateline.moderation.model.trained import SILENT, Evaluation, Model

PRECISION_WANTED = 0.85
"""Of what is held by the model, the share that should deserve it."""
MOST_FALSE_HOLDS = 0.02
"""Of harmless lines, the share that may be held; the threshold is chosen for half of it."""
MOST_DECISIONS = 20_000
_STEPS = 60
_DECAY = 2e-4
_FOLDS = 5
_FEW = 2000
"""Lines below which each fifth is held out in its turn."""
_LEAST_THRESHOLD = 0.5
Floats = NDArray[np.float64]


class Rows:
    """Examples as one sparse array: the n-grams of all of them, one after another.

    Shape: `columns` are the n-grams that occur, in order; `places` and `values` have one number for
        each n-gram of each example, `rows` says whose it is; the squares of an example's values
        add up to 1.
    """

    def __init__(self, examples: Sequence[Example]) -> None:
        found = [_grams(example.plain) for example in examples]
        sizes = np.array([len(one) for one in found], dtype=np.int64)
        everything = np.concatenate([*found, np.zeros(0, dtype=np.int64)])
        self.count = len(examples)
        self.columns, self.places = np.unique(everything, return_inverse=True)
        self.rows = np.repeat(np.arange(self.count), sizes)
        self.values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)

    def pulls(self, weights: Floats, bias: float) -> Floats:
        """Return what the weights of the columns say of each example."""
        pulls = np.bincount(self.rows, self.values * weights[self.places], self.count)
        return np.asarray(pulls, dtype=np.float64) + bias

    def back(self, errors: Floats) -> Floats:
        """Return how each column had a part in the errors."""
        parts = np.bincount(self.places, self.values * errors[self.rows], len(self.columns))
        return np.asarray(parts, dtype=np.float64)


@lru_cache(maxsize=_FEW)
def _grams(plain: str) -> Places:
    """Return the n-grams of a text; where lines are few they are asked for again and again."""
    return features_of(plain).distinct()


def fit(examples: Sequence[Example]) -> tuple[Floats, float]:
    """Return weights and bias of the logistic regression over examples, both sorts weighing alike.

    Accelerated gradient descent from zero with a fixed step: the same examples give the same model.
    """
    rows = Rows(examples)
    wanted = np.array([example.is_bad for example in examples], dtype=np.float64)
    share = _shares(examples, wanted)
    step = 1 / (0.5 + _DECAY)
    weights, bias = np.zeros(len(rows.columns)), 0.0
    ahead, ahead_bias = weights, bias
    for turn in range(_STEPS):
        errors = share * (_probability(rows.pulls(ahead, ahead_bias)) - wanted)
        new = ahead - step * (rows.back(errors) + _DECAY * ahead)
        new_bias = ahead_bias - step * float(errors.sum())
        pace = turn / (turn + 3)
        ahead, ahead_bias = new + pace * (new - weights), new_bias + pace * (new_bias - bias)
        weights, bias = new, new_bias
    whole = np.zeros(SIZE)
    whole[rows.columns] = weights
    return whole, bias


def _shares(examples: Sequence[Example], wanted: Floats) -> Floats:
    """Return what each example counts; the bad and the good ones count half of all each."""
    weight = np.array([example.weight for example in examples])
    for side in (wanted > 0, wanted == 0):
        weight[side] /= max(float(weight[side].sum()), 1e-9) * 2
    return weight


def _probability(pulls: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(pulls, -30, 30)))


def train(
    language: str,
    decided: Iterable[tuple[str, bool]] = (),
    most_false: float = MOST_FALSE_HOLDS,
) -> Model | None:
    """Return a model for a language, or None where there is too little to learn from.

    Shape: `decided` are texts with whether moderators rejected them, newest first; the newest
        `MOST_DECISIONS` count. `most_false` is the share of harmless lines that may be held.
    """
    made = list(decisions(decided))[:MOST_DECISIONS]
    proofs = [*seeds(language), *made]
    lessons = list(listed(language))
    if not _has_both(proofs):
        return None
    threshold, evaluation = _evaluate(proofs, lessons, most_false)
    weights, bias = fit([*proofs, *lessons])
    small = np.where(np.abs(weights) < 1e-4, 0, weights).astype(np.float32)
    facts = replace(evaluation, examples=len(proofs), decisions=len(made))
    return Model(language, small, bias, threshold, facts)


def _evaluate(
    proofs: list[Example], lessons: list[Example], most_false: float
) -> tuple[float, Evaluation]:
    """Return the threshold, and what thresholds chosen without them do to held-out lines."""
    thresholds, held_out, positives, found, wrong = [], 0, 0, 0, 0
    for turn in range(_FOLDS if len(proofs) < _FEW else 1):
        held = [one for one in proofs if _part(one, 1) == turn]
        known = [one for one in proofs if _part(one, 1) != turn]
        if not held or not _has_both(known):
            continue
        threshold = _threshold(known, lessons, most_false)
        above = _scores(fit([*known, *lessons]), held) >= threshold
        is_bad = np.array([one.is_bad for one in held])
        thresholds.append(threshold)
        held_out, positives = held_out + len(held), positives + int(is_bad.sum())
        found, wrong = found + int((above & is_bad).sum()), wrong + int((above & ~is_bad).sum())
    if not thresholds:
        return SILENT, Evaluation()
    proof = Evaluation(held_out, positives, found, wrong)
    is_good = proof.false_holds <= most_false and proof.found > 0
    return sorted(thresholds)[len(thresholds) // 2] if is_good else SILENT, proof


def _threshold(known: list[Example], lessons: list[Example], most_false: float) -> float:
    """Return the lowest threshold that is good enough on unseen lines, or `SILENT`.

    Good enough: enough of what is held deserves it, and few enough harmless lines are held.
    """
    scores: list[Floats] = []
    is_bad: list[bool] = []
    for fold in range(_FOLDS):
        seen = [one for one in known if _part(one, 2) != fold]
        unseen = [one for one in known if _part(one, 2) == fold]
        if unseen and _has_both(seen):
            scores.append(_scores(fit([*seen, *lessons]), unseen))
            is_bad.extend(one.is_bad for one in unseen)
    ranked = np.concatenate([*scores, np.zeros(0)])
    order = np.argsort(-ranked, kind="stable")
    bad = np.array(is_bad, dtype=np.int64)[order]
    held = np.arange(1, len(order) + 1)
    found = np.cumsum(bad)
    few_wrong = held - found <= most_false / 2 * int((bad == 0).sum())
    enough = np.flatnonzero((found >= PRECISION_WANTED * held) & few_wrong)
    return max(float(ranked[order[enough[-1]]]), _LEAST_THRESHOLD) if len(enough) else SILENT


def _scores(trained: tuple[Floats, float], examples: Sequence[Example]) -> Floats:
    weights, bias = trained
    rows = Rows(examples)
    return _probability(rows.pulls(weights[rows.columns], bias))


def _part(example: Example, salt: int) -> int:
    """Return in which fifth an example lies; the same words always lie in the same."""
    return crc32(f"{salt}:{example.plain}".encode("utf-8", "replace")) % _FOLDS


def _has_both(examples: Sequence[Example]) -> bool:
    return len({example.is_bad for example in examples}) == 2
