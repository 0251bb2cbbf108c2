"""A real uvicorn on a loopback port, spoken to with raw sockets."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from dateline.press.bodies import BodyLimits
from dateline.press.flight import Limits
from dateline.press.front import PressFront
from dateline.press.limits import ConnectionLimits
from dateline.press.protocol import make_protocol

from .parts import POLICY, Newsroom, store

QUICK = ConnectionLimits(
    header_seconds=0.4,
    idle_seconds=0.6,
    body_seconds=0.4,
    stall_seconds=0.6,
    max_header_bytes=4096,
    max_headers=20,
)


class SlowNewsroom(Newsroom):
    """The fake application, with an address that takes its time."""

    async def __call__(self, scope, receive, send):
        if scope.get("path") == "/me/slow":
            await asyncio.sleep(0.15)
        await super().__call__(scope, receive, send)


class Served:
    """A running server and what is inside it."""

    def __init__(self, tmp_path, kind, limits, takeovers, bodies):
        self.room = SlowNewsroom()
        self.store = store(tmp_path)
        rendering = Limits(bodies=bodies or BodyLimits())
        self.front = PressFront(self.room, self.store, POLICY, limits=rendering)
        self.protocol = make_protocol(self.store, POLICY, limits, takeovers, bodies)
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.socket.getsockname()[1]
        config = uvicorn.Config(
            self.front,
            http=self.protocol if kind == "protocol" else "httptools",
            ws="none",
            loop="uvloop",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=3,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],))

    def start(self):
        self.thread.start()
        until = time.monotonic() + 10
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.005)

    def stop(self):
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()
        assert not self.thread.is_alive()

    def connect(self, timeout=5.0):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def ask(self, *parts, timeout=5.0):
        """Send raw bytes on a new connection and return all bytes until the server closes."""
        with self.connect(timeout) as line:
            for part in parts:
                line.sendall(part)
            return everything(line)


@contextmanager
def serving(tmp_path, kind="protocol", limits=None, takeovers=None, bodies=None):
    served = Served(tmp_path, kind, limits or ConnectionLimits(), takeovers, bodies)
    served.start()
    try:
        yield served
    finally:
        served.stop()


def everything(line):
    data = b""
    while True:
        try:
            part = line.recv(65536)
        except ConnectionResetError:
            return data
        if not part:
            return data
        data += part


def read_answer(line, *, bodiless=False):
    """Read one response with a content length; return status, headers and body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = line.recv(1)
        if not part:
            return None
        data += part
    lines = data[:-4].split(b"\r\n")
    status = int(lines[0].split(b" ")[1])
    headers = dict(header.lower().split(b": ", 1) for header in lines[1:])
    length = 0 if bodiless or status in (304, 100) else int(headers.get(b"content-length", 0))
    body = b""
    while len(body) < length:
        body += line.recv(length - len(body))
    return status, headers, body


def get(target="/a", *headers, method="GET", version="1.1", host="news.example"):
    lines = [f"{method} {target} HTTP/{version}", f"Host: {host}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def answers(data, bodiless=()):
    """Take a run of responses apart; `bodiless` are the places of answers to HEAD."""
    found = []
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        status = int(lines[0].split(b" ")[1])
        headers = dict(line.lower().split(b": ", 1) for line in lines[1:])
        none = status in (100, 304) or len(found) in bodiless
        length = 0 if none else int(headers.get(b"content-length", 0))
        found.append((status, headers, data[:length]))
        data = data[length:]
    return found


def wait_for_end(served, seconds=4.0):
    """Wait until no connection is open."""
    until = time.monotonic() + seconds
    while served.server.server_state.connections and time.monotonic() < until:
        time.sleep(0.02)
    assert not served.server.server_state.connections
