"""Building the index anew: all of it, in pieces, going on where it was broken off."""

import pytest
from django.db import connection

from dateline.search.actions import rebuild, rebuild_index
from dateline.search.models import Document, KnownWord, NameWord, Rebuild
from tests.factories import a_newsroom, a_published_story, a_story
from tests.search.house import an_edition, ask, follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 3)
    room = a_newsroom()
    _, section = an_edition("ru")
    for number in range(8):
        a_published_story(
            room, f"Talks {number}", section=section if number % 3 == 0 else room.world
        )
    a_story(room, "A draft of talks")
    return room


def state(room):
    words = KnownWord.objects.order_by("word", "edition").values_list("word", "stories")
    names = NameWord.objects.order_by("kind", "number", "word").values_list("kind", "word")
    stories = set(Document.objects.values_list("story", flat=True))
    return stories, set(ask(room.edition, "talks").numbers), list(words), set(names)


def test_a_rebuilt_index_is_as_one_that_was_kept(room):
    follow()
    kept = state(room)
    for _ in range(2):
        *_, last = rebuild_index()
        assert (last.done, last.total) == (8, 8)
        assert state(room) == kept
    assert len(kept[0]) == 8
    assert Rebuild.objects.count() == 0


def test_it_goes_on_where_it_was_broken_off(room):
    started = rebuild_index()
    steps = [next(started).done for _ in range(3)]
    started.close()
    assert steps == [0, 3, 5]
    follow()
    rest = [progress.done for progress in rebuild_index()]
    assert rest[0] == 5
    assert rest[-1] == 8
    assert len(state(room)[0]) == 8
    assert next(rebuild_index(afresh=True)).done == 0


def joined_by():
    with connection.cursor() as cursor:
        cursor.execute("SELECT k, v FROM search_words_config")
        return {name: value for name, value in cursor.fetchall() if "merge" in name}


@pytest.mark.parametrize("broken_off", [False, True])
def test_pieces_are_left_alone_only_while_it_fills(room, broken_off):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite joins pieces as rows come")
    started = rebuild_index()
    assert [next(started).done, next(started).done] == [0, 3]
    assert joined_by()["automerge"] == 0
    if broken_off:
        started.close()
    else:
        list(started)
    assert joined_by() == {"automerge": 4, "crisismerge": 16}


def test_what_is_published_meanwhile_is_there_once(room):
    started = rebuild_index()
    next(started)
    next(started)
    new = a_published_story(room, "Talks at the last minute")
    follow()
    list(started)
    assert new.pk in state(room)[0]
    assert Document.objects.count() == 9
