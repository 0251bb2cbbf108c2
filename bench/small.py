"""A small application behind the press: `python -m bench.small PORT FOLDER`."""

import gc
import random
import sys
from pathlib import Path

import uvicorn

from dateline.press.front import PressFront
from dateline.press.policy import Policy
from dateline.press.protocol import make_protocol
from dateline.press.ring import KeyRing
from dateline.press.store import PageStore

WORDS = ("the", "mayor", "of", "Brdo", "opened", "a", "bridge", "on", "Friday", "after", "talks")


def story(path: str) -> bytes:
    """Return about 17 KB of prose with markup, 6 to 7 KB of it left after gzip."""
    chance = random.Random(path)
    noise = (f"{chance.choice(WORDS)}{chance.randrange(100_000)}" for _ in range(1500))
    paragraphs = [f"<p>{word}</p>" if n % 9 == 0 else word for n, word in enumerate(noise)]
    return f"<!doctype html><title>{path}</title>{' '.join(paragraphs)}".encode()


async def application(scope, receive, send):
    """Answer every address with a story of its own."""
    if scope["type"] != "http":
        return
    body = story(scope["path"])
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-tag", f"path:{scope['path']} section:world front:en".encode()),
        (b"dateline-journal", b"4711"),
        (b"content-security-policy", b"default-src 'self'"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    store = PageStore(KeyRing(folder / "ring"))
    policy = Policy(canonical=f"127.0.0.1:{port}", hosts=frozenset({"127.0.0.1"}))
    gc.freeze()
    uvicorn.run(
        PressFront(application, store, policy),
        port=port,
        http=make_protocol(store, policy),
        ws="none",
        loop="uvloop",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=4096,
    )


if __name__ == "__main__":
    main()
