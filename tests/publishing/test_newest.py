"""The journal's end is read once for all lanes, and nobody misses anything by that."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dateline.journal.queries import head
from dateline.journal.record import record
from dateline.publishing import newest as newests
from dateline.publishing.newest import Newest
from dateline.topics.entries import TopicChanged

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@transaction.atomic
def grow(count):
    return [record(TopicChanged(edition="en", topic=number)) for number in range(count)]


def numbers(lines):
    return [line.seq for line in lines]


def test_lanes_at_one_place_ask_the_database_once():
    newest, begin = Newest(), head()
    written = grow(3)
    with CaptureQueriesContext(connection) as asked:
        assert [numbers(newest.after(begin, 500)) for _lane in range(8)] == [written] * 8
        assert numbers(newest.after(written[0], 1)) == written[1:2]
    assert len(asked) == 1


def test_what_comes_later_is_read_once_it_is_heard_of():
    newest, begin = Newest(), head()
    first = grow(1)
    assert numbers(newest.after(begin, 500)) == first
    second = grow(2)
    assert numbers(newest.after(first[0], 500)) == []
    newest.look_again()
    assert numbers(newest.after(first[0], 500)) == second
    assert numbers(newest.after(begin, 500)) == first + second


def test_who_is_far_behind_asks_the_database(monkeypatch):
    monkeypatch.setattr(newests, "KEPT", 3)
    newest, begin = Newest(), head()
    written = grow(11)
    assert numbers(newest.after(begin, 500))[-3:] == written[-3:]
    assert numbers(newest.after(written[-2], 500)) == written[-1:]
    assert numbers(newest.after(begin, 5)) == written[:5]
    assert numbers(newest.after(begin, 500)) == written


def test_a_read_that_failed_is_tried_again(monkeypatch):
    newest, begin = Newest(), head()
    written = grow(2)

    def away(*_given):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(newests, "lines_after", away)
        with pytest.raises(ConnectionError):
            newest.after(begin, 500)
    assert numbers(newest.after(begin, 500)) == written
