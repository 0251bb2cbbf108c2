"""Archive, bylines and sitemaps walk along indexes, also in a database nobody ever analysed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dateline.common import clock
from dateline.stories import archive_queries as queries
from tests.factories import a_newsroom, a_storyline

pytestmark = pytest.mark.django_db
NOW = clock.now()
SPAN = (datetime(2008, 11, 1, tzinfo=UTC), datetime(2008, 12, 1, tzinfo=UTC))
WALKS = {
    "edition": lambda room: queries.walk_of_edition(room.edition, NOW),
    "section": lambda room: queries.walks_of_sections([room.world.pk], NOW),
    "kind": lambda room: queries.walks_of_sections([room.world.pk], NOW, kind="live"),
    "topic": lambda room: queries.walk_of_topic(room.topic, NOW),
    "storyline": lambda room: queries.walk_of_storyline(a_storyline(room), NOW),
    "person": lambda room: queries.walk_of_person(room.person, room.edition, NOW),
}


def plan_of(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "\n".join(row[3] for row in cursor.fetchall())


def is_walk(plan):
    """Say whether nothing is read whole, sorted or counted, but the short list of spans."""
    lines = [line for line in plan.split("\n") if line not in {"SCAN span", "SCAN CONSTANT ROW"}]
    text = "\n".join(line for line in lines if not line.endswith("CONSTANT ROWS"))
    return not any(word in text for word in ("SCAN", "TEMP B-TREE", "LIST SUBQUERY"))


@pytest.fixture(autouse=True)
def on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")


@pytest.mark.parametrize("name", WALKS)
@pytest.mark.parametrize("before", [None, (NOW, 5)])
@pytest.mark.parametrize("span", [None, SPAN])
def test_a_page_of_places_is_a_walk(monkeypatch, name, before, span):
    plans = []
    real = queries._newest

    def explained(walk, **given):
        with connection.execute_wrapper(_explaining(plans)):
            return real(walk, **given)

    monkeypatch.setattr(queries, "_newest", explained)
    queries.newest_places(WALKS[name](a_newsroom()), limit=51, span=span, before=before)
    assert plans
    assert [plan for plan in plans if not is_walk(plan)] == []


@pytest.mark.parametrize("name", WALKS)
def test_neighbours_and_bounds_are_steps(name):
    plans = []
    walks = WALKS[name](a_newsroom())
    with connection.execute_wrapper(_explaining(plans)):
        queries.last_before(walks, NOW)
        queries.first_from(walks, NOW)
        queries.first_and_last(walks)
    assert len(plans) == 4
    assert [plan for plan in plans if not is_walk(plan)] == []


@pytest.mark.parametrize("name", WALKS)
def test_a_calendar_is_a_step_for_each_day(name):
    spans = list(enumerate((SPAN[0] + timedelta(n), SPAN[0] + timedelta(n + 1)) for n in range(30)))
    for walk in WALKS[name](a_newsroom()):
        plan = plan_of(*queries.spans_statement(walk, spans))
        assert is_walk(plan), plan


def test_a_sitemaps_month_and_its_translations_are_walks():
    room, plans = a_newsroom(), []
    with connection.execute_wrapper(_explaining(plans)):
        list(queries.stories_in_span(room.edition, SPAN, NOW)[:50_000])
    assert [plan for plan in plans if not is_walk(plan)] == []


def _explaining(plans):
    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            plans.append(plan_of(sql, params))
        return execute(sql, params, many, context)

    return explain
