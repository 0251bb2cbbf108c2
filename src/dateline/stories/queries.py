"""Finding stories. `visible()` is the only way to a reader's story."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from dateline.common.prepared import Prepared, PreparedIn
from dateline.media.queries import stories_with_picture
from dateline.stories.enums import End
from dateline.stories.models import Byline, Embargo, Ending, OldAddress, Story, StoryTopic
from dateline.topics.models import Edition, Section, Storyline, Topic


class NotKept(Expression):
    """True for a story that no embargo, hold or kill keeps from readers at an instant.

    Written out once: every page asks it, and having the ORM build three subqueries each time cost
    more than the database takes to answer them.
    """

    conditional = True
    template = (
        "NOT EXISTS (SELECT 1 FROM stories_embargo e WHERE e.story_id = {pk}"
        " AND e.lifted_at IS NULL AND (e.until IS NULL OR e.until > %s))"
        " AND NOT EXISTS (SELECT 1 FROM stories_hold h WHERE h.story_id = {pk}"
        " AND h.lifted_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM stories_ending k WHERE k.story_number = {pk}"
        " AND k.kind = 'kill' AND k.lifted_at IS NULL)"
    )

    def __init__(self, now: datetime, pk: Any = None) -> None:
        super().__init__(output_field=BooleanField())
        self.now = now
        self.pk: Any = pk or F("pk")

    def get_source_expressions(self) -> list[Any]:
        """Return what the ORM must resolve: the story's key under its present alias."""
        return [self.pk]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the key as the ORM resolved it."""
        [self.pk] = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Return the condition for one story."""
        pk, _ = compiler.compile(self.pk)
        now = connection.ops.adapt_datetimefield_value(self.now)
        return self.template.format(pk=pk), (now,)


def visible(now: datetime) -> QuerySet[Story]:
    """Return the stories readers may see at an instant.

    Out are drafts, what an embargo, a hold or a kill keeps, what was withdrawn and what has
    expired. An embargo
    without a readable end keeps for ever.

    `live` is asked for as one of a list: written as a bare condition, as Django writes `live=True`,
    SQLite cannot find it in an index and sorts all stories of a list for each page of it.
    """
    stories: QuerySet[Story] = Story.objects.filter(
        NotKept(now),
        Q(expire_at__isnull=True) | Q(expire_at__gt=now),
        live__in=[True],
        published_at__isnull=False,
    )
    return stories


def is_kept(story: Story, now: datetime) -> bool:
    """Say whether an embargo, a hold or a kill keeps a story from readers."""
    return not Story.objects.filter(NotKept(now), pk=story.pk).exists()


