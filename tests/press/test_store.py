from dateline.press.page import press

from .parts import HTML, page, store


def test_a_stored_page_is_found_until_one_of_its_keys_is_rung(tmp_path):
    pages = store(tmp_path)
    stored = page(keys=("story:12", "front:en"))
    assert pages.put("/a", stored, pages.ring.position) is True
    assert pages.find("/a") is stored
    pages.ring.add(["story:13"])
    assert pages.find("/a") is stored
    pages.ring.add(["front:en"])
    assert pages.find("/a") is None
    assert (pages.bytes, pages.counts.stores, pages.counts.dropped) == (0, 1, 1)


def test_a_page_whose_render_began_before_a_change_is_refused(tmp_path):
    pages = store(tmp_path)
    seen = pages.ring.position
    pages.ring.add(["story:12"])
    assert pages.put("/a", page(), seen) is False
    assert pages.put("/b", page(keys=("story:13",)), seen) is True
    assert list(pages.pages) == ["/b"]
    assert pages.counts.refused == 1


def test_a_page_without_keys_or_too_big_is_refused(tmp_path):
    pages = store(tmp_path, budget=80_000)
    assert pages.put("/a", press(b"x", [HTML], ()), pages.seen) is False
    assert pages.put("/b", page(body=bytes(20_000)), pages.seen) is False


def test_falling_behind_drops_everything_but_the_pinned(tmp_path):
    pages = store(tmp_path)
    pages.pin("/static/a.css", page(keys=()))
    pages.put("/a", page(), pages.seen)
    pages.ring.add(f"other:{n}" for n in range(100))
    assert pages.find("/a") is None
    assert list(pages.pages) == ["/static/a.css"]
    assert pages.bytes == 0


def test_the_visited_stay_when_memory_is_short(tmp_path):
    one = page().size
    pages = store(tmp_path, budget=10 * one)
    for n in range(10):
        pages.put(f"/{n}", page(keys=(f"story:{n}",)), pages.seen)
    pages.pages["/0"].visited = pages.pages["/3"].visited = True
    for n in range(10, 15):
        pages.put(f"/{n}", page(keys=(f"story:{n}",)), pages.seen)
    assert set(pages.pages) == {f"/{n}" for n in (0, 3, 7, 8, 9, 10, 11, 12, 13, 14)}
    assert pages.counts.evicted == 5
    assert pages.bytes == sum(stored.size for stored in pages.pages.values()) <= 10 * one


def test_everything_can_be_evicted_and_removed_in_any_order(tmp_path):
    one = page().size
    pages = store(tmp_path, budget=10 * one)
    for n in range(200):
        pages.put(f"/{n % 23}", page(keys=(f"story:{n % 7}",)), pages.seen)
        if n % 5 == 0:
            pages.ring.add([f"story:{n % 6}"])
        for key in list(pages.pages)[:3]:
            pages.find(key)
            if key in pages.pages:
                pages.pages[key].visited = True
        assert pages.bytes == sum(stored.size for stored in pages.pages.values()) <= 10 * one
    pages.clear()
    assert (pages.bytes, pages.pages, pages._sieve.victim()) == (0, {}, None)
    assert pages._index._pages == {}


def test_a_much_read_page_leaves_a_stale_copy_and_says_so(tmp_path):
    pages = store(tmp_path)
    cooled = []
    pages.on_cooled = cooled.append
    read, unread = page(), page()
    pages.put("/read", read, pages.seen)
    pages.put("/unread", unread, pages.seen)
    read.visited = True
    pages.ring.add(["story:12"])
    pages.catch_up()
    assert cooled == ["/read"]
    assert pages.stale.get("/read").page is read
    assert pages.stale.get("/unread") is None
    pages.put("/read", page(), pages.ring.position)
    assert pages.stale.get("/read") is None
    assert pages.stale.bytes == 0


def test_a_withdrawn_story_leaves_no_copy_at_all(tmp_path):
    pages = store(tmp_path)
    cooled = []
    pages.on_cooled = cooled.append
    for key in ("/a", "/b"):
        pages.put(key, page(keys=("story:12", key)), pages.seen)
        pages.pages[key].visited = True
    pages.ring.add(["/a"])
    pages.catch_up()
    assert pages.stale.get("/a") is not None
    pages.ring.add(["story:12"], forget=True)
    pages.catch_up()
    assert pages.stale.get("/a") is None
    assert pages.stale.get("/b") is None
    assert (cooled, pages.pages) == (["/a"], {})


def test_stale_copies_are_bounded_in_bytes_and_age(tmp_path):
    one = page().size
    pages = store(tmp_path, budget=20 * one)
    for n in range(12):
        pages.put(f"/{n}", page(keys=("all",)), pages.seen)
        pages.pages[f"/{n}"].visited = True
    pages.ring.add(["all"])
    pages.catch_up()
    kept = [n for n in range(12) if pages.stale.get(f"/{n}")]
    assert len(kept) == 5
    pages.stale._max_seconds = -1
    assert [n for n in kept if pages.stale.get(f"/{n}")] == []


def test_a_removed_ring_file_drops_everything(tmp_path):
    pages = store(tmp_path)
    pages.put("/a", page(), pages.seen)
    (tmp_path / "ring").unlink()
    pages.refresh()
    assert pages.pages == {}
