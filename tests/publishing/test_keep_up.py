"""Pages of this machine follow what other machines record."""

import pytest

from dateline.common import house
from dateline.journal.entries import Entry
from dateline.journal.queries import head
from dateline.press.ring import FORGET, KeyRing, digest
from dateline.publishing import pages
from tests.factories import a_newsroom, a_published_story


@pytest.fixture
def ring(settings, tmp_path):
    """A machine whose ring nobody rings at a commit, as if all was recorded on another."""
    settings.DATELINE_HOME = tmp_path
    (tmp_path / "run").mkdir()
    pages._ring.cache_clear()
    yield KeyRing(house.ring_path())
    pages._ring.cache_clear()


def rung(ring, since):
    return {value & ~FORGET for value in ring.since(since)[1]}


@pytest.mark.django_db
def test_a_new_machine_drops_everything_and_then_follows(ring):
    room = a_newsroom()
    pages.keep_up(head())
    assert ring.followed == head()
    assert ring.since(0)[1] is None
    before = ring.position
    story = a_published_story(room)
    pages.keep_up(head())
    assert digest(f"story:{story.pk}") in rung(ring, before)
    assert ring.followed == head()


@pytest.mark.django_db
def test_what_was_rung_here_is_not_rung_again(ring):
    room = a_newsroom()
    pages.keep_up(head())
    story = a_published_story(room)
    entries = [Entry.types[kind] for _, kind, _ in pages.keys_after(ring.followed, 10)]
    assert entries
    for seq, _, keys in pages.keys_after(ring.followed, 10):
        ring.add((*keys, f"entry:{seq}"))
    before = ring.position
    pages.keep_up(head())
    assert ring.position == before
    assert story.pk


@pytest.mark.django_db
def test_a_slower_process_of_the_machine_changes_nothing(ring):
    a_published_story(a_newsroom())
    pages.keep_up(head())
    before = ring.position
    pages.keep_up(head() - 1)
    pages.keep_up(head())
    assert (ring.position, ring.followed) == (before, head())


@pytest.mark.django_db
def test_a_journal_that_went_back_costs_all_pages(ring):
    a_published_story(a_newsroom())
    ring.follow(head() + 50)
    before = ring.position
    pages.keep_up(head())
    assert ring.since(before)[1] is None
    assert ring.followed == head()
