"""Who acts now: for what a library tells us without passing the person on."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dateline.people.models import Account

_acting: ContextVar[Account | None] = ContextVar("acting", default=None)


@contextmanager
def acting_as(account: Account | None) -> Iterator[None]:
    """Name the person behind everything done inside the block."""
    token = _acting.set(account)
    try:
        yield
    finally:
        _acting.reset(token)


def who_acts() -> Account | None:
    """Return the person named by the nearest `acting_as`, or None for the house itself."""
    return _acting.get()
