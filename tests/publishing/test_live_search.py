"""Live posts are found as their coverage, and as long as readers see them."""

import pytest

from dateline.journal.queries import replay
from dateline.live import actions
from dateline.publishing import live_search
from dateline.publishing.effects import EFFECTS
from dateline.search.actions import rebuild_index
from dateline.stories.actions import kill_story
from tests.factories import a_newsroom, a_published_story
from tests.live.coverage import Coverage, copy
from tests.search.house import headlines

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]
HEADLINE = "Live: the Council meets"


@pytest.fixture
def live():
    room = a_newsroom()
    story = a_published_story(room, HEADLINE, kind="live")
    return Coverage(room, story, actions.open_coverage(by=room.editor, story=story))


def follow():
    """Do what the runner would do for the index."""
    for recorded in replay(0, 10_000):
        for effect in EFFECTS:
            if effect.name in {"search", "live-search"} and effect.concerns(recorded.entry):
                effect.does(recorded)


def found(live, words):
    follow()
    return headlines(live.room.edition, words) == [HEADLINE]


def test_a_post_is_found_from_its_publication_to_its_end(live):
    draft = live.write("A kayak was lifted over the fence.", headline="Kayaks ashore")
    assert not found(live, "kayak fence")
    post = actions.publish_post(by=None, post=draft)
    assert found(live, "kayak fence")
    assert found(live, "kayaks ashore")
    actions.edit_post(by=None, post=post, copy=copy("A wardrobe was lifted over the fence."))
    assert [found(live, word) for word in ("wardrobe", "kayak")] == [True, False]
    actions.delete_post(by=None, post=post)
    assert [found(live, word) for word in ("wardrobe", "council")] == [False, True]


def test_building_the_index_anew_knows_the_posts(live):
    live.send("A kayak was lifted over the fence.")
    list(rebuild_index(afresh=True))
    assert headlines(live.room.edition, "kayak") == [HEADLINE]
    kill_story(by=None, story=live.story, why="a test")
    assert not found(live, "kayak")


def test_of_a_long_coverage_key_events_and_the_newest_are_found(live, monkeypatch):
    monkeypatch.setattr(live_search, "MOST_LETTERS", 40)
    live.send("The abbot spoke first.", is_key=True)
    live.send("The brewer spoke next.")
    live.send("The cooper spoke last.")
    assert [found(live, w) for w in ("abbot", "brewer", "cooper")] == [True, False, True]
