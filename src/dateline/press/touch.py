"""What a page was read from: queries touch keys, the render collects them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_innermost: ContextVar[set[str] | None] = ContextVar("dateline_press_keys", default=None)


@contextmanager
def reading() -> Iterator[set[str]]:
    """Collect the keys touched inside the block, also by threads that inherit the context.

    An inner block collects for itself and hands its keys on to the outer one at its end.
    """
    outer = _innermost.get()
    keys: set[str] = set()
    token = _innermost.set(keys)
    try:
        yield keys
    finally:
        _innermost.reset(token)
        if outer is not None:
            outer |= keys


def touch(*keys: str) -> None:
    """Note that what is being rendered depends on these keys; outside a render do nothing."""
    collector = _innermost.get()
    if collector is not None:
        collector.update(keys)
