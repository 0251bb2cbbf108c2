import asyncio
import socket
from datetime import timedelta

from dateline.stream.connection import tune
from tests.stream.fakes import MemorySource, running, settle


class FullTransport(asyncio.Transport):
    """A transport whose buffer was not empty when the stream took it over."""

    def __init__(self):
        super().__init__()
        self.written = []
        self.waiting = 1
        self.high = None

    def get_write_buffer_size(self):
        return self.waiting

    def set_write_buffer_limits(self, high=None, low=None):
        self.high = high

    def write(self, data):
        self.written.append(data)

    def close(self):
        self.waiting = 0

    abort = close


def take(hub, transport, query=b"channels=chat:1&after=0"):
    return hub.takeover(
        path="/-/stream",
        query=query,
        headers=[],
        client=("192.0.2.1", 5),
        transport=transport,
        keep_alive=True,
    )


def test_a_full_buffer_pauses_before_the_server_knows_whom_to_tell(run):
    async def scenario():
        source = MemorySource()
        source.publish("chat:1")
        async with running(source) as hub:
            transport = FullTransport()
            connection = take(hub, transport)
            await settle()
            assert (len(transport.written), transport.high) == (1, 0)
            connection.resume_writing()
            assert transport.written[1:] == [
                b'id: 1\nevent: story-published\nchannels: chat:1\ndata: {"n":1}\n\n'
            ]
            connection.connection_lost(None)
            assert hub.count("chat:1") == 0

    run(scenario())


def test_a_refused_connection_takes_callbacks_and_does_nothing(run):
    async def scenario():
        async with running(MemorySource()) as hub:
            transport = FullTransport()
            connection = take(hub, transport, b"channels=no")
            connection.pause_writing()
            connection.resume_writing()
            connection.data_received(b"more")
            connection.shutdown()
            connection.connection_lost(None)
            assert len(transport.written) == 1
            assert transport.written[0].startswith(b"HTTP/1.1 400 ")
            assert (hub.metrics.opened, hub.metrics.closed, hub.metrics.pauses) == (0, 0, 0)

    run(scenario())


def test_only_internet_sockets_are_tuned():
    class Known(FullTransport):
        def __init__(self, sock):
            super().__init__()
            self.sock = sock

        def get_extra_info(self, name, default=None):
            return self.sock

    one, two = socket.socketpair()
    inet = socket.socket()
    with one, two, inet:
        for sock in (None, one, inet):
            tune(Known(sock), timedelta(seconds=20))
        assert inet.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000
