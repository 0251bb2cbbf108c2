"""Writes of several threads share a transaction, and each is done or undone for itself."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import translation

from dateline.common.together import together
from dateline.journal.queries import head, lines_after
from dateline.journal.record import record
from dateline.topics.entries import TopicChanged

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def note(number):
    return record(TopicChanged(edition="en", topic=number))


def noted(begin):
    return [line.entry.topic for line in lines_after(begin, 100)]


class Crowd:
    """Threads that call `together`: the first keeps its turn until all others wait for theirs."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(8)
        self._begun, self._may_end = Event(), Event()

    def hold(self):
        def work():
            self._begun.set()
            assert self._may_end.wait(10)
            return note(0)

        held = self.send(work)
        assert self._begun.wait(10)
        return held

    def send(self, work):
        return self._pool.submit(self._as_a_thread, work)

    @staticmethod
    def _as_a_thread(work):
        try:
            return together(work)
        finally:
            connection.close()

    def release(self):
        self._may_end.set()

    def end(self):
        self._may_end.set()
        self._pool.shutdown()


@contextmanager
def crowd():
    gathered = Crowd()
    try:
        yield gathered
    finally:
        gathered.end()


def in_order(people, works):
    """Send works so that they wait in this order behind one that holds the turn."""
    from dateline.common.together import _queue

    held, sent = people.hold(), []
    for count, work in enumerate(works, 1):
        sent.append(people.send(work))
        while len(_queue()._waiting) < count:
            assert not sent[-1].done()
    people.release()
    return held, sent


def test_who_waits_is_written_by_the_next_in_one_commit():
    begin, commits = head(), []

    def work(number):
        transaction.on_commit(lambda: commits.append((number, noted(begin))))
        return note(number)

    with crowd() as people:
        held, sent = in_order(people, [lambda n=n: work(n) for n in (1, 2, 3)])
        numbers = [one.result(10) for one in (held, *sent)]
    assert noted(begin) == [0, 1, 2, 3]
    assert numbers == sorted(numbers)
    assert commits == [(1, [0, 1, 2, 3]), (2, [0, 1, 2, 3]), (3, [0, 1, 2, 3])]


def test_what_fails_is_undone_alone_and_said_to_whom_it_belongs():
    begin = head()

    def fails():
        note(7)
        raise ValueError("not this one")

    with crowd() as people:
        _held, (first, wrong, last) = in_order(people, [lambda: note(1), fails, lambda: note(2)])
        assert first.result(10) < last.result(10)
        with pytest.raises(ValueError, match="not this one"):
            wrong.result(10)
    assert noted(begin) == [0, 1, 2]


def test_a_commit_that_fails_fails_for_all():
    begin = head()

    def spoils():
        note(1)
        transaction.on_commit(lambda: None)
        connection.needs_rollback = True

    with crowd() as people:
        _held, (spoilt,) = in_order(people, [spoils])
        spoilt.result(10)
    assert noted(begin) == [0]


def test_work_runs_in_its_callers_language():
    with crowd() as people:

        def speaking(code):
            with translation.override(code):
                return people._as_a_thread(translation.get_language)

        held = people.hold()
        asked = [people._pool.submit(speaking, code) for code in ("ru", "ar", "en")]
        people.release()
        assert [one.result(10) for one in asked] == ["ru", "ar", "en"]
        held.result(10)


def test_alone_it_is_a_transaction_and_within_one_a_part_of_it():
    begin = head()
    assert together(lambda: connection.in_atomic_block)
    with transaction.atomic():
        together(lambda: note(4))
        transaction.set_rollback(True)
    with pytest.raises(LookupError):
        together(lambda: (note(5), {}["nothing"]))
    assert noted(begin) == []
