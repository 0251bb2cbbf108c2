import asyncio
import shutil
from contextlib import asynccontextmanager

from dateline.press.flight import Limits
from dateline.press.front import PressFront

from .parts import POLICY, Newsroom, corpus, store


class Reply:
    def __init__(self, messages):
        start = messages[0]
        self.status = start["status"]
        self.headers = dict(start["headers"])
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


async def ask(front, target="/a", *, method="GET", headers=(), host=b"news.example"):
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "http_version": "1.1",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [*([(b"host", host)] if host is not None else []), *headers],
        "client": ("192.0.2.1", 1),
        "scheme": "http",
        "state": {},
    }
    messages = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        messages.append(message)

    await front(scope, receive, send)
    return Reply(messages)


@asynccontextmanager
async def pressing(tmp_path, **options):
    room = Newsroom()
    front = PressFront(room, store(tmp_path), POLICY, **options)
    try:
        yield front, room
    finally:
        await front.stop()


def run(case):
    """Run an async test body in a loop of its own."""

    def test(tmp_path):
        asyncio.run(case(tmp_path))

    test.__name__ = case.__name__
    return test


@run
async def test_the_second_reader_gets_the_pressed_page(tmp_path):
    async with pressing(tmp_path) as (front, room):
        first, second = await ask(front), await ask(front, headers=[(b"cookie", b"sessionid=1")])
        assert (first.status, first.body) == (200, b"about /a" + b"." * 400)
        assert (first.headers, first.body) == (second.headers, second.body)
        assert (room.renders, front.store.counts.hits, front.store.counts.misses) == (1, 1, 1)


@run
async def test_a_changed_page_is_pressed_anew(tmp_path):
    async with pressing(tmp_path) as (front, room):
        await ask(front)
        room.texts["/a"] = b"corrected"
        assert (await ask(front)).body.startswith(b"about")
        front.store.ring.add(["path:/a"])
        assert (await ask(front)).body.startswith(b"corrected")


