"""The sitemap's tally of months, kept after each entry about a story."""

from dateline.journal.entries import Entry, Recorded
from dateline.journal.queries import lines_after
from dateline.stories.actions import note_month
from dateline.stories.entries import StoryEntry, StoryImported, StoryKept, StoryPublished


def count_month(recorded: Recorded) -> None:
    """Note in the tally that a story's month changed; of a run of the same month tell once.

    An import writes many of one month side by side: each with an entry of its own about the month
    would double the journal.
    """
    entry, month = recorded.entry, _month(recorded.entry)
    if not isinstance(entry, StoryEntry) or not month:
        return
    following = next(lines_after(recorded.seq, 1), None)
    goes_on = isinstance(following, Recorded) and _month(following.entry) == month
    note_month(
        edition=entry.edition,
        month=month[1],
        is_new=_is_new(entry),
        at=recorded.at,
        seq=recorded.seq,
        tells=not goes_on,
    )


def _month(entry: Entry) -> tuple[str, str] | None:
    """Return edition and month that an entry changes the tally of, as `("en", "202611")`."""
    if not isinstance(entry, StoryEntry) or isinstance(entry, StoryKept) or not entry.day:
        return None
    return entry.edition, entry.day[:6]


def _is_new(entry: StoryEntry) -> bool:
    return entry.is_new if isinstance(entry, StoryImported) else isinstance(entry, StoryPublished)
