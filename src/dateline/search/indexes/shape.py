"""What the index is told and asked, whichever database keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from dateline.search.rules.rank import Part

Phrase = tuple[str, ...]
Either = tuple[Phrase, ...]
"""Phrases of which one is enough; most often one phrase of one stem."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A story's stems by part, at its place.

    Shape: `marks` are words no reader can type, such as `_knews`: what a search may be limited to.
    """

    place: int
    story: int
    parts: Mapping[Part, Sequence[str]]
    marks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: all of `must`, none of `without`, and one mark of each group."""

    must: tuple[Either, ...]
    without: tuple[Either, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where in a story the words stand: the parts of each, and whether they stand in a row."""

    parts: tuple[frozenset[Part], ...]
    is_together: bool


class Index(Protocol):
    """The index of words; changes are made inside the caller's transaction."""

    def put(self, rows: Iterable[Placed]) -> None:
        """Put stories at places, instead of what may be there."""

    def drop(self, places: Iterable[int]) -> None:
        """Take what is at these places out."""

    def clear(self) -> None:
        """Take everything out."""

    def filling(self) -> AbstractContextManager[None]:
        """Put very many stories inside the block; `tidy` is due afterwards."""

    def tidy(self) -> bool:
        """Do a bounded piece of what makes asking quicker; False when there is nothing to do."""

    def walk(
        self, wanted: Wanted, span: tuple[int, int], limit: int, *, only: Part | None = None
    ) -> list[tuple[int, int]]:
        """Return the places and stories that have what is wanted, newest first.

        The words must stand in the part `only`, if given. No more than `limit` are looked at.
        """

    def standing(self, wanted: Wanted, places: Sequence[int]) -> dict[int, Standing]:
        """Return where the words stand in stories that a walk has found in a row."""

    def within(self, seconds: float) -> AbstractContextManager[None]:
        """Give up what is asked inside the block after so many seconds.

        Raises:
            SearchTooSlow: it took longer.
        """
