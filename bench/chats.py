"""Saying something in a chat of ten messages and in one of 100,000, and showing its page, in turn.

Units: milliseconds of a process that does nothing else; the judgement of the moderation included.
`post_cpu_ms` is the processor's part of a post: what is left is waiting for the disk.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from .many import environment

SHORT, LONG, MOST_GROWTH = 10, 100_000, 1.5
EVERY = timedelta(seconds=2)
LIMITS_MS = {"post_ms": 15.0, "post_cpu_ms": 15.0, "page_ms": 30.0, "earlier_ms": 30.0}


@dataclass
class Report:
    """Medians of each deed in both chats."""

    rows: dict[str, tuple[float, float]]

    def _met(self, name: str) -> bool:
        short, long = self.rows[name]
        return long <= LIMITS_MS[name] and long <= short * MOST_GROWTH + 0.5

    @property
    def met(self) -> bool:
        return all(map(self._met, self.rows))

    def as_dict(self) -> dict:
        return {"met": self.met, "rows": self.rows}

    def as_table(self) -> str:
        lines = [f"{'':12} {SHORT:>9,} {LONG:>9,}  messages in the chat (ms, median)"]
        for name, (short, long) in self.rows.items():
            lines.append(
                f"{name:12} {short:9.2f} {long:9.2f} {'met' if self._met(name) else 'MISSED'}"
            )
        return "\n".join(lines)


def run(options) -> Report:
    """Time both chats in one process on a new data folder."""
    with tempfile.TemporaryDirectory(prefix="bench-chats-") as place:
        folder = Path(place) / "newsroom"
        command = [sys.executable, "-m", "bench.chats", str(folder), str(options.rounds * 20)]
        said = subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.PIPE)
    return Report({k: tuple(v) for k, v in json.loads(said.stdout.splitlines()[-1]).items()})


def main(folder: Path, times: int) -> None:
    from dateline.config.commands.common import open_house

    open_house(folder)
    from dateline.config.first_run import fill_sample
    from dateline.publishing import jobs

    fill_sample()
    jobs.run_next()  # its chats
    print(json.dumps(measured(times)))


def measured(times: int) -> dict[str, tuple[float, float]]:
    """Return the medians in a short and in a long chat, each deed in both by turns."""
    from django.conf import settings
    from django.test import Client

    from dateline.chats.actions import Words, post_message

    settings.ALLOWED_HOSTS = ["testserver"]
    readers, chats = people(2 * times), [filled(SHORT, 0), filled(LONG, 1)]
    client, found = Client(), {name: ([], []) for name in LIMITS_MS}
    for turn in range(times):
        for side, (chat, address) in enumerate(chats):
            words = Words(text=f"What I make of it, said for the {turn}th time by number {side}.")
            reader = readers[turn * 2 + side]
            began, worked = time.perf_counter(), time.process_time()
            post_message(by=reader, chat=chat, words=words)
            found["post_ms"][side].append(time.perf_counter() - began)
            found["post_cpu_ms"][side].append(time.process_time() - worked)
            for name, path in (
                ("page_ms", address),
                ("earlier_ms", f"{address}?before={chat.last_shown - 3}"),
            ):
                began = time.perf_counter()
                assert client.get(path).status_code == 200
                found[name][side].append(time.perf_counter() - began)
    return {
        name: tuple(round(statistics.median(side) * 1000, 2) for side in sides)
        for name, sides in found.items()
    }


def people(count: int):
    """Make readers who have said nothing yet: who speaks again at once is asked to wait."""
    from dateline.common import clock
    from dateline.people.models import Account
    from dateline.readers.models import Reader

    made = []
    for number in range(count):
        account = Account.objects.create(username=f"bench-{number}")
        name = f"Bench Reader {number}"
        given = {"display_name": name, "name_key": name, "slug": f"bench-{number}"}
        made.append(Reader.objects.create(account=account, verified_at=clock.now(), **given))
    return made


def filled(count: int, place: int):
    """Return a chat of the sample with this many messages more, and its address."""
    from dateline.chats.actions import ToldMessage, shelve_messages
    from dateline.chats.models import Chat
    from dateline.common import clock
    from dateline.readers.models import Reader

    chat = Chat.objects.filter(edition__code="en").order_by("-last_shown")[place]
    author, at = Reader.objects.order_by("pk").first(), clock.now()
    for begin in range(0, count, 5_000):
        lines = range(begin, min(count, begin + 5_000))
        told = [
            ToldMessage(author=author, text=f"Line {n} of many.", at=at - EVERY * (count - n))
            for n in lines
        ]
        shelve_messages(by=None, chat=chat, messages=told)
    chat.refresh_from_db()
    return chat, f"{chat.story.address}/chat/"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
