import os
import signal
import subprocess
import sys
import time

import pytest

from dateline.press.ring import FORGET, KeyRing, RingBusyError, digest
from dateline.press.touch import reading, touch


def test_what_was_added_since_a_position_is_told_once(tmp_path):
    ring = KeyRing(tmp_path / "ring", slots=8)
    start = ring.position
    ring.add(["story:1", "front:en"])
    middle = ring.position
    ring.add(["story:2"])
    assert ring.since(start) == (
        start + 3,
        frozenset({digest("story:1"), digest("front:en"), digest("story:2")}),
    )
    assert ring.since(middle) == (start + 3, frozenset({digest("story:2")}))
    assert ring.since(start + 3) == (start + 3, frozenset())


def test_who_fell_behind_the_ring_is_told_to_drop_everything(tmp_path):
    ring = KeyRing(tmp_path / "ring", slots=8)
    start = ring.position
    ring.add(f"story:{n}" for n in range(7))
    now, rung = ring.since(start)
    assert rung == frozenset(digest(f"story:{n}") for n in range(7))
    ring.add(["story:7"])
    assert ring.since(start) == (now + 1, None)
    assert ring.since(now + 99) == (now + 1, None)


def test_forgetting_is_told_beside_the_plain_digest(tmp_path):
    ring = KeyRing(tmp_path / "ring", slots=8)
    start = ring.position
    ring.add(["story:1"], forget=True)
    assert ring.since(start)[1] == {digest("story:1"), digest("story:1") | FORGET}


def test_every_ring_on_one_file_sees_the_same(tmp_path):
    first = KeyRing(tmp_path / "ring", slots=8)
    second = KeyRing(tmp_path / "ring", slots=4096)
    start = second.position
    first.add(["story:1"])
    assert second.slots == 8
    assert second.since(start)[1] == {digest("story:1")}


@pytest.mark.parametrize("damage", [b"", b"x" * 7, b"\xff" * 4000, b"\0" * 40000])
def test_a_spoilt_file_is_mended_and_everybody_drops_all(tmp_path, damage):
    path = tmp_path / "ring"
    old = KeyRing(path, slots=64)
    old.add(["story:1"])
    seen = old.position
    with path.open("r+b") as file:
        file.write(damage or b"\0" * 32)
    new = KeyRing(path, slots=64)
    assert old.since(seen)[1] is None
    before = new.position
    new.add(["story:2"])
    assert old.since(before)[1] == {digest("story:2")}


def test_a_removed_file_is_made_again_and_everybody_drops_all(tmp_path):
    path = tmp_path / "ring"
    old, other = KeyRing(path, slots=64), KeyRing(path, slots=64)
    seen = old.position
    path.unlink()
    other.add(["story:1"])
    assert old.refresh() is True
    assert old.since(seen)[1] is None
    assert old.refresh() is False
    assert other.refresh() is False


def test_the_file_has_all_its_blocks(tmp_path):
    KeyRing(tmp_path / "ring", slots=4096)
    found = (tmp_path / "ring").stat()
    assert found.st_blocks * 512 >= found.st_size == 8 * (4 + 4096)
    assert found.st_mode & 0o777 == 0o600


_ADDER = """
import sys
from pathlib import Path
from dateline.press.ring import KeyRing
ring = KeyRing(Path(sys.argv[1]), slots=64)
n = 0
while True:
    ring.add([f"story:{n}"])
    n += 1
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


def test_no_acknowledged_key_is_lost_when_adders_are_killed(tmp_path):
    path = tmp_path / "ring"
    ring = KeyRing(path, slots=1 << 16)
    for _ in range(12):
        start = ring.position
        adders = [_start_adder(path) for _ in range(2)]
        time.sleep(0.12)
        acknowledged = [_kill(adder) for adder in adders]
        now, rung = ring.since(start)
        assert rung == frozenset(digest(f"story:{n}") for n in range(_most(rung)))
        assert _most(rung) >= max(acknowledged)
        assert now - start >= sum(acknowledged)
        ring.add(["still works"])


def _start_adder(path):
    return subprocess.Popen([sys.executable, "-c", _ADDER, str(path)], stdout=subprocess.PIPE)


def _kill(adder):
    first = adder.stdout.readline()
    os.kill(adder.pid, signal.SIGKILL)
    rest = adder.communicate()[0]
    complete = (first + rest).split(b"\n")[:-1]
    return int(complete[-1])


def _most(rung):
    """Return how many of story:0, story:1, … are in the set without a gap."""
    n = 0
    while digest(f"story:{n}") in rung:
        n += 1
    return n


def test_a_killed_holder_gives_the_ring_free(tmp_path):
    path = tmp_path / "ring"
    ring = KeyRing(path, slots=64)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time, fcntl\n"
            "file = open(sys.argv[1], 'r+b')\n"
            "fcntl.lockf(file, fcntl.LOCK_EX)\n"
            "print('held', flush=True)\n"
            "time.sleep(60)",
            str(path),
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    assert ring.since(ring.position)[1] is None
    holder.kill()
    holder.communicate()
    assert ring.since(ring.position)[1] == frozenset()
    ring.add(["story:1"])


def test_a_held_ring_refuses_to_add_after_its_patience(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.press.ring._WRITE_PATIENCE", 0.05)
    path = tmp_path / "ring"
    ring = KeyRing(path, slots=64)
    held = os.fork()
    if held == 0:
        with ring._locked(patience=1, exclusive=True):
            time.sleep(30)
        os._exit(0)
    time.sleep(0.05)
    with pytest.raises(RingBusyError):
        ring.add(["story:1"])
    os.kill(held, signal.SIGKILL)
    os.waitpid(held, 0)
    ring.add(["story:1"])


def test_a_ring_needs_two_slots(tmp_path):
    with pytest.raises(ValueError, match="at least 2"):
        KeyRing(tmp_path / "ring", slots=1)


def test_touching_fills_the_innermost_collector_and_hands_on():
    touch("nobody listens")
    with reading() as outer:
        touch("front:en")
        with reading() as inner:
            touch("story:1", "story:2")
        touch("section:world")
    assert inner == {"story:1", "story:2"}
    assert outer == {"front:en", "story:1", "story:2", "section:world"}


def test_threads_that_inherit_the_context_fill_the_same_collector():
    import asyncio

    async def render():
        with reading() as keys:
            await asyncio.to_thread(touch, "story:9")
        return keys

    assert asyncio.run(render()) == {"story:9"}
