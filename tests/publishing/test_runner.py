"""The runner: what was committed is followed, and a stop ends every thread."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import transaction

from dateline.common import clock
from dateline.journal.queries import cursor_of, head
from dateline.publishing import wiring
from dateline.publishing.effects import EFFECTS
from dateline.publishing.runner import Runner
from dateline.stories.actions import publish_story, set_embargo
from dateline.stories.queries import visible
from tests.factories import a_newsroom, a_published_story, a_story
from tests.publishing import test_jobs

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]


@pytest.fixture
def runner():
    made = Runner(most_tries=2)
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(20)
    assert not thread.is_alive()
    wiring._bells[0].close()


def wait_until(is_so, seconds=10.0):
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
    runner = Runner(most_tries=2)
    thread = threading.Thread(target=runner.run)
    thread.start()
    runner.stop()
    thread.join(20)
    assert (thread.is_alive(), time.monotonic() - began < 5) == (False, True)
    with transaction.atomic():
        a_newsroom()
    assert not all_done()
    again = Runner(most_tries=2)
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
