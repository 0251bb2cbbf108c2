"""When notifications may come, and how many: rules, values in and answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dateline.common.hours import ends_of, is_within
from dateline.subscriptions.push.note import Note

_DAY = timedelta(days=1)
MOST_NAMED = 3


def quiet_for(hours: str, local: datetime) -> timedelta:
    """Return how long the night still lasts at a local time; nothing outside of its hours."""
    if not hours or not is_within(hours, local):
        return timedelta(0)
    hour, minute = map(int, ends_of(hours)[1].split(":"))
    end = local.replace(hour=hour % 24, minute=minute, second=0, microsecond=0)
    return end - local if end > local else end + _DAY - local


def as_one(notes: Sequence[Note], *, title: str, url: str) -> Note:
    """Return one notification for several that would come at the same moment.

    It names three of them, the newest first, and stays as long as the one that lasts longest.
    """
    if len(notes) == 1:
        return notes[0]
    named = [note.body or note.title for note in reversed(notes)][:MOST_NAMED]
    return replace(
        notes[-1],
        title=title,
        body=" · ".join(named),
        url=url,
        tag="several",
        holds=tuple(note.tag for note in notes),
        lasts=max(note.lasts for note in notes),
    )
