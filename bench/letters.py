"""A story as a letter to 100,000 followers: by the real post, over SMTP, to a sink on this machine.

Then 20,000 more while the sender is killed again and again at random moments: each recipient must
have one letter or none, and whoever has none must be told of as uncertain in the ledger.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .followers import check_done, gather, ledger, post_named, send_out, step, words_of
from .many import environment

RECIPIENTS, KILLED_RECIPIENTS, KILLS = 100_000, 20_000, 30
PAUSED = 2_000
"""Followers besides who have paused: each has a line of the ledger, and none a letter."""
LEAST_A_SECOND, MOST_GROWTH_MIB = 1000.0, 30.0


@dataclass
class Report:
    """What was measured.

    Units: seconds from the plan to the last letter settled; MiB of the sender's process without
        the files it has mapped, when a tenth was sent and at the end.
    """

    recipients: int
    seconds: float
    a_second: float
    mib_early: float
    mib_late: float
    is_exact: bool
    kills: int
    killed_recipients: int
    twice: int
    uncertain: int
    most_uncertain: int
    is_accounted_for: bool

    @property
    def met(self) -> bool:
        is_flat = self.mib_late - self.mib_early <= MOST_GROWTH_MIB
        is_quick = self.a_second >= LEAST_A_SECOND
        is_safe = not self.twice and self.uncertain <= self.most_uncertain
        return is_quick and is_flat and self.is_exact and is_safe and self.is_accounted_for

    def as_dict(self) -> dict:
        return {"met": self.met, **asdict(self)}

    def as_table(self) -> str:
        return "\n".join(f"{name:20} {value}" for name, value in self.as_dict().items())


def run(options) -> Report:
    """Send to everybody once undisturbed, and once with kills."""
    count = options.connections or RECIPIENTS
    killed = min(KILLED_RECIPIENTS, count)
    with tempfile.TemporaryDirectory(prefix="bench-letters-") as place:
        quick = _quick(Path(place) / "quick", count)
        safe = _killed(Path(place) / "killed", killed, options.rounds * 6)
    return Report(**quick, **safe)


def _quick(place: Path, count: int) -> dict:
    with _sink(place) as (taken, env):
        _step(env, "fill", count)
        said = json.loads(_step(env, "send").splitlines()[-1])
        got, (states, _window) = Counter(_lines(taken)), _ledger(env)
    is_exact = len(got) == count == sum(got.values()) and states == {
        "sent": count,
        "skipped": PAUSED,
    }
    return {
        "recipients": count,
        "seconds": said["seconds"],
        "a_second": round(count / said["seconds"], 1),
        "mib_early": said["mib_early"],
        "mib_late": said["mib_late"],
        "is_exact": is_exact,
    }


def _killed(place: Path, count: int, kills: int) -> dict:
    with _sink(place) as (taken, env):
        _step(env, "fill", count)
        for _ in range(kills):
            with subprocess.Popen(
                words_of("bench.letters", "send"), env=env, stdout=subprocess.PIPE
            ) as sender:
                sender.stdout.readline()  # It has loaded what it needs.
                time.sleep(random.uniform(0.0, 0.8))
                os.kill(sender.pid, signal.SIGKILL)
        _step(env, "send")
        got, (states, window) = Counter(_lines(taken)), _ledger(env)
    uncertain = states.get("uncertain", 0)
    return {
        "kills": kills,
        "killed_recipients": count,
        "twice": sum(n > 1 for n in got.values()),
        "uncertain": uncertain,
        "most_uncertain": kills * window,
        "is_accounted_for": states.get("sent", 0) + uncertain == count
        and states.get("skipped") == PAUSED
        and count - len(got) <= uncertain,
    }


@contextmanager
def _sink(place: Path):
    place.mkdir()
    folder, taken = place / "newsroom", place / "taken"
    words = [sys.executable, "-m", "bench.smtp_sink", str(taken)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as sink:
        port = sink.stdout.readline().strip()
        server = f"smtp://127.0.0.1:{port}"
        yield taken, environment(folder) | {"DATELINE_MAIL_SERVER": server}
        sink.terminate()


def _step(env: dict[str, str], name: str, *more: object) -> str:
    return step("bench.letters", env, name, *more)


def _ledger(env: dict[str, str]) -> tuple[dict[str, int], int]:
    """Return how many deliveries are in each state, and how many are under way at once."""
    return json.loads(_step(env, "count").splitlines()[-1])


def _lines(taken: Path) -> list[str]:
    return taken.read_text().split()


def _fill(count: int) -> None:
    """Make a newsroom with one story, so many followers of its topic, and some who have paused."""
    from dateline.subscriptions.enums import Standing
    from dateline.subscriptions.models import Subscriber
    from tests.factories import a_newsroom

    room = a_newsroom()
    rows = [
        Subscriber(mail=f"reader{n}@d{n % 500}.example", edition=room.edition, key=f"k{n}")
        for n in range(count)
    ]
    rows += [
        Subscriber(
            mail=f"paused{n}@d{n % 500}.example",
            edition=room.edition,
            key=f"p{n}",
            standing=Standing.PAUSED,
        )
        for n in range(PAUSED)
    ]
    gather(room, rows, "mail")
    send_out(room)


def _send() -> None:
    """Work at the post until all is settled, as the runner's thread does."""
    from dateline.common.memory import give_back
    from dateline.subscriptions.models import Delivery

    post = post_named("post-mail")
    print("begins", flush=True)
    began, sent, early = time.monotonic(), 0, 0.0
    tenth = Delivery.objects.count() / 10
    while done := post.work():
        sent += done
        if not early and sent > tenth + 10_000:
            early = _mib()
    give_back()
    seconds = round(time.monotonic() - began, 2)
    check_done()
    print(json.dumps({"seconds": seconds, "mib_early": early or _mib(), "mib_late": _mib()}))


def _count() -> None:
    from dateline.subscriptions.mail.carrier import WINDOW

    print(json.dumps([ledger(), WINDOW]))


def _mib() -> float:
    """Return this process's own memory, without the pages of the database that it has mapped."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def main(name: str, *more: str) -> None:
    from dateline.config.commands.common import open_house

    open_house(Path(os.environ["DATELINE_HOME"]))
    {"fill": lambda: _fill(int(more[0])), "send": _send, "count": _count}[name]()


if __name__ == "__main__":
    main(*sys.argv[1:])
