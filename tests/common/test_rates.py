"""Counted tries: shared by processes, of a size that no attacker can make grow."""

import multiprocessing
from datetime import UTC, datetime, timedelta

import pytest

from dateline.common.rates import Rate, RateFile

RATE = Rate(3, timedelta(minutes=3))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NONE = timedelta(0)


@pytest.fixture
def table(tmp_path):
    made = RateFile(tmp_path / "tries", secret="of this house")
    yield made
    made.close()


def takes(table, name, count, now=NOON):
    return [table.take(name, RATE, now) for _ in range(count)]


def test_so_many_at_once_and_then_one_for_each_part_of_the_window(table):
    assert takes(table, "editor", 4) == [NONE, NONE, NONE, timedelta(minutes=1)]
    later = NOON + timedelta(seconds=61)
    assert takes(table, "editor", 2, later) == [NONE, timedelta(seconds=59)]
    after_all = later + timedelta(minutes=3)
    assert takes(table, "editor", 3, after_all) == [NONE] * 3


def test_names_have_counts_of_their_own(table):
    takes(table, "editor", 4)
    assert takes(table, "reporter", 1) == [NONE]


def test_one_given_back_is_free_and_a_forgotten_name_has_all(table):
    takes(table, "editor", 3)
    table.give_back("editor", RATE, NOON)
    assert takes(table, "editor", 2) == [NONE, timedelta(minutes=1)]
    table.forget("editor")
    assert takes(table, "editor", 3) == [NONE] * 3


def test_giving_back_makes_no_more_than_there_were(table):
    table.give_back("editor", RATE, NOON)
    assert takes(table, "editor", 4)[3] == timedelta(minutes=1)


def test_a_clock_set_back_locks_nobody_out_for_longer_than_the_window(table):
    takes(table, "editor", 3)
    assert table.take("editor", RATE, NOON - timedelta(days=300)) <= RATE.window


def test_counts_are_in_the_file_and_shared(table, tmp_path):
    takes(table, "editor", 3)
    other = RateFile(tmp_path / "tries", secret="of this house")
    assert takes(other, "editor", 1) == [timedelta(minutes=1)]
    other.close()


def _spend(path, results):
    table = RateFile(path, secret="of this house")
    results.put(sum(not wait for wait in takes(table, "editor", 50)))
    table.close()


def test_many_processes_at_once_get_no_more_than_one(tmp_path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=_spend, args=(tmp_path / "t", results)) for _ in range(3)]
    for worker in workers:
        worker.start()
    passed = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join(30)
    assert sum(passed) == 3


def test_a_flood_of_names_neither_grows_the_file_nor_locks_out_another(tmp_path):
    table = RateFile(tmp_path / "tries", secret="of this house", sets=4)
    size = None
    for number in range(500):
        takes(table, f"name {number}", 1)
        size = size or (tmp_path / "tries").stat().st_size
    assert (tmp_path / "tries").stat().st_size == size
    assert takes(table, "somebody else", 1) == [NONE]
    table.close()


def test_names_are_not_in_the_file(table, tmp_path):
    takes(table, "editor", 1)
    assert b"editor" not in (tmp_path / "tries").read_bytes()
