"""The doorbell wakes other processes, whatever the length of the path and whoever has died."""

import os
import time

import pytest

from dateline.journal.doorbell import Bell, Doorbell


@pytest.fixture(params=["short", "long"])
def folder(request, tmp_path):
    long_name = "a-newsroom-far-down-in-the-house-" * 4
    return tmp_path / "bells" if request.param == "short" else tmp_path / long_name / "bells"


@pytest.fixture
def doorbell(folder):
    made = Doorbell(folder)
    yield made
    made.close()


def in_child(work):
    """Run work in a forked process and return its pid."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = work()
        finally:
            os._exit(status)
    return pid


def status_of(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def wait_for_bells(folder, count):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if folder.exists() and len(list(folder.iterdir())) == count:
            return
        time.sleep(0.005)
    raise AssertionError("no listener came")


def listen(folder):
    bell = Bell(folder, "child")
    rung = bell.wait(10)
    bell.close()
    return 0 if rung else 2


def test_a_ring_wakes_another_process(folder, doorbell):
    pids = [in_child(lambda: listen(folder)) for _ in range(2)]
    wait_for_bells(folder, 2)
    doorbell.ring()
    assert [status_of(pid) for pid in pids] == [0, 0]
    assert list(folder.iterdir()) == []


def test_another_process_rings_by_a_doorbell_made_before_the_fork(folder, doorbell):
    bell = Bell(folder, "here")
    doorbell.ring()
    assert bell.wait(5)

    def ring():
        doorbell.ring()
        return 0

    assert status_of(in_child(ring)) == 0
    assert bell.wait(5)
    assert not bell.wait(0)
    bell.close()


def test_many_rings_are_one_and_never_block(folder, doorbell):
    bell = Bell(folder, "busy")
    for _ in range(2000):
        doorbell.ring()
    assert bell.wait(5)
    assert (bell.hush(), bell.wait(0)) == (False, False)
    bell.close()


def test_the_next_ring_removes_a_dead_listeners_socket(folder, doorbell):
    def die():
        Bell(folder, "dead")
        return 0

    assert status_of(in_child(die)) == 0
    assert len(list(folder.iterdir())) == 1
    bell = Bell(folder, "alive")
    doorbell.ring()
    assert [path.name for path in folder.iterdir()] == [bell.path.name]
    assert bell.wait(5)
    bell.close()


def test_ringing_where_nobody_ever_listened_does_nothing(folder, doorbell):
    doorbell.ring()
    assert not folder.exists()
