"""Finding stories by time, by person and by language: archive, bylines, translations.

Each answer is a few steps in one index, however many stories there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from dateline.people.models import Person
from dateline.stories.models import Byline, Story, StoryMonth
from dateline.stories.queries import stories_of_sections, topic_rows, visible
from dateline.topics.models import Edition, Storyline, Topic

Span = tuple[datetime, datetime]
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows that one index holds in the order of their time; `number` names the story's number.

    A section with others below it is walked by one of these for each.
    """

    rows: QuerySet[Any]
    number: str = "pk"


def walk_of_edition(edition: Edition, now: datetime) -> tuple[Walk, ...]:
    """Return the walk of an edition's visible stories."""
    return (Walk(visible(now).filter(edition=edition)),)


def walks_of_sections(
    sections: Sequence[int], now: datetime, *, kind: str = ""
) -> tuple[Walk, ...]:
    """Return the walks of the visible stories of sections, of one kind or of all."""
    every = (stories_of_sections([number], now) for number in sections)
    return tuple(Walk(rows.filter(kind=kind) if kind else rows) for rows in every)


def walk_of_topic(topic: Topic, now: datetime) -> tuple[Walk, ...]:
    """Return the walk of a topic's visible stories."""
    return (Walk(topic_rows(topic, now).order_by(), "story_id"),)


def walk_of_storyline(storyline: Storyline, now: datetime) -> tuple[Walk, ...]:
    """Return the walk of a storyline's visible stories."""
    return (Walk(visible(now).filter(storyline=storyline)),)


def walk_of_person(person: Person, edition: Edition, now: datetime) -> tuple[Walk, ...]:
    """Return the walk of the visible stories of an edition that a person's byline stands over."""
    return (Walk(byline_rows(person, edition, now).order_by(), "story_id"),)


def newest_places(
    walks: Sequence[Walk],
    *,
    limit: int,
    span: Span | None = None,
    before: Place | None = None,
) -> list[Place]:
    """Return the places of the newest stories, within a span of time and before a place.

    Order: newest first. A story that stands twice in a walk is returned once.
    """
    found = [_newest(walk, limit=limit, span=span, before=before) for walk in walks]
    return list(islice(_once(merge(*found, reverse=True)), limit))


def oldest_places(walk: Walk, *, limit: int, after: Place | None = None) -> list[Place]:
    """Return the places of the first stories of a walk, after a place; the oldest first."""
    rows = walk.rows
    if after is not None:
        at, number = after
        same = Q(published_at=at, **{f"{walk.number}__gt": number})
        rows = rows.filter(Q(published_at__gt=at) | same, published_at__gte=at)
    rows = rows.order_by("published_at", walk.number)
    return list(rows.values_list("published_at", walk.number)[:limit])


def _newest(walk: Walk, *, limit: int, span: Span | None, before: Place | None) -> list[Place]:
    rows = walk.rows
    if span is not None:
        rows = rows.filter(published_at__gte=span[0], published_at__lt=span[1])
    if before is not None:
        at, number = before
        same = Q(published_at=at, **{f"{walk.number}__lt": number})
        rows = rows.filter(Q(published_at__lt=at) | same, published_at__lte=at)
    rows = rows.order_by("-published_at", f"-{walk.number}")
    # A person can stand twice over a story.
    most = 2 * limit if walk.rows.model is Byline else limit
    return list(rows.values_list("published_at", walk.number)[:most])


def _once(places: Iterator[Place]) -> Iterator[Place]:
    last: Place | None = None
    for place in places:
        if place != last:
            yield place
        last = place


def last_before(walks: Sequence[Walk], moment: datetime) -> datetime | None:
    """Return the time of the last story before an instant, or None."""
    found = (_edge(walk.rows.filter(published_at__lt=moment), "-published_at") for walk in walks)
    return max((at for at in found if at is not None), default=None)


def first_from(walks: Sequence[Walk], moment: datetime) -> datetime | None:
    """Return the time of the first story at or after an instant, or None."""
    found = (_edge(walk.rows.filter(published_at__gte=moment), "published_at") for walk in walks)
    return min((at for at in found if at is not None), default=None)


def first_and_last(walks: Sequence[Walk]) -> Span | None:
    """Return the times of the first and the last story, or None where there is none."""
    firsts = [_edge(walk.rows, "published_at") for walk in walks]
    lasts = [_edge(walk.rows, "-published_at") for walk in walks]
    found = [at for at in (*firsts, *lasts) if at is not None]
    return (min(found), max(found)) if found else None


def _edge(rows: QuerySet[Any], order: str) -> datetime | None:
    edge: datetime | None = rows.order_by(order).values_list("published_at", flat=True).first()
    return edge


