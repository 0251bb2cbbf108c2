"""The runner: what was committed is followed by one of them, and a stop ends every thread."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from dateline.common import clock
from dateline.journal.queries import cursor_of, head
from dateline.publishing import wiring
from dateline.publishing.effects import EFFECTS
from dateline.publishing.lead import DatabaseLead, LoneLead
from dateline.publishing.runner import Runner
from dateline.stories.actions import publish_story, set_embargo
from dateline.stories.queries import visible
from tests.factories import a_newsroom, a_published_story, a_story
from tests.publishing import test_jobs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]


class SharedLead:
    """A lead that two runners share as they would a database's lock."""

    holder = None

    def __init__(self, name):
        self.name = name

    def holds(self):
        if SharedLead.holder in (None, self.name):
            SharedLead.holder = self.name
        return SharedLead.holder == self.name

    def give_up(self):
        if SharedLead.holder == self.name:
            SharedLead.holder = None


@contextmanager
def working(lead):
    made = Runner(most_tries=2, lead=lead)
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(20)
    assert not thread.is_alive()
    wiring._bells[0].close()


@pytest.fixture
def runner():
    with working(LoneLead()) as made:
        yield made


def wait_until(is_so, seconds=60.0):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def all_done():
    return all(cursor_of(effect.name) == head() for effect in EFFECTS)


def test_the_runner_follows_the_journal_the_clock_and_the_jobs(runner):
    test_jobs.DONE.clear()
    with transaction.atomic():
        room = a_newsroom()
        a_published_story(room)
        story = a_story(room, "Later")
        set_embargo(by=None, story=story, until=clock.now() + timedelta(seconds=1))
        publish_story(by=None, story=story)
        test_jobs.note.enqueue("a")
    wait_until(all_done)
    wait_until(lambda: test_jobs.DONE == ["a"])
    wait_until(lambda: visible(clock.now()).filter(slug="later").exists())
    wait_until(all_done)


def test_a_stop_is_quick_and_what_came_meanwhile_waits_for_the_next_start():
    began = time.monotonic()
    runner = Runner(most_tries=2, lead=LoneLead())
    thread = threading.Thread(target=runner.run)
    thread.start()
    runner.stop()
    thread.join(20)
    assert (thread.is_alive(), time.monotonic() - began < 5) == (False, True)
    with transaction.atomic():
        a_newsroom()
    assert not all_done()
    again = Runner(most_tries=2, lead=LoneLead())
    thread = threading.Thread(target=again.run)
    thread.start()
    wait_until(all_done)
    again.stop()
    thread.join(20)
    wiring._bells[0].close()


def test_a_lane_that_breaks_is_started_again(runner):
    broken = []

    def fail_once():
        broken.append(True)
        if len(broken) == 1:
            raise RuntimeError("once")
        return 0

    thread = runner._start("broken", fail_once)
    wait_until(lambda: len(broken) > 1)
    assert thread.is_alive()


def test_of_two_runners_one_works_and_the_other_takes_over():
    with working(SharedLead("second")) as second:
        wait_until(second._leads.is_set)
        with working(SharedLead("first")) as first:
            with transaction.atomic():
                a_newsroom()
            wait_until(all_done)
            assert not first._leads.is_set()
            SharedLead.holder = "first"
            wait_until(lambda: first._leads.is_set() and not second._leads.is_set())
            with transaction.atomic():
                test_jobs.DONE.clear()
                test_jobs.note.enqueue("b")
            wait_until(lambda: test_jobs.DONE == ["b"])
        wait_until(second._leads.is_set)


def test_the_lock_of_a_database_is_held_by_one_and_ends_with_its_connection():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's newsroom has one machine")
    address = settings.DATELINE.database.get_secret_value()
    one, other = DatabaseLead(address), DatabaseLead(address)
    assert [one.holds(), other.holds(), one.holds()] == [True, False, True]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s)", [one._line.info.backend_pid])
    assert not one.holds()
    assert other.holds()
    assert not one.holds()
    other.give_up()
    # The server notices a little later that a connection was closed.
    assert any(one.holds() or time.sleep(0.1) for _ in range(600))
    one.give_up()
