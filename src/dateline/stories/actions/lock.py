"""Taking a story's row before looking at it, so that two actions at once go one after the other."""

from dateline.stories.models import Story


def locked(story: Story) -> Story:
    """Return a story's row as it stands now, kept from other writers until the transaction ends.

    What the caller holds may be a draft, or older than a publication that has just ended.
    """
    return story.locked_row()
