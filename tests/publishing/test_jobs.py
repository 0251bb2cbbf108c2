"""Jobs: claimed once, taken again after a kill, retried, and failed for good."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from dateline.common import clock
from dateline.publishing import jobs
from dateline.publishing.runner import Runner

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]
DONE = []
FAILING = []


@task
def note(word):
    if FAILING:
        raise RuntimeError(word)
    DONE.append(word)


@pytest.fixture(autouse=True)
def nothing_done():
    DONE.clear()
    FAILING.clear()


def statuses():
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_jobs_are_run_in_the_order_they_came_and_once():
    for word in "abc":
        note.enqueue(word)
    assert [jobs.run_next() for _ in range(4)] == [True, True, True, False]
    assert DONE == ["a", "b", "c"]
    assert statuses() == ["SUCCESSFUL"] * 3


def test_a_job_of_an_undone_change_is_not_there():
    with transaction.atomic():
        note.enqueue("a")
        transaction.set_rollback(True)
    assert not jobs.run_next()


def test_a_job_for_later_waits():
    note.using(run_after=clock.now() + timedelta(hours=1)).enqueue("a")
    assert (jobs.run_next(), DONE) == (False, [])


def test_a_failed_job_is_retried_later_and_then_fails_for_good(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    FAILING.append(True)
    note.enqueue("a")
    for tries in range(1, jobs.MOST_TRIES + 1):
        assert jobs.run_next()
        assert not jobs.run_next(), "it waits before the next try"
        assert len(DBTaskResult.objects.get().worker_ids) == tries
        time_machine.shift(timedelta(seconds=5**tries + 1))
    assert (statuses(), DONE) == (["FAILED"], [])
    assert not jobs.run_next()


def test_a_retried_job_that_works_is_done(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    FAILING.append(True)
    note.enqueue("a")
    jobs.run_next()
    FAILING.clear()
    time_machine.shift(timedelta(seconds=6))
    assert jobs.run_next()
    assert (statuses(), DONE) == (["SUCCESSFUL"], ["a"])


def test_one_that_fails_does_not_stop_the_others():
    FAILING.append(True)
    note.enqueue("a")
    jobs.run_next()
    FAILING.clear()
    note.enqueue("b")
    assert jobs.run_next()
    assert DONE == ["b"]


def test_a_job_whose_runner_was_killed_is_taken_again():
    note.enqueue("a")
    assert jobs._claim() is not None
    assert not jobs.run_next()
    assert jobs.reclaim() == 1
    assert jobs.run_next()
    assert (statuses(), DONE) == (["SUCCESSFUL"], ["a"])


def test_a_job_that_kills_each_runner_fails_for_good():
    note.enqueue("a")
    for _ in range(jobs.MOST_TRIES):
        assert jobs._claim() is not None
        jobs.reclaim()
    assert jobs._claim() is None
    assert statuses() == ["FAILED"]
    assert "KilledTooOften" in DBTaskResult.objects.get().exception_class_path


def test_a_job_is_claimed_once_by_many():
    for word in "abcdefgh":
        note.enqueue(word)

    def work():
        try:
            while jobs.run_next():
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(DONE) == list("abcdefgh")
    assert statuses() == ["SUCCESSFUL"] * 8


def test_finished_jobs_are_forgotten_after_a_while(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    note.enqueue("a")
    jobs.run_next()
    note.enqueue("b")
    assert jobs.forget_old() == 0
    time_machine.shift(jobs.KEPT_FOR + timedelta(seconds=1))
    assert (jobs.forget_old(), statuses()) == (1, ["READY"])


def test_the_runner_forgets_once_an_hour_whatever_the_clock_does(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    note.enqueue("a")
    runner = Runner(most_tries=1)
    runner._work_off_jobs()
    hour = timedelta(hours=1)
    left = []
    for step in (jobs.KEPT_FOR, -jobs.KEPT_FOR, jobs.KEPT_FOR + timedelta(seconds=1), hour):
        time_machine.shift(step)
        runner._work_off_jobs()
        left.append(len(statuses()))
    assert left == [1, 1, 0, 0]
    assert runner._tidied_at == clock.now()
