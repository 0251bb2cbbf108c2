"""What of a newsfeed somebody wants to see."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A reader's choice: a line passes if it agrees with all that is given.

    Shape: `sections` are the number of a section and those of the sections inside it; `language` is
        BCP 47, and a story without one of its own has its edition's.
    """

    sections: tuple[int, ...] = ()
    kind: str = ""
    topic: int | None = None
    language: str = ""


EVERYTHING = Filter()
