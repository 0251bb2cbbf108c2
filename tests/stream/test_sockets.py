"""Real sockets on the loopback: what a slow, silent or returning reader meets."""

import asyncio
import socket
from datetime import timedelta

import pytest

from tests.stream.fakes import MemorySource, blocks, running, serving


@pytest.fixture
def ask():
    """Send a request on a plain socket that reads only when told to; closed after the test."""
    opened = []

    async def ask(port, query=b"channels=newsfeed:en", last_id=None, rcvbuf=None):
        sock = socket.socket()
        opened.append(sock)
        if rcvbuf:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
        sock.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(sock, ("127.0.0.1", port))
        extra = b"Last-Event-ID: %d\r\n" % last_id if last_id is not None else b""
        request = b"GET /-/stream?%b HTTP/1.1\r\nHost: x\r\n%b\r\n" % (query, extra)
        await loop.sock_sendall(sock, request)
        return sock

    yield ask
    for sock in opened:
        sock.close()


async def read(sock, until, *, headed=False):
    """Read until the text ends with `until` or the stream ends; return (head, body)."""
    text = b"" if not headed else b"\r\n\r\n"
    async with asyncio.timeout(5):
        while until not in text.partition(b"\r\n\r\n")[2]:
            more = await asyncio.get_running_loop().sock_recv(sock, 65536)
            if not more:
                break
            text += more
    head, _, body = text.partition(b"\r\n\r\n")
    return head, body


async def more(sock, until):
    """Read on in a stream whose head was read before."""
    _, body = await read(sock, until, headed=True)
    return body


def numbers(body):
    return [int(block[b"id"]) for block in blocks(body) if b"data" in block]


def test_a_stream_over_a_socket(run, ask):
    async def scenario():
        source = MemorySource()
        async with serving(source) as (hub, port):
            sock = await ask(port)
            head, start = await read(sock, b"id: 0\n\n")
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert start.startswith(b"retry: ")
            source.publish("newsfeed:en", data=b'{"id":12}')
            body = (await asyncio.get_running_loop().sock_recv(sock, 65536)).decode()
            assert (
                body == 'id: 1\nevent: story-published\nchannels: newsfeed:en\ndata: {"id":12}\n\n'
            )
            sock.close()
            source.publish("newsfeed:en")
            async with asyncio.timeout(5):
                while hub.count("newsfeed:en"):
                    await asyncio.sleep(0.01)

    run(scenario())


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (b"", b"400 Bad Request"),
        (b"channels=staff:1", b"400 Bad Request"),
        (b"channels=chat:1&after=x", b"400 Bad Request"),
        (b"channels=" + b",".join(b"chat:%d" % n for n in range(17)), b"400 Bad Request"),
    ],
)
def test_refusals_are_whole_answers_and_close(run, ask, query, status):
    async def scenario():
        async with serving(MemorySource()) as (hub, port):
            head, body = await read(await ask(port, query), b"never")
            assert head.startswith(b"HTTP/1.1 " + status + b"\r\n")
            assert f"content-length: {len(body)}".encode() in head
            assert (len(hub.roll), hub.metrics.refused) == (0, 1)

    run(scenario())


def test_one_address_holds_so_many_streams(run, ask):
    async def scenario():
        async with serving(MemorySource(), max_per_address=2) as (_, port):
            kept = [await ask(port) for _ in range(2)]
            for sock in kept:
                await read(sock, b"id: 0\n\n")
            head, _ = await read(await ask(port), b"never")
            assert head.startswith(b"HTTP/1.1 429 ")
            assert b"retry-after: 30" in head

    run(scenario())


def test_a_reader_comes_back_after_a_restart_and_misses_nothing(run, ask):
    async def scenario():
        source = MemorySource()
        async with serving(source) as (_, port):
            sock = await ask(port)
            await read(sock, b"id: 0\n\n")
            source.publish("newsfeed:en")
            body = await more(sock, b'{"n":1}\n\n')
        goodbye = await more(sock, b"never")
        assert b"id: 1\n\nretry: " in goodbye
        for _ in range(3):
            source.publish("newsfeed:en")
        async with serving(source) as (_, port):
            query = b"channels=newsfeed:en&after=0"
            _, rest = await read(await ask(port, query, last_id=1), b'{"n":4}\n\n')
            assert numbers(body) + numbers(rest) == [1, 2, 3, 4]
            _, other = await read(await ask(port, query), b'{"n":4}\n\n')
            assert numbers(other) == [1, 2, 3, 4]

    run(scenario())


