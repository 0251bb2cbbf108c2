"""What follows entries of other rooms."""

from dateline.chats.actions import follow_story, mark_corrected
from dateline.journal.entries import Recorded
from dateline.stories.entries import StoryEntry, StoryUpdated


def chats_after(recorded: Recorded) -> None:
    """Have the chat of a story open with it, close and hide with it, and know of corrections."""
    if isinstance(recorded.entry, StoryEntry):
        follow_story(by=None, story=recorded.entry.story)
    if isinstance(recorded.entry, StoryUpdated):
        mark_corrected(by=None, story=recorded.entry.story)
