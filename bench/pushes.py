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

from .followers import check_done, gather, ledger, post_named, send_out, step
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
        states = json.loads(_step(env, "count").splitlines()[-1])
    is_exact = len(got) == count == sum(got.values()) and states == {"sent": count}
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


def _step(env: dict[str, str], name: str, *more: object) -> str:
    return step("bench.pushes", env, name, *more)


def _fill(count: int, port: int, keys: Path) -> None:
    """Make a newsroom with one story and so many browsers that follow its topic."""
    from cryptography.hazmat.primitives.asymmetric import ec

    from dateline.standards.base64url import to_base64url
    from dateline.standards.push.sealing import CURVE
    from dateline.subscriptions.models import Endpoint, Subscriber
    from tests.factories import a_newsroom
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
    ends = [
        Endpoint(
            subscriber=who,
            address=f"http://127.0.0.1:{port}/push/{n}",
            mark=f"m{n}",
            p256dh=told[n % len(told)][0],
            auth=told[n % len(told)][1],
        )
        for n, who in enumerate(gather(room, rows, "push"))
    ]
    Endpoint.objects.bulk_create(ends, batch_size=500)
    send_out(room)


def _let_it_be_noon(edition) -> None:
    """Move an edition to where it is noon now: at night notifications wait for the morning."""
    from dateline.common import clock

    edition.timezone = f"Etc/GMT{clock.now().hour - 12:+d}"
    edition.save()


def _send() -> None:
    """Work at the post until all is settled, as the runner's thread does."""
    from dateline.common.memory import collect_seldom

    collect_seldom()
    post = post_named("post-push")
    began = time.monotonic()
    while post.work():
        pass
    seconds = round(time.monotonic() - began, 2)
    check_done()
    print(json.dumps({"seconds": seconds}))


def main(name: str, *more: str) -> None:
    from dateline.config.commands.common import open_house

    open_house(Path(os.environ["DATELINE_HOME"]))
    {
        "fill": lambda: _fill(int(more[0]), int(more[1]), Path(more[2])),
        "send": _send,
        "count": lambda: print(json.dumps(ledger())),
    }[name]()


if __name__ == "__main__":
    main(*sys.argv[1:])
