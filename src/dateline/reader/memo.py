"""Values every page needs, kept in this process until an entry touches what they were read from."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from dateline.common import house
from dateline.press.ring import FORGET, KeyRing, digest
from dateline.press.touch import reading, touch

T = TypeVar("T")


@cache
def _ring() -> KeyRing:
    return KeyRing(house.ring_path())


class Memo:
    """A handful of values, each with the page keys it depends on.

    A value is served only if none of its keys was rung since before it was made, so it is as fresh
    as a page of the press; whoever uses it touches its keys.
    """

    def __init__(self) -> None:
        self._values: dict[str, tuple[Any, frozenset[str], int]] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return the value of a name, made anew when something it depends on has changed."""
        kept = self._values.get(name)
        position = _ring().position
        if kept is not None and self._is_fresh(kept[1], kept[2]):
            self._values[name] = (kept[0], kept[1], position)
            touch(*kept[1])
            return cast(T, kept[0])
        with reading() as keys:
            value = make()
        self._values[name] = (value, frozenset(keys), position)
        return value

    def _is_fresh(self, keys: frozenset[str], position: int) -> bool:
        if _ring().position == position:
            return True
        _now, rung = _ring().since(position)
        if rung is None:
            return False
        return {value & ~FORGET for value in rung}.isdisjoint(digest(key) for key in keys)


memo = Memo()
