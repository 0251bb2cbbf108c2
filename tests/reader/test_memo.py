"""A value kept in the process is as fresh as a page, also when the ring's file was replaced."""

import pytest

from dateline.press.ring import KeyRing
from dateline.press.touch import reading, touch
from dateline.reader import memo as memos
from dateline.reader.memo import Memo


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "ring"
    ring = KeyRing(path, slots=8)
    monkeypatch.setattr(memos, "_ring", lambda: ring)
    yield path
    ring.close()


class Shelf:
    """Something a value is read from."""

    def __init__(self):
        self.text, self.reads = "old", 0

    def read(self):
        touch("edition:en")
        self.reads += 1
        return self.text


def other_process(path):
    return KeyRing(path, slots=8)


def test_a_value_is_made_again_only_when_one_of_its_keys_was_rung(path):
    memo, shelf, other = Memo(), Shelf(), other_process(path)
    memo.get("name", shelf.read)
    other.add(["story:1"])
    assert (memo.get("name", shelf.read), shelf.reads) == ("old", 1)
    shelf.text = "new"
    other.add(["edition:en"])
    assert (memo.get("name", shelf.read), shelf.reads) == ("new", 2)
    other.close()


def test_whoever_uses_a_kept_value_touches_its_keys(path):
    memo, shelf = Memo(), Shelf()
    for _ in range(2):
        with reading() as keys:
            memo.get("name", shelf.read)
        assert keys == {"edition:en"}
    assert shelf.reads == 1


@pytest.mark.parametrize("rings_before_we_look", [True, False])
def test_a_replaced_file_is_seen_before_a_value_is_used(path, rings_before_we_look):
    memo, shelf = Memo(), Shelf()
    memo.get("name", shelf.read)
    path.unlink()
    other = other_process(path)
    shelf.text = "new"
    if not rings_before_we_look:
        assert memo.get("name", shelf.read) == "new"
        shelf.text = "newer"
    other.add(["edition:en"])
    assert memo.get("name", shelf.read) == shelf.text
    other.close()


def test_without_a_ring_nothing_is_kept(path, monkeypatch):
    memo, shelf = Memo(), Shelf()
    memo.get("name", shelf.read)
    monkeypatch.setattr(KeyRing, "refresh", lambda _: (_ for _ in ()).throw(OSError("no folder")))
    shelf.text = "new"
    assert memo.get("name", shelf.read) == "new"
