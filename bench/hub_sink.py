"""A thousand subscribers of the hub in one process: `python -m bench.hub_sink FILE`.

Prints its port. Each has an address of the loopback network to itself, so that the hub takes it for
a site of its own, and a secret made of its number. For each story that a delivery brings it for the
first time there is a line of FILE: subscriber, story, when, and 1 where the signature is right.
"""

import asyncio
import hmac
import re
import sys
import time
from pathlib import Path

import uvloop

from .publisher import MARK
from .push_sink import Line

_ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
_STORY = re.compile(MARK.encode() + rb"(\d+)<")
_SIGNATURE = re.compile(rb"(?i)^x-hub-signature: sha256=([0-9a-f]{64})\r?$", re.MULTILINE)


def host_of(subscriber: int) -> str:
    """Return the address of a subscriber."""
    return f"127.1.{subscriber // 250}.{subscriber % 250 + 1}"


def secret_of(subscriber: int) -> str:
    """Return what signs the deliveries to a subscriber."""
    return f"secret {subscriber}"


class Sink:
    """The file of what came, and which stories each subscriber has had."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self._had: dict[int, set[int]] = {}

    def take(self, head: bytes, body: bytes) -> bytes:
        """Note what a delivery brings, and return the answer to it."""
        came = time.monotonic()
        subscriber = int(head.split(b" ", 2)[1].rpartition(b"/")[2])
        signed = hmac.new(secret_of(subscriber).encode(), body, "sha256").hexdigest().encode()
        found = _SIGNATURE.search(head)
        is_right = found is not None and found[1] == signed
        stories = {int(number) for number in _STORY.findall(body)}
        for story in sorted(stories - self._had.setdefault(subscriber, set())):
            self._file.write(f"{subscriber} {story} {came} {int(is_right)}\n".encode())
        self._had[subscriber] |= stories
        return _ANSWER


async def serve(path: Path) -> None:
    """Listen on a free port of all loopback addresses until the process is ended."""
    sink = Sink(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(sink), "0.0.0.0", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
