"""A push service that takes everything: `python -m bench.push_sink FILE KEYS`.

Prints its port. Each notification's path is a line of FILE, written before it is answered for. Of
each hundredth the signature is checked and the words are opened with the browser's private key (a
line of KEYS: key in hex, secret in hex); what does not fit is answered 403.
"""

import asyncio
import json
import re
import sys
from pathlib import Path

import uvloop
from cryptography.hazmat.primitives.asymmetric import ec

from dateline.standards.push.sealing import CURVE
from tests.push_double import Browser, claims_in

LOOKED_AT = 100
_LENGTH = re.compile(rb"(?i)^content-length: (\d+)\r\n", re.MULTILINE)
_TAKEN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


class Sink:
    """The file of what came, and the browsers it came for."""

    def __init__(self, path: Path, keys: Path) -> None:
        self._file = path.open("ab", buffering=0)
        lines = (line.split() for line in keys.read_text().splitlines())
        self._browsers = [
            Browser(ec.derive_private_key(int(key, 16), CURVE), bytes.fromhex(secret))
            for key, secret in lines
        ]
        self.url = ""

    def take(self, head: bytes, body: bytes) -> bytes:
        """Return the answer to a notification."""
        path = head.split(b" ", 2)[1]
        number = int(path.rpartition(b"/")[2])
        if number % LOOKED_AT == 0 and not self._is_right(number, head, body):
            return _REFUSED
        self._file.write(path + b"\n")
        return _TAKEN

    def _is_right(self, number: int, head: bytes, body: bytes) -> bool:
        lines = head.decode("latin-1").split("\r\n")[1:]
        headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
        claims_in(headers["authorization"], audience=self.url)
        browser = self._browsers[number % len(self._browsers)]
        return bool(json.loads(browser.open(body)))


class Line(asyncio.Protocol):
    """One connection of a sender."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._left = sink, b""

    def connection_made(self, transport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._left += data
        while (found := _LENGTH.search(self._left)) is not None:
            head, end, rest = self._left.partition(b"\r\n\r\n")
            size = int(found[1])
            if not end or len(rest) < size:
                return
            self._left = rest[size:]
            self._transport.write(self._sink.take(head, rest[:size]))


async def serve(path: Path, keys: Path) -> None:
    """Listen on a free port until the process is ended."""
    sink = Sink(path, keys)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(sink), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sink.url = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
