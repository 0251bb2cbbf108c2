"""The supervisor and real processes: the dead come back, TERM drains, short lives wait longer."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, sys, time
from pathlib import Path
from dateline.config import supervisor
from dateline.config.supervisor import Child, Supervisor

folder = Path(sys.argv[1])
supervisor._SHORT_LIFE = float(sys.argv[2])
supervisor.DRAIN_SECONDS = 1.0
supervisor._LOOK_UP = 0.3

def note(name):
    with (folder / name).open("a") as file:
        file.write(f"{os.getpid()} {time.monotonic()}\\n")

def steady():
    note("steady")
    signal.pause()

def careful():
    def finish(*_):
        note("finished")
        os._exit(0)
    signal.signal(signal.SIGTERM, finish)
    note("careful")
    while True:
        signal.pause()

def doomed():
    note("doomed")
    raise RuntimeError("no")

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note("deaf")
    while True:
        time.sleep(1)

names = sys.argv[3].split(",")
sys.exit(Supervisor([Child(name, globals()[name]) for name in names]).run())
"""


class Running:
    def __init__(self, folder, names, short_life=0.2):
        self.folder = folder
        command = [sys.executable, "-c", SCRIPT, str(folder), str(short_life), names]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def lives(self, name):
        path = self.folder / name
        lines = path.read_text().splitlines() if path.exists() else []
        return [(int(line.split()[0]), float(line.split()[1])) for line in lines]

    def wait_for(self, name, count):
        end = time.monotonic() + 20
        while len(self.lives(name)) < count:
            assert time.monotonic() < end, f"{name} did not live {count} times"
            time.sleep(0.01)
        return self.lives(name)


@pytest.fixture
def running(tmp_path):
    started = []

    def start(names, **options):
        started.append(Running(tmp_path, names, **options))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_dead(pid):
    end = time.monotonic() + 20
    while is_alive(pid):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_killed_child_comes_back_and_its_sibling_stays(running):
    house = running("steady,careful")
    [(sibling, _)] = house.wait_for("careful", 1)
    for times in (1, 2, 3):
        pid, _ = house.wait_for("steady", times)[-1]
        os.kill(pid, signal.SIGKILL)
    house.wait_for("steady", 4)
    assert [pid for pid, _ in house.lives("careful")] == [sibling]
    assert is_alive(sibling)


def test_a_child_that_lived_is_back_at_once(running):
    house = running("steady", short_life=0)
    [(pid, _)] = house.wait_for("steady", 1)
    killed_at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    assert house.wait_for("steady", 2)[1][1] - killed_at < 1.0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_term_lets_children_finish_and_ends_with_status_0(running, number):
    house = running("careful,steady")
    house.wait_for("careful", 1)
    [(steady, _)] = house.wait_for("steady", 1)
    os.kill(house.process.pid, number)
    assert house.process.wait(20) == 0
    assert len(house.lives("finished")) == 1
    assert not is_alive(steady)


def test_a_house_that_was_stopped_for_a_while_goes_on(running):
    house = running("careful")
    house.wait_for("careful", 1)
    os.kill(house.process.pid, signal.SIGSTOP)
    time.sleep(0.6)
    os.kill(house.process.pid, signal.SIGCONT)
    with pytest.raises(subprocess.TimeoutExpired):
        house.process.wait(0.5)
    assert house.lives("finished") == []


def test_a_child_that_does_not_end_is_killed_and_told_of(running):
    house = running("deaf")
    [(pid, _)] = house.wait_for("deaf", 1)
    os.kill(house.process.pid, signal.SIGTERM)
    assert house.process.wait(20) == 1
    wait_until_dead(pid)


def test_short_lives_wait_longer_each_time(running):
    house = running("doomed", short_life=5.0)
    starts = [at for _, at in house.wait_for("doomed", 5)]
    pauses = [later - at for at, later in pairwise(starts)]
    least = [0.1, 0.3, 0.7, 1.5]
    assert all(pause >= wanted for pause, wanted in zip(pauses, least, strict=True)), pauses
    assert pauses[0] < 1.0


def test_children_end_when_the_supervisor_is_killed(running):
    house = running("steady,careful")
    pids = [house.wait_for(name, 1)[0][0] for name in ("steady", "careful")]
    house.process.kill()
    house.process.wait()
    for pid in pids:
        wait_until_dead(pid)
    assert len(house.lives("finished")) == 1
