"""Changing stories of the past without telling anybody: pages follow, the newsfeed does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields

from dateline.stories.entries import StoryEntry, StoryImported, StoryPublished, StoryShown

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Announce nothing that is shown inside the block: it is old, and came from elsewhere."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def told(entry: StoryShown) -> StoryEntry:
    """Return the entry to record: as it is, or inside `quietly` one that no channel hears."""
    if not _quiet.get():
        return entry
    kept = {one.name: getattr(entry, one.name) for one in fields(StoryEntry)}
    return StoryImported(**kept, is_new=isinstance(entry, StoryPublished))
