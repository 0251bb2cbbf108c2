"""A trained model: a weight for each n-gram, a threshold, and how well it did on held-out lines."""

import io
import math
import re
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.moderation.model.features import SIZE, Features, features_of

MOST_REASONS = 4
SILENT = 2.0
"""Threshold of a model that holds nothing: no score reaches it."""
_LEAST_PULL = 0.01
_BARE = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a model did on lines it was not trained on, at its threshold.

    Shape: `held_out` lines, of which `positives` are such as moderators reject; `found` of those
        scored above the threshold, and `wrong` of the others did. `examples` is what the final
        model was trained on, `decisions` how many of them this newsroom made.
    """

    held_out: int = 0
    positives: int = 0
    found: int = 0
    wrong: int = 0
    examples: int = 0
    decisions: int = 0

    @property
    def precision(self) -> float:
        """Of what it held, the share that moderators would reject; 0 where it held nothing."""
        held = self.found + self.wrong
        return self.found / held if held else 0.0

    @property
    def recall(self) -> float:
        """Of what moderators would reject, the share that it held."""
        return self.found / self.positives if self.positives else 0.0

    @property
    def false_holds(self) -> float:
        """Of what moderators would let stand, the share that it held."""
        harmless = self.held_out - self.positives
        return self.wrong / harmless if harmless else 0.0


@dataclass(frozen=True, slots=True)
class Pull:
    """Words of a message that speak for holding it, and how strongly."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """A model for one language.

    Shape: `weights` is float32 of `SIZE`, `bias` a number; `score` is a probability, and what
        reaches `threshold` is held, with `SILENT` nothing.
    """

    language: str
    weights: NDArray[np.float32]
    bias: float
    threshold: float
    evaluation: Evaluation

    def score(self, plain: str) -> float:
        """Return how much a folded text is like what moderators rejected, 0 to 1."""
        places = features_of(plain).distinct()
        if not len(places):
            return 0.0
        pull = float(self.weights[places].sum(dtype=np.float64)) / math.sqrt(len(places))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, pull + self.bias))))

    def reasons(self, plain: str) -> list[Pull]:
        """Return the words of a folded text that spoke most for holding it, the strongest first."""
        found = features_of(plain)
        if not found.words:
            return []
        pulls = self._pull_of_words(found)
        strongest = np.argsort(-pulls, kind="stable")[: 2 * MOST_REASONS]
        told: dict[str, float] = {}
        for at in strongest:
            word = _BARE.sub("", found.words[at])
            if pulls[at] >= _LEAST_PULL and any(map(str.isalpha, word)):
                told.setdefault(word, float(pulls[at]))
        return [Pull(word, weight) for word, weight in list(told.items())[:MOST_REASONS]]

    def _pull_of_words(self, found: Features) -> NDArray[np.float64]:
        """Return what each word adds to the score; an n-gram that occurs twice is shared."""
        places, inverse, counts = np.unique(found.places, return_inverse=True, return_counts=True)
        each = self.weights[places] / counts / math.sqrt(len(places))
        pulls = np.bincount(found.owners, each[inverse], minlength=len(found.words))
        return pulls.astype(np.float64)

    def to_bytes(self) -> bytes:
        """Return the model as bytes, to be kept; only weights that are not zero are written."""
        places = np.flatnonzero(self.weights).astype(np.uint32)
        buffer = io.BytesIO()
        facts = asdict(self.evaluation)
        np.savez_compressed(
            buffer,
            language=np.array(self.language),
            places=places,
            weights=self.weights[places],
            numbers=np.array([self.bias, self.threshold]),
            evaluation=np.array([facts[name] for name in sorted(facts)]),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Model":
        """Return a model that was kept.

        Raises:
            ValueError, KeyError: these bytes are no model.
        """
        with np.load(io.BytesIO(kept), allow_pickle=False) as held:
            weights = np.zeros(SIZE, dtype=np.float32)
            weights[held["places"]] = held["weights"]
            bias, threshold = (float(one) for one in held["numbers"])
            names = sorted(asdict(Evaluation()))
            facts = dict(zip(names, map(int, held["evaluation"]), strict=True))
            return cls(str(held["language"]), weights, bias, threshold, Evaluation(**facts))