def cards(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Return stories with what a list shows of them, and without their bodies."""
    return stories.select_related("section", "edition", "lead_picture").defer(*_BODIES)


_BODIES = ("body", "note_to_editors", "editors_note")


def cards_by_number(numbers: Sequence[int], now: datetime) -> list[Story]:
    """Return of some stories those that readers may see, as `cards` does; in one query."""
    return _CARDS.rows(numbers, now=now)


_CARDS = PreparedIn(lambda numbers, now: cards(visible(now).filter(pk__in=numbers)), now=datetime)


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


def newest_of_sections(
    sections: Sequence[int],
    now: datetime,
    *,
    limit: int,
    before: tuple[datetime, int] | None = None,
    kind: str = "",
) -> list[Story]:
    """Return what a list shows of the newest stories of some sections, of one kind or of all.

    Each section's own index is walked for `limit` stories and the walks are merged, in one query:
    asked for several sections at once, both databases sort every story there is in them.
    """
    walks = [walk_of_section(n, now, before=before, kind=kind)[:limit] for n in sections]
    if len(walks) == 1:
        return list(cards(walks[0]))
    statement, values = merged(walks, limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        order = [number for _at, number in cursor.fetchall()]
    found = {story.pk: story for story in cards(visible(now).filter(pk__in=order))}
    return [found[number] for number in order if number in found]


def merged(walks: Sequence[QuerySet[Story]], limit: int) -> tuple[str, list[Any]]:
    """Return the statement that asks for the newest of some walks, by time and number.

    Django's own union has no limit within its parts on SQLite; as subqueries they may have one.
    """
    parts = [walk.values_list("published_at", "pk").query.sql_with_params() for walk in walks]
    union = " UNION ALL ".join(
        f"SELECT * FROM ({sql}) AS walk_{n}"  # noqa: S608 - made by the ORM
        for n, (sql, _values) in enumerate(parts)
    )
    given = [value for _sql, values in parts for value in values]
    return f"{union} ORDER BY 1 DESC, 2 DESC LIMIT %s", [*given, limit]


def walk_of_section(
    section: int,
    now: datetime,
    *,
    before: tuple[datetime, int] | None = None,
    kind: str = "",
) -> QuerySet[Story]:
    """Return one section's stories, newest first, as its index holds them."""
    stories = stories_of_sections([section], now)
    return newest(stories.filter(kind=kind) if kind else stories, before=before)


def topic_rows(topic: Topic, now: datetime) -> QuerySet[StoryTopic]:
    """Return the rows of a topic's visible stories, newest first, from the topic's own index."""
    is_seen = Exists(visible(now).filter(pk=OuterRef("story_id")))
    rows = StoryTopic.objects.filter(is_seen, topic=topic, published_at__isnull=False)
    return rows.order_by("-published_at", "-story_id")


def has_told(storyline: Storyline) -> bool:
    """Say whether readers ever saw a story of a storyline: before, its name tells of what comes."""
    stories: QuerySet[Story] = Story.objects.filter(storyline=storyline, published_at__isnull=False)
    return stories.exclude(slug="").exists()


def storyline_of(number: int, now: datetime) -> int | None:
    """Return the number of the storyline of a story that readers may see, or None."""
    found = visible(now).filter(pk=number).values_list("storyline", flat=True)
    storyline: int | None = found.first()
    return storyline


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
    """Return a story by its number, with bylines, topics and storyline, if readers may see it."""
    story = _BY_NUMBER.first(number=number, now=now)
    if story is not None:
        _already_read(story, "bylines", _BYLINES.rows(story=number))
        _already_read(story, "story_topics", _TOPICS.rows(story=number))
    return story


def _already_read(story: Story, name: str, rows: list[Any]) -> None:
    """Keep a story's rows of one relation where `prefetch_related` keeps them."""
    relation = getattr(story, name).all()
    relation._result_cache = rows  # there is no public way to give what was read
    story.__dict__.setdefault("_prefetched_objects_cache", {})[name] = relation


_BY_NUMBER = Prepared(
    lambda number, now: visible(now).filter(pk=number).select_related("storyline"),
    number=int,
    now=datetime,
)
_BYLINES = Prepared(
    lambda story: Byline.objects.filter(story=story).select_related("person"), story=int
)
_TOPICS = Prepared(
    lambda story: StoryTopic.objects.filter(story=story).select_related("topic"), story=int
)


def story_showing(picture: int, now: datetime) -> int | None:
    """Return the number of a story that readers may see and that shows a picture, or None."""
    shown = visible(now).order_by().values_list("pk", flat=True)
    found = list(shown.filter(lead_picture=picture)[:1])
    if not found:
        within = stories_with_picture(picture)
        found = list(shown.filter(pk__in=within)[:1]) if within else []
    return found[0] if found else None


def ending_of(number: int) -> Ending | None:
    """Return how a story that readers once saw left their reach, or None.

    A draft can be killed too; only what readers saw was also withdrawn or deleted.
    """
    was_seen = Ending.objects.filter(story_number=number).exclude(kind=End.KILL)
    endings = Ending.objects.filter(Exists(was_seen), story_number=number, lifted_at__isnull=True)
    return endings.select_related("edition").order_by("-at", "-pk").first()


def number_at_old_address(path: str, query: str = "") -> int | None:
    """Return the number of the story that an address of an earlier system names, or None.

    The address with its query goes first, then the path alone, with a slash at its end or without.
    """
    other = path[:-1] if path.endswith("/") else f"{path}/"
    asked = [f"{path}?{query}"] if query else []
    asked += [path, other]
    named = dict(OldAddress.objects.filter(path__in=asked).values_list("path", "story_id"))
    return next((named[address] for address in asked if address in named), None)


def story_at(number: int, now: datetime) -> Story | None:
    """Return what an address is made of for a story that readers may see, or None."""
    stories = visible(now).select_related("edition")
    return stories.only("slug", "published_at", "edition").filter(pk=number).first()


def due_embargoes(now: datetime) -> QuerySet[Embargo]:
    """Return the embargoes whose time has come and that nobody has lifted yet."""
    return Embargo.objects.filter(until__lte=now, lifted_at__isnull=True).order_by("until", "pk")


def stories_at(numbers: Sequence[int], now: datetime) -> list[Story]:
    """Return headline and address of those stories that readers may see."""
    stories = visible(now).filter(pk__in=numbers).select_related("edition")
    return list(stories.only("headline", "slug", "published_at", "edition"))
