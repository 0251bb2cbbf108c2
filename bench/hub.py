"""From a story's commit to 1,000 subscribers of a section's feed, by our own WebSub hub.

The newsroom runs with all its processes; each delivery is signed, and its signature checked.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .followers import step
from .hub_sink import host_of, secret_of
from .newsroom import await_rest, newsroom
from .readers import publishing

SUBSCRIBERS, STORIES, PATIENCE = 1000, 5, 120.0
MOST_P99 = 10.0
_SETTINGS = 'networks_inside = ["127.0.0.0/8"]\nsample_pictures = false\n'


@dataclass
class Report:
    """What was measured.

    Units: seconds from a commit to a delivery; of the first story apart, since until then the hub
        knows none of those it tells and gives strangers few lines.
    """

    subscribers: int
    stories: int
    first_p50: float
    first_p99: float
    p50: float
    p99: float
    lost: int
    wrongly_signed: int

    @property
    def met(self) -> bool:
        return max(self.p99, self.first_p99) <= MOST_P99 and not self.lost + self.wrongly_signed

    def as_dict(self) -> dict:
        return {"met": self.met, **asdict(self)}

    def as_table(self) -> str:
        return "\n".join(f"{name:20} {value}" for name, value in self.as_dict().items())


def run(options) -> Report:
    """Publish one story after the other; `--connections` makes subscribers fewer."""
    count = options.connections or SUBSCRIBERS
    with tempfile.TemporaryDirectory(prefix="bench-hub-") as place:
        taken = Path(place) / "taken"
        with _sink(taken) as port, newsroom(settings=_SETTINGS) as room:
            here = room.environment | {"DATELINE_BASE_URL": room.url}
            step("bench.hub", here, "fill", count, port)
            await_rest(room.pid)
            with publishing(room.environment) as publisher:
                waits = [
                    _told(publisher("story", n)["committed"], n, taken, count)
                    for n in range(STORIES)
                ]
        lines = [line.split() for line in taken.read_text().splitlines()]
    later = sorted(seconds for waited in waits[1:] for seconds in waited)
    first = sorted(waits[0])
    return Report(
        subscribers=count,
        stories=STORIES,
        first_p50=_part(first, 0.5),
        first_p99=_part(first, 0.99),
        p50=_part(later, 0.5),
        p99=_part(later, 0.99),
        lost=count * STORIES - len(first) - len(later),
        wrongly_signed=sum(is_right == "0" for *_, is_right in lines),
    )


@contextmanager
def _sink(taken: Path):
    taken.touch()
    words = [sys.executable, "-m", "bench.hub_sink", str(taken)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as sink:
        yield int(sink.stdout.readline())
        sink.terminate()


def _told(committed: float, story: int, taken: Path, count: int) -> list[float]:
    """Wait until everybody has a story, or patience ends; return after how long each had it."""
    until = time.monotonic() + PATIENCE
    while True:
        lines = [line.split() for line in taken.read_text().splitlines()]
        came = [float(at) for _, number, at, _ in lines if int(number) == story]
        if len(came) == count or time.monotonic() > until:
            return [at - committed for at in came]
        time.sleep(0.2)


def _part(ordered: list[float], part: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))], 2) if ordered else 0.0


def _fill(count: int, port: int) -> None:
    """Have so many be told of a section's feed, as if each had been asked back."""
    from datetime import timedelta

    from django.conf import settings

    from dateline.common.turns import site_of
    from dateline.publishing.hub import feed_now
    from dateline.topics.models import Section
    from dateline.wire.actions import confirm_request
    from dateline.wire.models import HubRequest

    topic = f"{settings.DATELINE.base_url}{Section.objects.first().address}feed.xml"
    feed = feed_now(topic)
    for number in range(count):
        callback = f"http://{host_of(number)}:{port}/{number}"
        request = HubRequest.objects.create(
            mode="subscribe",
            topic=topic,
            callback=callback,
            site=site_of(callback),
            secret=secret_of(number),
            lease=timedelta(days=1),
        )
        confirm_request(by=None, request=request, digest=feed.digest, keys=feed.keys)


def main(name: str, count: str, port: str) -> None:
    from dateline.config.commands.common import open_house

    open_house(Path(os.environ["DATELINE_HOME"]))
    {"fill": _fill}[name](int(count), int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
