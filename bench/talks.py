"""200 chats with 50 readers each, and 100 messages a second through the site's own forms.

Units: milliseconds from the moment a browser sends its message to the moment another has it. The
readers are streams of one process on the other core, with the runner; so are the browsers that
write.
"""

import asyncio
import json
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from .many import environment, folder_of
from .newsroom import newsroom
from .processes import LOAD_CORE, SERVER_CORE, cpu_seconds, pin
from .readers import allow_files

CHATS, READERS, PER_SECOND, SECONDS = 200, 50, 100, 30
AUTHORS, LINES, WARM, MOST_MS, GRACE = 1_000, 32, 64, 250.0, 3.0
_MARK = re.compile(rb"Line no (\d+) of")
_ID = re.compile(rb"^id: (\d+)", re.MULTILINE)
_CSRF = "b" * 32


@dataclass
class Heard:
    """What came to all readers; `arrived` are the moments by message and reader."""

    sent: dict[int, float] = field(default_factory=dict)
    arrived: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    disorder: int = 0
    refused: int = 0
    cpu_seconds: float = 0

    def forget(self) -> None:
        """Forget what was only said so that everything is loaded."""
        self.sent.clear()
        self.arrived.clear()


@dataclass
class Report:
    """Lateness at each reader, and what went wrong."""

    readers: int
    messages: int
    lateness: list[float]
    lost: int
    twice: int
    disorder: int
    refused: int
    cpu_ms: float

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.lateness, n=100)[98] if self.lateness else float("inf")

    @property
    def met(self) -> bool:
        wrong = self.lost + self.twice + self.disorder + self.refused
        return self.p99 <= MOST_MS and not wrong

    def as_dict(self) -> dict:
        middle = statistics.median(self.lateness or [0])
        told = {"met": self.met, "p99_ms": self.p99, "median_ms": middle}
        names = ("readers", "messages", "lost", "twice", "disorder", "refused", "cpu_ms")
        return told | {name: getattr(self, name) for name in names}

    def as_table(self) -> str:
        told = self.as_dict()
        return (
            f"{self.messages:,} messages to {self.readers:,} readers: median "
            f"{told['median_ms']:.0f} ms, p99 {self.p99:.0f} ms (limit {MOST_MS:.0f}); "
            f"{self.lost} lost, {self.twice} twice, {self.disorder} out of order, "
            f"{self.refused} refused; the server's processor {self.cpu_ms:.1f} ms a message, "
            f"its deliveries included: {'met' if self.met else 'MISSED'}"
        )