def test_a_reader_too_far_behind_is_told_to_reload(run, ask):
    async def scenario():
        source = MemorySource()
        for _ in range(20):
            source.publish("newsfeed:en")
        async with serving(source, max_replay=5) as (_, port):
            _, body = await read(await ask(port, last_id=2), b"event: reset")
            sock = await ask(port, last_id=15)
            _, near = await read(sock, b'{"n":20}\n\n')
            assert numbers(near) == [16, 17, 18, 19, 20]
            assert b'id: 20\nevent: reset\ndata: {"head":20}\n' in body + b"\n"

    run(scenario())


def test_who_never_reads_is_cut_and_holds_up_nobody(run, ask):
    async def scenario():
        source = MemorySource()
        options = {"stall": timedelta(milliseconds=300), "heartbeat": timedelta(milliseconds=600)}
        async with serving(source, **options) as (hub, port):
            await ask(port, rcvbuf=4096)
            hearing = await ask(port)
            await read(hearing, b"id: 0\n\n")
            got = []
            for _ in range(20):
                number = source.publish("newsfeed:en", data=b"x" * 60_000)
                body = await more(hearing, b"x\n\n")
                got += numbers(body)
                assert number == got[-1]
            async with asyncio.timeout(5):
                while len(hub.roll) > 1:
                    await asyncio.sleep(0.02)
            assert got == list(range(1, 21))
            assert hub.metrics.pauses == hub.metrics.stalled == 1

    run(scenario())


def test_a_reader_of_a_few_bytes_a_second_holds_up_nobody(run, ask):
    async def scenario():
        source = MemorySource()
        async with serving(source) as (hub, port):
            slow = await ask(port, rcvbuf=4096)
            others = [await ask(port) for _ in range(200)]
            for sock in others:
                await read(sock, b"id: 0\n\n")
            dripping = asyncio.create_task(drip(slow))
            latest = await deliver_all(source, others)
            dripping.cancel()
            assert (hub.metrics.pauses, hub.count("newsfeed:en")) == (1, 201)
            assert latest < 2.0

    async def drip(sock):
        while True:
            await asyncio.get_running_loop().sock_recv(sock, 1)
            await asyncio.sleep(0.2)

    async def deliver_all(source, socks):
        loop, slowest = asyncio.get_running_loop(), 0.0
        for _ in range(10):
            began = loop.time()
            source.publish("newsfeed:en", data=b"x" * 30_000)
            await asyncio.gather(*(more(sock, b"x\n\n") for sock in socks))
            slowest = max(slowest, loop.time() - began)
        return slowest

    run(scenario())


def test_a_slow_reader_gets_everything_once_it_reads(run, ask):
    async def scenario():
        source = MemorySource()
        async with serving(source) as (hub, port):
            sock = await ask(port, rcvbuf=4096)
            await read(sock, b"id: 0\n\n")
            for _ in range(12):
                source.publish("newsfeed:en", data=b"x" * 40_000)
                await asyncio.sleep(0.001)
            assert hub.metrics.pauses == 1
            source.publish("newsfeed:en", data=b"end")
            body = await more(sock, b"data: end\n\n")
            assert numbers(body) == list(range(1, 14))
            source.publish("newsfeed:en", data=b"more")
            body = await more(sock, b"data: more\n\n")
            assert numbers(body) == [14]

    run(scenario())


def test_the_protocol_may_be_handed_over(run, ask):
    async def scenario():
        source = MemorySource()
        async with running(source) as hub:
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: HandingOver(hub), "127.0.0.1", 0)
            sock = await ask(server.sockets[0].getsockname()[1], rcvbuf=4096)
            await read(sock, b"id: 0\n\n")
            await loop.sock_sendall(sock, b"stray bytes")
            for _ in range(12):
                source.publish("newsfeed:en", data=b"x" * 40_000)
                await asyncio.sleep(0.001)
            source.publish("newsfeed:en", data=b"end")
            body = await more(sock, b"data: end\n\n")
            assert numbers(body) == list(range(1, 14))
            sock.close()
            async with asyncio.timeout(5):
                while hub.count("newsfeed:en"):
                    await asyncio.sleep(0.01)
            server.close()

    class HandingOver(asyncio.Protocol):
        def __init__(self, hub):
            self.hub = hub

        def connection_made(self, transport):
            self.transport = transport

        def data_received(self, data):
            query = data.split(b" ")[1].partition(b"?")[2]
            stream = self.hub.takeover(
                path="/-/stream",
                query=query,
                headers=[],
                client=None,
                transport=self.transport,
                keep_alive=True,
            )
            self.transport.set_protocol(stream)

    run(scenario())


def test_the_server_may_shut_one_connection_down(run, ask):
    async def scenario():
        async with serving(MemorySource()) as (hub, port):
            sock = await ask(port)
            await read(sock, b"id: 0\n\n")
            (connection,) = hub.roll
            connection.shutdown()
            connection.shutdown()
            body = await more(sock, b"never")
            assert [sorted(block) for block in blocks(body)] == [[b"id"], [b"retry"]]

    run(scenario())
