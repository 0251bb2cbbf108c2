"""What follows entries of other rooms."""

from dateline.journal.entries import Recorded
from dateline.newsfeed.actions import follow_story
from dateline.stories.entries import StoryEntry


def alerts_after(recorded: Recorded) -> None:
    """Have the alerts of a story say what readers may see of it now."""
    if isinstance(recorded.entry, StoryEntry):
        follow_story(by=None, story=recorded.entry.story)
