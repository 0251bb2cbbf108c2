"""The sitemap's tally of months, kept after each entry about a story."""

from dateline.journal.entries import Recorded
from dateline.stories.actions import note_month
from dateline.stories.entries import StoryEntry, StoryImported, StoryKept, StoryPublished


def count_month(recorded: Recorded) -> None:
    """Note in the tally that a story's month changed."""
    entry = recorded.entry
    if not isinstance(entry, StoryEntry) or isinstance(entry, StoryKept) or not entry.day:
        return
    note_month(
        edition=entry.edition,
        month=entry.day[:6],
        is_new=_is_new(entry),
        at=recorded.at,
        seq=recorded.seq,
    )


def _is_new(entry: StoryEntry) -> bool:
    return entry.is_new if isinstance(entry, StoryImported) else isinstance(entry, StoryPublished)