@run
async def test_one_render_however_many_ask(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate = asyncio.Event()
        asking = [asyncio.create_task(ask(front)) for _ in range(50)]
        await asyncio.sleep(0.02)
        room.gate.set()
        replies = await asyncio.gather(*asking)
        assert room.renders == 1
        assert {reply.body for reply in replies} == {b"about /a" + b"." * 400}


@run
async def test_the_first_reader_leaving_does_not_stop_the_render(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate = asyncio.Event()
        first, second = (asyncio.create_task(ask(front)) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        room.gate.set()
        assert (await second).status == 200
        assert room.renders == 1


@run
async def test_a_reader_who_asks_after_a_change_never_gets_the_page_from_before(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate = asyncio.Event()
        early = asyncio.create_task(ask(front))
        await asyncio.sleep(0.01)
        slow_text = room.texts.get("/a", b"about /a")
        room.texts["/a"] = b"published"
        front.store.ring.add(["path:/a"])
        late = [asyncio.create_task(ask(front)) for _ in range(5)]
        await asyncio.sleep(0.01)
        room.gate.set()
        assert (await early).body.startswith(slow_text)
        assert {(await reply).body[:9] for reply in late} == {b"published"}
        assert room.renders == 2
        assert front.store.pages["/a"].body.startswith(b"published")


@run
async def test_a_change_of_something_else_does_not_cost_a_second_render(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate = asyncio.Event()
        early = asyncio.create_task(ask(front))
        await asyncio.sleep(0.01)
        front.store.ring.add(["path:/other"])
        late = asyncio.create_task(ask(front))
        await asyncio.sleep(0.01)
        room.gate.set()
        assert (await early).body == (await late).body
        assert room.renders == 1


@run
async def test_a_late_reader_of_a_page_without_keys_gets_a_new_render(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate, room.keys, room.status["/a"] = asyncio.Event(), False, 404
        early = asyncio.create_task(ask(front))
        await asyncio.sleep(0.01)
        room.status["/a"] = 200
        front.store.ring.add(["path:/a"])
        late = asyncio.create_task(ask(front))
        await asyncio.sleep(0.01)
        room.gate.set()
        assert ((await early).status, (await late).status, room.renders) == (200, 200, 2)


@run
async def test_what_may_not_be_stored(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.status["/404"] = 404
        room.headers["/private"] = [(b"cache-control", b"private, max-age=0")]
        room.headers["/nostore"] = [(b"cache-control", b"public, no-store")]
        room.headers["/coded"] = [(b"content-encoding", b"gzip")]
        for target in ("/404", "/private", "/nostore", "/coded"):
            await ask(front, target)
            await ask(front, target)
        assert room.renders == 8
        assert front.store.pages == {}
        reply = await ask(front, "/404")
        assert (reply.status, reply.headers[b"cache-control"]) == (404, b"no-store")


@run
async def test_where_nothing_is_the_application_hears_the_rest_of_the_query(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.status["/gone"] = 404
        for target in ("/gone?id=7", "/a?id=7", "/gone"):
            await ask(front, target)
        queries = [(scope["path"], scope["query_string"]) for scope in room.asked]
        assert queries == [("/gone", b""), ("/gone", b"id=7"), ("/a", b""), ("/gone", b"")]
        assert list(front.store.pages) == ["/a"]


@run
async def test_an_unstorable_answer_is_shared_by_those_who_waited_for_it(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.gate, room.status["/a"] = asyncio.Event(), 404
        asking = [asyncio.create_task(ask(front)) for _ in range(5)]
        await asyncio.sleep(0.01)
        room.gate.set()
        assert {(await reply).status for reply in asking} == {404}
        assert room.renders == 1


@run
async def test_an_address_that_sets_cookies_is_asked_for_by_each_reader(tmp_path):
    async with pressing(tmp_path) as (front, room):
        room.headers["/a"] = [(b"set-cookie", b"sessionid=1")]
        for name in (b"anna", b"bert"):
            reply = await ask(front, headers=[(b"cookie", name)])
            assert reply.headers[b"set-cookie"] == b"sessionid=1"
        cookies = [dict(scope["headers"]).get(b"cookie") for scope in room.asked]
        assert cookies == [None, b"anna", b"bert"]
        assert front.store.pages == {}


@run
async def test_a_response_longer_than_a_page_goes_past_the_press(tmp_path):
    async with pressing(tmp_path, limits=Limits(max_page_bytes=100)) as (front, _room):
        assert (await ask(front)).body == b"about /a" + b"." * 400
        assert front.store.pages == {}


@run
async def test_head_is_answered_from_the_page(tmp_path):
    async with pressing(tmp_path) as (front, room):
        head = await ask(front, method="HEAD")
        full = await ask(front)
        assert (head.headers, head.body, room.renders) == (full.headers, b"", 1)
        assert room.asked[0]["method"] == "GET"


@run
async def test_other_methods_and_private_paths_go_to_the_application(tmp_path):
    async with pressing(tmp_path) as (front, room):
        cookie = [(b"cookie", b"sessionid=1"), (b"x-forwarded-host", b"evil.example")]
        for method, target in (("POST", "/a"), ("PURGE", "/a"), ("GET", "/me?x=1"), ("get", "/a")):
            await ask(front, target, method=method, headers=cookie)
        assert [scope["method"] for scope in room.asked] == ["POST", "PURGE", "GET", "get"]
        sent = {tuple(scope["headers"]) for scope in room.asked}
        assert sent == {((b"host", b"news.example"), cookie[0])}
        assert room.asked[2]["query_string"] == b"x=1"
        assert front.store.pages == {}


@run
async def test_a_host_that_is_not_ours_never_reaches_the_application(tmp_path):
    async with pressing(tmp_path) as (front, room):
        await ask(front)
        assert (await ask(front, host=b"evil.example")).status == 421
        assert (await ask(front, host=None)).status == 400
        assert (await ask(front, headers=[(b"host", b"news.example")])).status == 400
        assert (await ask(front, "/me", host=b"evil.example", method="POST")).status == 421
        assert (await ask(front, host=b"evil.example", method="HEAD")).body == b""
        assert room.renders == 1
        assert (await ask(front, "/-/live", host=b"10.0.0.7:8000")).status == 200


@run
async def test_nothing_unkeyed_reaches_a_render(tmp_path):
    async with pressing(tmp_path) as (front, room):
        names = [name for name in corpus("cache_poison") if name.replace("-", "").isalnum()]
        assert len(names) > 20
        for n, name in enumerate(names):
            header = (name.lower().encode(), b"evil.example")
            target = f"/{n}?utm_source=evil&cb={n}&__proto__=evil"
            reply = await ask(front, target, headers=[header, (b"cookie", b"evil")])
            assert b"evil" not in reply.body + repr(reply.headers).encode()
        assert b"evil" not in repr(room.asked).encode()
        assert {tuple(scope["headers"]) for scope in room.asked} == {((b"host", b"news.example"),)}


@run
async def test_context_of_a_reader_does_not_reach_a_render(tmp_path):
    from contextvars import ContextVar

    who = ContextVar("who", default="nobody")
    seen = []
    async with pressing(tmp_path) as (front, room):

        async def app(scope, receive, send):
            seen.append(who.get())
            await room(scope, receive, send)

        front.app = app
        who.set("anna")
        await ask(front)
        assert seen == ["nobody"]


@run
async def test_a_failing_application_leaves_readers_the_stale_page(tmp_path):
    async with pressing(tmp_path) as (front, room):
        await ask(front)
        good = await ask(front)
        room.error = OSError("the database is away")
        front.store.ring.add(["path:/a"])
        for _ in range(10):
            reply = await ask(front, headers=[(b"accept-encoding", b"gzip")])
            assert (reply.status, reply.headers[b"dateline-stale"]) == (200, b"1")
        assert good.body == (await ask(front)).body
        assert room.renders <= 3
        room.error = None
        front.store.stale.get("/a").retry_at = 0
        reply = await ask(front)
        assert (reply.status, b"dateline-stale" in reply.headers) == (200, False)


@run
async def test_a_withdrawn_page_has_no_stale_copy(tmp_path):
    async with pressing(tmp_path) as (front, room):
        await ask(front)
        await ask(front)
        room.error = OSError("the database is away")
        front.store.ring.add(["path:/a"], forget=True)
        assert (await ask(front)).status == 500


@run
async def test_errors_and_slow_renders_without_a_copy(tmp_path):
    limits = Limits(render_seconds=0.05)
    async with pressing(tmp_path, limits=limits) as (front, room):
        room.status["/503"] = 503
        assert (await ask(front, "/503")).status == 503
        room.gate = asyncio.Event()
        assert (await ask(front)).status == 503
        room.gate = None
        assert (await ask(front)).status == 200


@run
async def test_an_application_that_never_answers_is_an_error(tmp_path):
    async with pressing(tmp_path) as (front, _room):

        async def silent(scope, receive, send):
            await receive()

        front.app = silent
        assert (await ask(front)).status == 500


@run
async def test_a_hot_page_is_pressed_again_before_anybody_asks(tmp_path):
    async with pressing(tmp_path) as (front, room):
        for target in ("/hot", "/hot", "/cold"):
            await ask(front, target)
        room.texts["/hot"] = b"new"
        front.store.ring.add(["all"])
        for _ in range(100):
            await asyncio.sleep(0.01)
            if front.store.pages.keys() == {"/hot"}:
                break
        assert front.store.pages["/hot"].body.startswith(b"new")
        assert room.renders == 3


@run
async def test_many_hot_pages_are_pressed_two_at_a_time(tmp_path):
    async with pressing(tmp_path) as (front, room):
        targets = [f"/{n}" for n in range(20)]
        for target in targets * 2:
            await ask(front, target)
        at_once = [0, 0]

        async def app(scope, receive, send):
            at_once[0] += 1
            at_once[1] = max(at_once)
            await asyncio.sleep(0.001)
            await room(scope, receive, send)
            at_once[0] -= 1

        front.app = app
        front.store.ring.add(["all"])
        front.refresh()
        while len(front.store.pages) < 20:
            await asyncio.sleep(0.005)
        assert at_once[1] == 2


@run
async def test_verify_names_the_pages_that_differ_from_a_fresh_render(tmp_path):
    async with pressing(tmp_path) as (front, room):
        for target in ("/a", "/b"):
            await ask(front, target)
        assert await front.verify() == []
        room.texts["/b"] = b"changed without a key"
        assert await front.verify() == ["/b"]


@run
async def test_lifespan_and_websockets_go_through(tmp_path):
    async with pressing(tmp_path) as (front, _room):
        told, said = [], [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

        async def receive():
            return said.pop(0)

        async def send(message):
            told.append(message["type"])

        await front({"type": "lifespan"}, receive, send)
        assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert front._ticker.done()


@run
async def test_a_lost_folder_empties_the_press_but_not_the_site(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    async with pressing(folder) as (front, room):
        await ask(front)
        shutil.rmtree(folder)
        await asyncio.sleep(0.15)
        assert front.store.pages == {}
        assert (await ask(front)).status == 200
        folder.mkdir()
        await asyncio.sleep(0.15)
        assert front.store.ring.refresh() is False
        assert room.renders == 2


@run
async def test_the_application_sees_the_scheme_of_the_sites_own_address(tmp_path):
    async with pressing(tmp_path) as (front, room):
        await ask(front, method="POST")
        await ask(front)
        assert [asked["scheme"] for asked in room.asked] == ["https", "https"]