def run(options) -> Report:
    """Fill a newsroom, open the streams, and talk; `--connections` makes it smaller."""
    chats = max((options.connections or CHATS * READERS) // READERS, 1)
    rate = max(PER_SECOND * chats // CHATS, 5)
    seconds = max(min(options.seconds * 15, SECONDS), 10)
    allow_files(chats * READERS + LINES)
    with tempfile.TemporaryDirectory(prefix="bench-talks-") as place:
        home = Path(place) / "newsroom"
        shutil.copytree(folder_of(1_000), home)
        command = [sys.executable, "-m", "bench.talks", str(home), str(chats)]
        said = subprocess.run(command, env=environment(home), check=True, stdout=subprocess.PIPE)
        numbers, cookies = json.loads(said.stdout.splitlines()[-1])
        with newsroom(home, core=LOAD_CORE, command="run") as running:
            pin(running.server, SERVER_CORE)
            heard = asyncio.run(_talk(running, numbers, cookies, rate, seconds))
    return _report(heard, len(numbers) * READERS)


def _report(heard: Heard, readers: int) -> Report:
    taken = list(heard.arrived.values())
    came = sum(min(len(moments), READERS) for moments in taken)
    return Report(
        readers=readers,
        messages=len(heard.sent),
        lateness=[
            (moment - heard.sent[number]) * 1000
            for number, moments in heard.arrived.items()
            for moment in moments
        ],
        lost=(len(heard.sent) - heard.refused) * READERS - came,
        twice=sum(max(len(moments) - READERS, 0) for moments in taken),
        disorder=heard.disorder,
        refused=heard.refused,
        cpu_ms=heard.cpu_seconds * 1000 / max(len(heard.sent), 1),
    )


class Listener(asyncio.Protocol):
    """One reader of one chat: notes when each message came, and whether numbers rise."""

    def __init__(self, heard: Heard, chat: int, opened: asyncio.Future) -> None:
        self._heard, self._chat, self._opened = heard, chat, opened
        self._left, self._newest = b"", 0

    def connection_made(self, transport) -> None:
        self._transport = transport
        target = f"/-/stream?channels=chat:{self._chat}"
        transport.write(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        if not self._opened.done():
            self._opened.set_result(None)
        *blocks, self._left = (self._left + data).split(b"\n\n")
        for block in blocks:
            found, place = _MARK.search(block), _ID.search(block)
            if not found or not place or b"event: message-posted" not in block:
                continue
            self._heard.disorder += int(place[1]) <= self._newest
            self._newest = int(place[1])
            self._heard.arrived[int(found[1])].append(at)

    def connection_lost(self, exc) -> None:
        if not self._opened.done():
            self._opened.set_exception(ConnectionError("a stream did not open"))


async def _talk(running, chats: list[int], cookies: list[str], rate: int, seconds: int) -> Heard:
    heard, loop = Heard(), asyncio.get_running_loop()
    for chat in chats:
        opened = [loop.create_future() for _ in range(READERS)]
        for one in opened:
            await loop.create_connection(
                lambda chat=chat, one=one: Listener(heard, chat, one), "127.0.0.1", running.port
            )
        await asyncio.wait_for(asyncio.gather(*opened), 30)
    waiting: asyncio.Queue = asyncio.Queue()
    writers = [asyncio.create_task(_write(running, heard, waiting)) for _ in range(LINES)]
    for number in range(-WARM, 0):
        waiting.put_nowait((number, chats[number % len(chats)], cookies[number % len(cookies)]))
    await waiting.join()
    heard.forget()
    before, began = cpu_seconds(running.server), time.monotonic()
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        waiting.put_nowait((number, chats[number % len(chats)], cookies[number % len(cookies)]))
    await waiting.join()
    await asyncio.sleep(GRACE)
    heard.cpu_seconds = cpu_seconds(running.server) - before
    for writer in writers:
        writer.cancel()
    return heard


async def _write(running, heard: Heard, waiting: asyncio.Queue) -> None:
    """Send what waits over one connection, as the page's script would."""
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    while True:
        number, chat, cookie = await waiting.get()
        text = f"Line no {number} of the bench: {secrets.token_urlsafe(9)} was seen at the harbour."
        body = urlencode({"text": text, "go": "post", "client_key": secrets.token_hex(8)}).encode()
        head = (
            f"POST /chats/{chat}/say HTTP/1.1\r\nHost: localhost:{running.port}\r\n"
            f"Origin: {running.url}\r\nAccept: application/json\r\nX-CSRFToken: {_CSRF}\r\n"
            f"Cookie: dateline_session={cookie}; dateline_csrf={_CSRF}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        heard.sent[number] = time.monotonic()
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", answer, re.IGNORECASE)
        is_whole = reader.readexactly(int(length[1])) if length else reader.readuntil(b"0\r\n\r\n")
        told = await is_whole
        if " 200 " not in answer.splitlines()[0] or b'"published"' not in told:
            heard.refused += 1
            if heard.refused == 1:
                sys.stderr.write(f"{answer.splitlines()[0]} {told[:300]!r}\n")
        waiting.task_done()


def main(folder: Path, count: int) -> None:
    """Open chats, and log their authors in."""
    from dateline.config.commands.common import open_house

    open_house(folder)
    from datetime import timedelta

    from dateline.chats.actions import open_chat
    from dateline.chats.models import Chat
    from dateline.common import clock
    from dateline.stories.queries import visible

    stories = visible(clock.now()).order_by("-published_at")[:count]
    chats = [open_chat(by=None, of=story).pk for story in stories]
    Chat.objects.update(mode="open", hours="", closes_at=clock.now() + timedelta(days=1))
    print(json.dumps([chats, [logged_in(number) for number in range(AUTHORS)]]))


def logged_in(number: int) -> str:
    """Make a reader and return the key of their session."""
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from dateline.common import clock
    from dateline.people.models import Account
    from dateline.people.sessions import SessionStore
    from dateline.readers.models import Reader

    account = Account.objects.create(username=f"talker-{number}")
    name, since = f"Talker {number}", clock.now() - timedelta(days=90)
    given = {"display_name": name, "name_key": name, "slug": f"talker-{number}"}
    Reader.objects.create(account=account, verified_at=since, created_at=since, **given)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
