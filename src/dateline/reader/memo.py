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


def _position() -> int:
    """Return how many keys were ever rung, in the file that others ring now.

    The press may have taken up a new file before us: a value that was fresh by the old one would
    then be pressed into a new page. Looking costs two calls of the system.

    Raises: OSError when there is no file and none can be made.
    """
    ring = _ring()
    ring.refresh()
    return ring.position


class Memo:
    """A handful of values, each with the page keys it depends on.

    A value is served only if none of its keys was rung since before it was made, so it is as fresh
    as a page of the press; whoever uses it touches its keys.
    """

    def __init__(self) -> None:
        self._values: dict[str, tuple[Any, frozenset[str], int]] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return the value of a name, made anew when something it depends on has changed."""
        try:
            position = _position()
        except OSError:
            return make()  # Nobody can say what changed: keep nothing, as the press does.
        kept = self._values.get(name)
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
