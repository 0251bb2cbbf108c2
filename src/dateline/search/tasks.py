"""What the index does after an entry."""

from dateline.journal.entries import Recorded
from dateline.people.entries import PersonChanged
from dateline.search.actions import index_name, index_story
from dateline.search.enums import NameKind
from dateline.stories.entries import StoryEntry
from dateline.topics.entries import SectionChanged, StorylineEntry, TopicChanged

HEARS = (StoryEntry, TopicChanged, StorylineEntry, SectionChanged, PersonChanged)


def index_after(recorded: Recorded) -> None:
    """Bring the index up to date with what an entry tells of.

    It reads the present state, whichever entry it is at, so it never shows what has ended since.
    """
    entry = recorded.entry
    if isinstance(entry, StoryEntry):
        index_story(number=entry.story)
    elif isinstance(entry, TopicChanged):
        index_name(kind=NameKind.TOPIC, number=entry.topic)
    elif isinstance(entry, StorylineEntry):
        index_name(kind=NameKind.STORYLINE, number=entry.storyline)
    elif isinstance(entry, SectionChanged):
        index_name(kind=NameKind.SECTION, number=entry.section)
    elif isinstance(entry, PersonChanged):
        index_name(kind=NameKind.PERSON, number=entry.person)
