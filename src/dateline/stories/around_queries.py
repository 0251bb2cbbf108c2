"""Finding what stands around a story: what came before in its section, its storyline's nearest.

Every story page asks this, so it is one question, whether there is a storyline or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from dateline.common.prepared import Prepared
from dateline.stories.models import Story
from dateline.stories.queries import newest, stories_of_sections, visible

OLDER = 4
EARLIER = 2
LATER = 1
_LINE = (
    "headline",
    "short_headline",
    "kicker",
    "standfirst",
    "kind",
    "urgency",
    "dateline_place",
    "slug",
    "published_at",
    "updated_at",
    "corrected_at",
    "lead_picture_id",
    "section_id",
    "edition_id",
    "storyline_id",
)


@dataclass(frozen=True, slots=True)
class Around:
    """The stories around one, without pictures and bodies.

    Order: `older`, of its section, newest first; `earlier` and `later`, of its storyline, in the
        order of time.
    """

    older: tuple[Story, ...] = ()
    earlier: tuple[Story, ...] = ()
    later: tuple[Story, ...] = ()


def stories_around(story: Story, now: datetime) -> Around:
    """Return the visible stories around one; a draft stands where it would be published now."""
    place = (story.published_at or now, story.pk or 0)
    given = {"section": story.section_id, "now": now, "at": place[0], "number": place[1]}
    if story.storyline_id is None:
        found = _OLDER.rows(**given)
    else:
        found = _AROUND.rows(storyline=story.storyline_id, **given)
    found.sort(key=_place_of)
    for one in found:
        one.edition = story.edition
        if one.section_id == story.section_id:
            one.section = story.section
    before = [one for one in found if _place_of(one) < place]
    told = [one for one in found if one.storyline_id and one.storyline_id == story.storyline_id]
    return Around(
        older=tuple(one for one in reversed(before) if one.section_id == story.section_id)[:OLDER],
        earlier=tuple(one for one in before if one in told)[-EARLIER:],
        later=tuple(one for one in told if _place_of(one) > place)[:LATER],
    )


def _place_of(story: Story) -> tuple[datetime, int]:
    assert story.published_at is not None, "a visible story was published"  # noqa: S101
    return story.published_at, story.pk


def _older(section: int, now: datetime, at: datetime, number: int) -> QuerySet[Story]:
    return newest(stories_of_sections([section], now), before=(at, number))[:OLDER]


def _around(
    section: int, storyline: int, now: datetime, at: datetime, number: int
) -> QuerySet[Story]:
    told = visible(now).filter(storyline=storyline)
    is_later = Q(published_at__gt=at) | Q(published_at=at, pk__gt=number)
    later = told.filter(is_later, published_at__gte=at).order_by("published_at", "pk")
    walks = (
        _older(section, now, at, number),
        newest(told, before=(at, number))[:EARLIER],
        later[:LATER],
    )
    found: QuerySet[Story] = Story.objects.only(*_LINE).filter(pk__in=_together(walks))
    return found


def _together(walks: Sequence[QuerySet[Story]]) -> RawSQL:
    """Return the numbers of all walks, each of which keeps its own order and limit."""
    parts = [walk.values_list("pk").query.sql_with_params() for walk in walks]
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({sql}) AS walk_{n}"  # noqa: S608 - made by the ORM
        for n, (sql, _values) in enumerate(parts)
    )
    given: list[Any] = [value for _sql, values in parts for value in values]
    return RawSQL(sql, given)  # noqa: S611


_OLDER = Prepared(
    lambda section, now, at, number: _older(section, now, at, number).only(*_LINE),
    section=int,
    now=datetime,
    at=datetime,
    number=int,
)
_AROUND = Prepared(_around, section=int, storyline=int, now=datetime, at=datetime, number=int)
