"""Building the index anew from the stories: newest first, piece by piece."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from dateline.common import clock
from dateline.people.models import Person
from dateline.search.actions.keep import index_name, put_in, readable, take_out
from dateline.search.enums import NameKind
from dateline.search.indexes import index
from dateline.search.models import Document, KnownWord, NameWord, Rebuild
from dateline.stories.models import Story
from dateline.stories.queries import newest, visible
from dateline.topics.models import Edition, Section, Storyline, Topic

BATCH = 250
"""Stories of one transaction: writers wait a fraction of a second, memory stays small."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuilding has come; `total` is what the stories were when it was looked at."""

    done: int
    total: int


def rebuild_index(*, afresh: bool = False) -> Iterator[Progress]:
    """Build the index anew and yield after each piece how far it has come.

    One that was broken off goes on where it was, unless it is to begin `afresh`. Search works
    meanwhile, and finds what is done: the newest stories first.
    """
    under_way = Rebuild.objects.first()
    if under_way is None or afresh:
        under_way = _begin()
    total = Story.objects.filter(live=True).count()
    yield Progress(under_way.done, total)
    with index().filling():
        for edition in Edition.objects.filter(pk__gte=under_way.edition).order_by("pk"):
            if edition.pk != under_way.edition:
                under_way.edition, under_way.published_at, under_way.story = edition.pk, None, 0
            while _next_piece(under_way):
                yield Progress(under_way.done, max(total, under_way.done))
    while index().tidy():
        yield Progress(under_way.done, max(total, under_way.done))
    under_way.delete()


@transaction.atomic
def _begin() -> Rebuild:
    index().clear()
    for model in (Document, KnownWord, NameWord, Rebuild):
        rows = model.objects.all()
        rows._raw_delete(rows.db)
    _index_names()
    return Rebuild.objects.create(started_at=clock.now())


def _index_names() -> None:
    for kind, model in (
        (NameKind.TOPIC, Topic),
        (NameKind.STORYLINE, Storyline),
        (NameKind.SECTION, Section),
        (NameKind.PERSON, Person),
    ):
        for number in model.objects.order_by("pk").values_list("pk", flat=True).iterator():
            index_name(kind=kind, number=number)


@transaction.atomic
def _next_piece(under_way: Rebuild) -> bool:
    """Index the next stories of the edition that is being done; False when there are none."""
    stories = _next_stories(under_way)
    if not stories:
        return False
    numbers = [story.pk for story in stories]
    take_out(numbers)
    put_in(stories, new=set(numbers))
    under_way.published_at, under_way.story = stories[-1].published_at, stories[-1].pk
    under_way.done += len(stories)
    under_way.save()
    return True


def _next_stories(under_way: Rebuild) -> list[Story]:
    at = under_way.published_at
    before = (at, under_way.story) if at is not None else None
    stories = visible(clock.now()).filter(edition=under_way.edition)
    return list(readable(newest(stories, before=before))[:BATCH])
