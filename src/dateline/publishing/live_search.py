"""Live posts in the search index: whoever looks for their words finds the coverage."""

from collections.abc import Collection

from dateline.journal.entries import Recorded
from dateline.live.entries import LiveEntry, LiveMerged
from dateline.live.queries import words_of_coverages
from dateline.search.actions import index_story
from dateline.search.rules.copy import texts_of

MOST_LETTERS = 40_000
"""Of one coverage; beyond it its oldest posts are not found, but for key events."""


def words_of_posts(stories: Collection[int]) -> dict[int, list[str]]:
    """Return the texts of the posts of some stories that have coverage."""
    found: dict[int, list[str]] = {}
    left: dict[int, int] = {}
    for story, headline, body in words_of_coverages(stories):
        for text in (headline, *texts_of(body)):
            if left.setdefault(story, MOST_LETTERS) > 0:
                found.setdefault(story, []).append(text)
                left[story] -= len(text)
    return found


def index_posts(recorded: Recorded) -> None:
    """Bring the index up to date with a coverage that an entry tells of."""
    entry = recorded.entry
    if isinstance(entry, LiveEntry):
        index_story(number=entry.story)
    if isinstance(entry, LiveMerged):
        index_story(number=entry.merged)
