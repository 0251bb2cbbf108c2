"""The sitemap's tally of months, kept after each entry about a story."""

from dateline.journal.entries import Recorded
from dateline.publishing.pages import ring_keys
from dateline.stories.actions import note_month
from dateline.stories.entries import StoryEntry, StoryImported, StoryKept, StoryPublished


def count_month(recorded: Recorded) -> None:
    """Note in the tally that a story's month changed, and drop the sitemap's index."""
    entry = recorded.entry
    if not isinstance(entry, StoryEntry) or isinstance(entry, StoryKept) or not entry.day:
        return
    changed = note_month(
        edition=entry.edition,
        month=entry.day[:6],
        is_new=_is_new(entry),
        at=recorded.at,
        seq=recorded.seq,
    )
    if changed:
        ring_keys((f"sitemap:{entry.edition}",))


def _is_new(entry: StoryEntry) -> bool:
    return entry.is_new if isinstance(entry, StoryImported) else isinstance(entry, StoryPublished)
