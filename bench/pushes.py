"""A story as a notification to 100,000 browsers: by the real post, to a push service beside it.

Each is sealed for its browser and signed; the service checks and opens one of a hundred.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .many import environment

BROWSERS, KEYS = 100_000, 100
LEAST_A_SECOND = 1500.0


@dataclass
class Report:
    """What was measured: seconds from the first notification to the last one settled."""

    browsers: int
    seconds: float
    a_second: float
    is_exact: bool

    @property
    def met(self) -> bool:
        return self.a_second >= LEAST_A_SECOND and self.is_exact

    def as_dict(self) -> dict:
        return {"met": self.met, **asdict(self)}

    def as_table(self) -> str:
        return "\n".join(f"{name:20} {value}" for name, value in self.as_dict().items())


def run(options) -> Report:
    """Push to every browser once; `--connections` makes it fewer."""
    count = options.connections or BROWSERS
    with tempfile.TemporaryDirectory(prefix="bench-pushes-") as place, _sink(Path(place)) as here:
        taken, env, port = here
        _step(env, "fill", count, port, Path(place) / "keys")
        said = json.loads(_step(env, "send").splitlines()[-1])
        got = Counter(taken.read_text().split())
        ledger = json.loads(_step(env, "count").splitlines()[-1])
    is_exact = len(got) == count == sum(got.values()) and ledger == {"sent": count}
    return Report(count, said["seconds"], round(count / said["seconds"], 1), is_exact)


@contextmanager
def _sink(place: Path):
    from cryptography.hazmat.primitives.asymmetric import ec

    from dateline.standards.push.sealing import CURVE

    made = [(ec.generate_private_key(CURVE), os.urandom(16)) for _ in range(KEYS)]
    lines = [f"{key.private_numbers().private_value:x} {secret.hex()}" for key, secret in made]
    keys, taken = place / "keys", place / "taken"
    keys.write_text("\n".join(lines))
    words = [sys.executable, "-m", "bench.push_sink", str(taken), str(keys)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as sink:
        port = int(sink.stdout.readline())
        env = environment(place / "newsroom") | {"DATELINE_NETWORKS_INSIDE": "127.0.0.0/8"}
        yield taken, env, port
        sink.terminate()


def _step(env: dict[str, str], step: str, *more: object) -> str:
    words = [sys.executable, "-m", "bench.pushes", step, *map(str, more)]
    return subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _fill(count: int, port: int, keys: Path) -> None:
    """Make a newsroom with one story and so many browsers that follow its topic."""
    from cryptography.hazmat.primitives.asymmetric import ec

    from dateline.journal.queries import replay
    from dateline.publishing.sendings import sendings_after
    from dateline.standards.base64url import to_base64url
    from dateline.standards.push.sealing import CURVE
    from dateline.subscriptions.models import Endpoint, Subscriber, Subscription
    from tests.factories import a_newsroom, a_published_story
    from tests.push_double import Browser

    pairs = (line.split() for line in keys.read_text().splitlines())
    browsers = [
        Browser(ec.derive_private_key(int(key, 16), CURVE), bytes.fromhex(secret))
        for key, secret in pairs
    ]
    told = [(one.p256dh, to_base64url(one.auth)) for one in browsers]
    room = a_newsroom()
    _let_it_be_noon(room.edition)
    rows = [Subscriber(edition=room.edition, key=f"k{n}") for n in range(count)]
    made = Subscriber.objects.bulk_create(rows, batch_size=500)
    ends = [
        Endpoint(
            subscriber=who,
            address=f"http://127.0.0.1:{port}/push/{n}",
            mark=f"m{n}",
            p256dh=told[n % len(told)][0],
            auth=told[n % len(told)][1],
        )
        for n, who in enumerate(made)
    ]
    Endpoint.objects.bulk_create(ends, batch_size=500)
    subject = f"topic:{room.topic.pk}"
    followed = [
        Subscription(
            subscriber=who, subject=subject, rank="2", channel="push", edition=room.edition
        )
        for who in made
    ]
    Subscription.objects.bulk_create(followed, batch_size=500)
    a_published_story(room, standfirst="Nobody named a day for new ones.")
    for recorded in replay(0, 1000):
        sendings_after(recorded)


def _let_it_be_noon(edition) -> None:
    """Move an edition to where it is noon now: at night notifications wait for the morning."""
    from dateline.common import clock

    edition.timezone = f"Etc/GMT{clock.now().hour - 12:+d}"
    edition.save()


def _send() -> None:
    """Work at the post until all is settled, as the runner's thread does."""
    from dateline.common.memory import collect_seldom
    from dateline.publishing.post import posts
    from dateline.subscriptions.models import Sending

    collect_seldom()
    post = next(one for one in posts() if one.name == "post-push")
    began = time.monotonic()
    while post.work():
        pass
    seconds = round(time.monotonic() - began, 2)
    assert not Sending.objects.exclude(stage="done").exists()
    print(json.dumps({"seconds": seconds}))


def _count() -> None:
    from django.db.models import Count

    from dateline.subscriptions.models import Delivery

    rows = Delivery.objects.order_by().values_list("state").annotate(n=Count("pk"))
    print(json.dumps(dict(rows)))


def main(step: str, *more: str) -> None:
    from dateline.config.commands.common import open_house

    open_house(Path(os.environ["DATELINE_HOME"]))
    fill = lambda: _fill(int(more[0]), int(more[1]), Path(more[2]))  # noqa: E731
    {"fill": fill, "send": _send, "count": _count}[step]()


if __name__ == "__main__":
    main(*sys.argv[1:])
