"""Each effect of the table: what it does, and that doing it twice does no more."""

import pytest
from django.conf import settings
from django.core.cache import cache

from dateline.journal.queries import head, replay
from dateline.media.models import Rendition
from dateline.press.ring import FORGET, KeyRing, digest
from dateline.publishing import pages
from dateline.publishing.effects import EFFECTS
from dateline.stories.actions import kill_story
from tests.factories import a_newsroom, a_published_story
from tests.publishing.random_desk import a_picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(autouse=True)
def no_remembered_renditions():
    """Wagtail remembers renditions by the picture's number, which the next test uses again."""
    cache.clear()


@pytest.fixture
def ring(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATELINE_HOME", tmp_path)
    (tmp_path / "run").mkdir()
    pages._ring.cache_clear()
    yield KeyRing(tmp_path / "run" / "press.ring")
    pages._ring.cache_clear()


def since(ring, position):
    return ring.since(position)[1]


def state(ring):
    renditions = Rendition.objects.order_by("pk").values_list("pk", "filter_spec", "file")
    return ring.position, head(), list(renditions)


def test_the_table_is_this():
    names = [
        "press",
        "renditions",
        "search",
        "live-search",
        "months",
        "alerts",
        "hub",
        "chats",
        "sendings",
        "follow-ups",
        "live-sendings",
        "alert-sendings",
        "reply-sendings",
        "subscribers",
        "notice-letters",
        "moderation",
    ]
    assert [effect.name for effect in EFFECTS] == names
    assert all(effect.sentence.endswith(".") for effect in EFFECTS)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
def test_twice_is_as_good_as_once(effect, ring):
    room = a_newsroom()
    story = a_published_story(room)
    kill_story(by=None, story=story, why="Wrong.")
    a_picture()
    entries = list(replay(0))
    for recorded in entries:
        if effect.concerns(recorded.entry):
            effect.does(recorded)
    after_once = state(ring)
    for recorded in entries:
        if effect.concerns(recorded.entry):
            effect.does(recorded)
    assert state(ring) == after_once


def test_the_press_drops_every_key_of_the_entry(ring):
    story = a_published_story(a_newsroom())
    [*_, recorded] = replay(0)
    position = ring.position
    pages.drop_pages(recorded)
    rung = since(ring, position)
    assert {digest(key) for key in recorded.entry.keys} <= rung
    assert digest(f"story:{story.pk}") in rung
    assert not any(value & FORGET for value in rung)


def test_what_is_withdrawn_leaves_no_stale_copy(ring):
    story = a_published_story(a_newsroom())
    kill_story(by=None, story=story, why="Wrong.")
    [*_, recorded] = replay(0)
    position = ring.position
    pages.drop_pages(recorded)
    assert digest(f"story:{story.pk}") | FORGET in since(ring, position)


def test_an_entry_its_own_process_dropped_is_not_dropped_again(ring):
    a_published_story(a_newsroom())
    [*_, recorded] = replay(0)
    pages.drop_now(recorded.seq, recorded.entry)
    position = ring.position
    pages.drop_pages(recorded)
    assert ring.position == position


def test_a_picture_gets_its_renditions_and_pages_learn_of_it(ring):
    picture = a_picture()
    [*_, changed] = replay(0)
    EFFECTS[1].does(changed)
    specs = set(picture.renditions.values_list("filter_spec", flat=True))
    assert specs == {"width-4|format-avif", "width-4|format-jpeg"}
    [ready] = replay(changed.seq)
    assert (ready.entry.kind, ready.keys) == ("picture-ready", (f"picture:{picture.pk}",))


def test_a_picture_that_is_gone_needs_nothing(ring):
    picture = a_picture()
    [*_, changed] = replay(0)
    picture.delete()
    EFFECTS[1].does(changed)
    assert Rendition.objects.count() == 0