def spans_with_stories(walks: Sequence[Walk], spans: Sequence[Span]) -> set[int]:
    """Return which of some spans of time have a story, by their place in the sequence.

    Each span costs one step in the index of each walk: nothing is counted.
    """
    found: set[int] = set()
    for walk in walks:
        open_ones = [(n, span) for n, span in enumerate(spans) if n not in found]
        found |= _spans_of_walk(walk, open_ones) if open_ones else set()
    return found


def _spans_of_walk(walk: Walk, spans: Sequence[tuple[int, Span]]) -> set[int]:
    sql, values = spans_statement(walk, spans)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {number for (number,) in cursor.fetchall()}


def spans_statement(walk: Walk, spans: Sequence[tuple[int, Span]]) -> tuple[str, list[Any]]:
    """Return the statement that asks once for each numbered span, and its values."""
    rows = walk.rows.order_by().filter(
        published_at__gte=_column("span.since"), published_at__lt=_column("span.until")
    )
    inner, inner_values = rows.values(walk.number)[:1].query.sql_with_params()
    moment = connection.ops.adapt_datetimefield_value
    values = [value for n, (since, until) in spans for value in (n, moment(since), moment(until))]
    kind = "timestamptz" if connection.vendor == "postgresql" else "text"
    row = f"(CAST(%s AS integer), CAST(%s AS {kind}), CAST(%s AS {kind}))"
    sql = (
        f"WITH span(n, since, until) AS (VALUES {', '.join([row] * len(spans))})"  # noqa: S608
        f" SELECT n FROM span WHERE EXISTS ({inner})"
    )
    return sql, [*values, *inner_values]


def _column(name: str) -> RawSQL:
    return RawSQL(name, (), output_field=DateTimeField())  # noqa: S611 - a name of our own


def byline_rows(person: Person, edition: Edition, now: datetime) -> QuerySet[Byline]:
    """Return the rows of a person's visible stories, newest first, from the person's own index.

    A person who stands twice in a story has two rows of it.
    """
    is_seen = Exists(visible(now).filter(pk=OuterRef("story_id"), edition=edition.pk))
    rows = Byline.objects.filter(is_seen, person=person, published_at__isnull=False)
    return rows.order_by("-published_at", "-story_id")


def translations_of(story: Story, now: datetime) -> list[Story]:
    """Return a story's visible translations, without their bodies; asks nothing for one alone."""
    if story.translation_key is None:
        return []
    others = visible(now).filter(translation_key=story.translation_key).exclude(pk=story.pk)
    others = others.select_related("edition").only(*_ADDRESS)
    return list(others.order_by("edition__position", "pk"))


_ADDRESS = ("headline", "slug", "published_at", "language", "edition", "section_id")


def linked_numbers(story: Story) -> list[int]:
    """Return the numbers of the stories that share a story's key, whatever their state."""
    if story.translation_key is None:
        return []
    linked = Story.objects.filter(translation_key=story.translation_key).exclude(pk=story.pk)
    return list(linked.values_list("pk", flat=True))


def storylines_told(
    edition: Edition, now: datetime, *, before: Place | None = None
) -> QuerySet[Any]:
    """Return the storylines that have a visible story, the one told of last first, by keyset.

    Shape: each has the number and time of its last story, as `told` and `told_at`.
    """
    told = visible(now).filter(storyline=OuterRef("pk")).order_by("-published_at", "-pk")
    rows = Storyline.objects.filter(edition=edition).annotate(
        told_at=Subquery(told.values("published_at")[:1]), told=Subquery(told.values("pk")[:1])
    )
    if before is None:
        rows = rows.filter(told_at__isnull=False)
    else:
        at, number = before
        rows = rows.filter(Q(told_at__lt=at) | Q(told_at=at, pk__lt=number))
    return rows.order_by("-told_at", "-pk")


_IN_SITEMAP = (
    "headline",
    "language",
    "slug",
    "published_at",
    "updated_at",
    "corrected_at",
    "translation_key",
    "edition",
    "section_id",
)


def stories_in_span(edition: Edition, span: Span, now: datetime) -> QuerySet[Story]:
    """Return an edition's visible stories of a span of time, newest first, for a sitemap."""
    stories = visible(now).filter(
        edition=edition, published_at__gte=span[0], published_at__lt=span[1]
    )
    return stories.only(*_IN_SITEMAP).order_by("-published_at", "-pk")


def translations_in_span(edition: Edition, span: Span, now: datetime) -> QuerySet[Story]:
    """Return all visible stories that are, in any language, one with a story of a span of time."""
    keyed = stories_in_span(edition, span, now).filter(translation_key__isnull=False)
    keys = keyed.order_by().values("translation_key")
    stories = visible(now).filter(translation_key__in=keys, translation_key__isnull=False)
    return stories.only(*_IN_SITEMAP).order_by("edition__position", "pk")


def months_of_edition(edition: Edition) -> dict[str, StoryMonth]:
    """Return what is noted of an edition's months, by `200811`."""
    return {row.month: row for row in StoryMonth.objects.filter(edition=edition)}
