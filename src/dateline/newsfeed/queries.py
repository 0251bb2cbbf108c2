"""Finding what the newsfeed shows: announced stories, newest announcement first.

A story's place is the number of the journal's entry that told of it, so a reader's cursor, the
stream's and a page's are the same number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dateline.newsfeed.rules import EVERYTHING, Filter
from dateline.stories.models import Story, StoryTopic
from dateline.stories.queries import visible
from dateline.topics.models import Edition, Topic


@dataclass(frozen=True, slots=True)
class Row:
    """One line as a counter needs it: its place, and what filters look at."""

    number: int
    story: int
    section: int
    kind: str
    topics: tuple[int, ...]
    language: str
    urgency: int


def announced(
    edition: Edition, now: datetime, *, wanted: Filter = EVERYTHING, before: int | None = None
) -> QuerySet[Story]:
    """Return the stories of an edition's newsfeed, newest announcement first, before a number.

    Out are stories that readers may not see, and those of the past that nobody was told of.
    """
    stories = visible(now).filter(edition=edition, announced_as__isnull=False)
    if before is not None:
        stories = stories.filter(announced_as__lt=before)
    return _passing(stories, edition, wanted).order_by("-announced_as")


def _passing(stories: QuerySet[Story], edition: Edition, wanted: Filter) -> QuerySet[Story]:
    if wanted.sections:
        stories = stories.filter(section__in=wanted.sections)
    if wanted.kind:
        stories = stories.filter(kind=wanted.kind)
    if wanted.topic is not None:
        rows = StoryTopic.objects.filter(story=OuterRef("pk"), topic=wanted.topic)
        stories = stories.filter(Exists(rows))
    if wanted.language:
        own = Q(language="") if wanted.language == edition.language else Q(pk__in=())
        stories = stories.filter(own | Q(language=wanted.language))
    return stories


def rows(edition: Edition, now: datetime, *, before: int | None, limit: int) -> list[Row]:
    """Return the newest lines of an edition, or those before a number, without their words."""
    fields = ("announced_as", "pk", "section_id", "kind", "language", "urgency")
    found = list(announced(edition, now, before=before).values_list(*fields)[:limit])
    topics = topics_of([line[1] for line in found])
    return [
        Row(number, story, section, kind, topics.get(story, ()), language, urgency)
        for number, story, section, kind, language, urgency in found
    ]


def topics_of(stories: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the topics of some stories, in one query."""
    wanted = list(stories)
    found: dict[int, tuple[int, ...]] = {}
    if wanted:
        pairs = StoryTopic.objects.filter(story__in=wanted).order_by("story_id", "topic_id")
        for story, topic in pairs.values_list("story_id", "topic_id"):
            found[story] = (*found.get(story, ()), topic)
    return found


def topics_in(stories: Sequence[int], limit: int) -> list[Topic]:
    """Return the topics that most of some stories are about, the most frequent first."""
    among = Topic.objects.filter(story_topics__story__in=stories)
    counted = among.annotate(told=Count("story_topics"))
    return list(counted.order_by("-told", "name")[:limit])
