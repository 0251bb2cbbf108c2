"""Every sort of reader's page, rendered at 10,000 and at many stories: the cost of growth."""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .many import environment
from .processes import pinned

SMALL, LARGE = 10_000, 1_000_000
TIMES, MOST_GROWTH = 15, 1.3
SLACK_MS = 1.0
"""What a short page may differ by: what it happens to show is longer or shorter."""


@dataclass
class Report:
    """The median milliseconds of each page in each round, at both sizes."""

    large: int
    rounds: dict[str, list[tuple[float, float]]]

    def _row(self, name: str) -> tuple[float, float, float]:
        pairs = self.rounds[name]
        small, large = (statistics.median(side) for side in zip(*pairs, strict=True))
        return small, large, statistics.median(b / a for a, b in pairs)

    def _is_met(self, name: str) -> bool:
        small, large, growth = self._row(name)
        return growth <= MOST_GROWTH or large - small <= SLACK_MS

    @property
    def met(self) -> bool:
        return all(map(self._is_met, self.rounds))

    def as_dict(self) -> dict:
        return {"met": self.met, "stories": self.large, "ms": self.rounds}

    def as_table(self) -> str:
        lines = [f"{'':22} {SMALL:>9,} {self.large:>10,}  growth (ms, median of rounds)"]
        for name in self.rounds:
            small, large, growth = self._row(name)
            state = "met" if self._is_met(name) else "MISSED"
            lines.append(f"{name:22} {small:9.2f} {large:10.2f} {growth:7.2f} {state}")
        return "\n".join(lines)


def run(options) -> Report:
    """Render at both sizes in turn, in processes of their own."""
    large = options.stories or LARGE
    folders = [folder_of(SMALL), folder_of(large)]
    rounds: dict[str, list[tuple[float, float]]] = {}
    for number in range(options.rounds):
        both = [_times(folder, number) for folder in folders]
        for name in both[0]:
            rounds.setdefault(name, []).append((both[0][name], both[1][name]))
    return Report(large, rounds)


def folder_of(count: int) -> Path:
    """Return the data folder with this many stories, indexed, made if it is not there."""
    from .search import folder_of as searched

    return searched(count)


def _times(folder: Path, seed: int) -> dict[str, float]:
    command = [*pinned(0), sys.executable, "-m", "bench.pages", str(seed)]
    said = subprocess.run(
        command, env=environment(folder), check=True, capture_output=True, text=True
    )
    return json.loads(said.stdout.strip().splitlines()[-1])


def ask(seed: int) -> dict[str, float]:
    """Render each sort of page, each address once, and return the median milliseconds."""
    from django.test import RequestFactory

    from dateline.config.asgi import OneHopHandler
    from dateline.config.static_files import prepare_static

    prepare_static()
    django, asking = OneHopHandler(), RequestFactory(SERVER_NAME="localhost")
    found: dict[str, list[float]] = {}
    for name, address in _addresses(random.Random(seed)):
        began = time.perf_counter()
        answer = django.get_response(asking.get(address))
        took = time.perf_counter() - began
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        found.setdefault(name, []).append(took)
    return {name: round(statistics.median(took[2:]) * 1000, 3) for name, took in found.items()}


def _addresses(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Return addresses of each sort, as (sort, address); the first two of each warm it up."""
    from bench.many import PEOPLE, SECTIONS, TOPICS
    from bench.words import VOCABULARY
    from dateline.reader.addresses import before_text
    from dateline.stories.models import Story

    last = Story.objects.order_by("-pk").values_list("pk", flat=True).first()
    for _ in range(TIMES + 2):
        story = Story.objects.get(pk=chance.randint(1, last))
        at, section = story.published_at, f"/s{chance.randrange(SECTIONS)}/"
        topic = f"/topics/t{chance.randrange(TOPICS)}/"
        before = f"?before={before_text(at, story.pk)}"
        day = f"{at:%Y/%m/%d}/"
        yield "front", "/"
        yield "front, older", f"/{before}"
        yield "section", section
        yield "section, older", section + before
        yield "section, one kind", f"{section}?kind=offbeat"
        yield "topic", topic
        yield "topic, older", topic + before
        yield "topics", "/topics/"
        yield "story", story.address
        yield "archive", "/archive/"
        yield "archive, a year", f"/archive/{at:%Y}/"
        yield "archive, a month", f"/archive/{at:%Y/%m}/"
        yield "archive, a day", f"/archive/{day}"
        yield "section's day", f"{story.section_address}archive/{day}"
        yield "person", f"/people/p{chance.randrange(PEOPLE)}/"
        yield "feed", "/feed.xml"
        yield "section's feed", f"{section}feed.xml"
        yield "topic's feed", f"{topic}feed.xml"
        yield "sitemap", "/sitemap.xml"
        yield "search, common word", f"/search/?q={VOCABULARY[chance.randrange(40)]}"
        yield "search, rare word", f"/search/?q={VOCABULARY[chance.randrange(10_000, 35_000)]}"


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(ask(int(sys.argv[1]))))
