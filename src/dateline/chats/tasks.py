"""What follows entries of other rooms."""

from dateline.chats.actions import follow_story
from dateline.journal.entries import Recorded
from dateline.stories.entries import StoryEntry


def chats_after(recorded: Recorded) -> None:
    """Have the chat of a story open with it, and close and hide with it."""
    if isinstance(recorded.entry, StoryEntry):
        follow_story(by=None, story=recorded.entry.story)
