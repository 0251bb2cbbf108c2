"""Finding stories. `visible()` is the only way to a reader's story."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from dateline.stories.enums import End
from dateline.stories.models import Embargo, Ending, Hold, OldAddress, Story, StoryTopic, Version
from dateline.topics.models import Edition, Section, Topic


def visible(now: datetime) -> QuerySet[Story]:
    """Return the stories readers may see at an instant.

    Out are drafts, what an embargo or a hold keeps, and what was withdrawn or killed. An embargo
    without a readable end keeps for ever.
    """
    stories: QuerySet[Story] = Story.objects.filter(
        ~Exists(_holding_embargoes(now).filter(story=OuterRef("pk"))),
        ~Exists(Hold.objects.filter(story=OuterRef("pk"), lifted_at__isnull=True)),
        ~Exists(_kills().filter(story_number=OuterRef("pk"))),
        live=True,
        published_at__isnull=False,
    )
    return stories


def _kills() -> QuerySet[Ending]:
    return Ending.objects.filter(kind=End.KILL, lifted_at__isnull=True)


def _holding_embargoes(now: datetime) -> QuerySet[Embargo]:
    return Embargo.objects.filter(Q(until__isnull=True) | Q(until__gt=now), lifted_at__isnull=True)


def is_kept(story: Story, now: datetime) -> bool:
    """Say whether an embargo or a hold keeps a story from readers."""
    return (
        _holding_embargoes(now).filter(story=story).exists()
        or Hold.objects.filter(story=story, lifted_at__isnull=True).exists()
    )


def cards(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Return stories with what a list shows of them, and without their bodies."""
    return stories.select_related("section", "edition", "lead_picture").defer(
        "body", "note_to_editors", "editors_note"
    )


def newest(
    stories: QuerySet[Story], *, before: tuple[datetime, int] | None = None
) -> QuerySet[Story]:
    """Return stories newest first, by keyset: `before` is the last one already seen."""
    if before is not None:
        at, number = before
        stories = stories.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=number))
        stories = stories.filter(published_at__lte=at)
    return stories.order_by("-published_at", "-pk")


def stories_of_edition(edition: Edition, now: datetime) -> QuerySet[Story]:
    """Return an edition's stories, newest first."""
    return newest(cards(visible(now).filter(edition=edition)))


def stories_of_sections(sections: Sequence[int], now: datetime) -> QuerySet[Story]:
    """Return the stories of some sections, by number."""
    stories = visible(now)
    if len(sections) == 1:
        return stories.filter(section=sections[0])
    return stories.filter(section__in=sections)


def topic_rows(topic: Topic, now: datetime) -> QuerySet[StoryTopic]:
    """Return the rows of a topic's visible stories, newest first, from the topic's own index."""
    return StoryTopic.objects.filter(
        topic=topic, published_at__isnull=False, story__in=visible(now).values("pk")
    ).order_by("-published_at", "-story_id")


def section_and_below(section: Section) -> list[int]:
    """Return the numbers of a section and of every section inside it."""
    numbers = Section.objects.filter(
        edition=section.edition_id, path__startswith=f"{section.path}/"
    )
    return [section.pk, *numbers.values_list("pk", flat=True)]


def section_and_above(section: Section) -> list[Section]:
    """Return a section and those it is part of, nearest first."""
    line = [section]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line


def story_for_reader(number: int, now: datetime) -> Story | None:
    """Return a story by its number if readers may see it."""
    newest_version = Version.objects.filter(story=OuterRef("pk")).order_by("-number")
    stories = visible(now).select_related("edition", "section__parent", "lead_picture")
    story: Story | None = (
        stories.filter(pk=number)
        .annotate(newest_version=Subquery(newest_version.values("number")[:1]))
        .prefetch_related("bylines__person", "story_topics__topic", "corrections")
        .first()
    )
    return story


def ending_of(number: int) -> Ending | None:
    """Return how a story that readers once saw left their reach, or None.

    A draft can be killed too; only what readers saw was also withdrawn or deleted.
    """
    was_seen = Ending.objects.filter(story_number=number).exclude(kind=End.KILL)
    endings = Ending.objects.filter(Exists(was_seen), story_number=number, lifted_at__isnull=True)
    return endings.select_related("edition").order_by("-at", "-pk").first()


def story_at_old_address(path: str, now: datetime) -> Story | None:
    """Return the visible story that an address of an earlier system leads to."""
    old = OldAddress.objects.filter(path=path).values("story")
    return visible(now).select_related("edition").filter(pk__in=old).first()


def due_embargoes(now: datetime) -> QuerySet[Embargo]:
    """Return the embargoes whose time has come and that nobody has lifted yet."""
    return Embargo.objects.filter(until__lte=now, lifted_at__isnull=True).order_by("until", "pk")
