"""Searching 10,000, 200,000 or 1,000,000 stories: common, rare and two words, phrases, typing."""

import json
import random
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .many import cache_folder, environment
from .processes import pinned

COUNT = 200_000
TIMES = 60
SEARCH_LIMIT_MS, INDEX_LIMIT_MS = 50.0, 5.0
COMMON, MIDDLE, RARE = (0, 40), (40, 2_000), (10_000, 35_000)


@dataclass
class Report:
    """The 95th percentile of each row in each round, in milliseconds."""

    count: int
    rounds: dict[str, list[float]]

    def _limit(self, name: str) -> float:
        return INDEX_LIMIT_MS if name.startswith("index") else SEARCH_LIMIT_MS

    @property
    def met(self) -> bool:
        return all(statistics.median(f) <= self._limit(name) for name, f in self.rounds.items())

    def as_dict(self) -> dict:
        return {"met": self.met, "stories": self.count, "p95_ms": self.rounds}

    def as_table(self) -> str:
        lines = [f"{self.count:,} stories; 95th percentile in ms, median (least – most) of rounds"]
        for name, found in self.rounds.items():
            middle = statistics.median(found)
            state = "met" if middle <= self._limit(name) else "MISSED"
            lines.append(f"{name:22} {middle:7.1f} ({min(found):.1f} – {max(found):.1f}) {state}")
        return "\n".join(lines)


def run(options) -> Report:
    """Ask in processes of their own; the index is built before, and kept for the next run."""
    count = options.stories or COUNT
    folder = folder_of(count)
    rounds: dict[str, list[float]] = {}
    for number in range(options.rounds):
        command = [*pinned(0), sys.executable, "-m", "bench.search", str(number)]
        said = subprocess.run(
            command, env=environment(folder), check=True, capture_output=True, text=True
        )
        for name, figure in json.loads(said.stdout.strip().splitlines()[-1]).items():
            rounds.setdefault(name, []).append(figure)
    return Report(count, rounds)


def folder_of(count: int) -> Path:
    """Return the data folder with this many stories in the index, made if it is not there."""
    folder = cache_folder(f"search-3-{count}")
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        sys.stderr.write(f"making and indexing {count:,} stories ...\n")
        command = [sys.executable, "-m", "bench.search", "fill", str(folder), str(count)]
        subprocess.run(command, check=True, env=environment(folder))
    return folder


def make(folder: Path, count: int) -> None:
    """Fill a new data folder and build its index."""
    from dateline.config.commands.common import open_house

    open_house(folder)
    from bench.fill import fill
    from dateline.search.actions import rebuild_index

    fill(count, random.Random(count), only_stories=True)
    began = time.monotonic()
    for progress in rebuild_index():
        sys.stderr.write(f"\r{progress.done:,} in the index")
    sys.stderr.write(f" after {time.monotonic() - began:.0f} s\n")
    (folder / "complete").touch()


def ask(seed: int) -> dict[str, float]:
    """Time each row once warm, and return the 95th percentiles."""
    from bench.words import VOCABULARY
    from dateline.common import clock
    from dateline.search.actions import index_story
    from dateline.search.queries import Question, search_stories, stories_found, suggestions
    from dateline.stories.models import Story
    from dateline.topics.models import Edition

    edition, chance = Edition.objects.get(), random.Random(seed)
    last = Story.objects.order_by("-pk").values_list("pk", flat=True).first()

    def word(ranks: tuple[int, int]) -> str:
        return VOCABULARY[chance.randrange(*ranks)]

    def page(text: str, **more) -> None:
        now = clock.now()
        found = search_stories(Question(edition=edition, text=text, now=now, **more))
        stories_found(found, now)

    rows = {
        "common word": lambda: page(word(COMMON)),
        "rare word": lambda: page(word(RARE)),
        "two common words": lambda: page(f"{word(COMMON)} {word(COMMON)}"),
        "common and rare": lambda: page(f"{word(COMMON)} {word(RARE)}"),
        "two middling words": lambda: page(f"{word(MIDDLE)} {word(MIDDLE)}"),
        "phrase": lambda: page(f'"{word(COMMON)} {word(MIDDLE)}"'),
        "common word, a kind": lambda: page(word(COMMON), kind="offbeat"),
        "newest first": lambda: page(word(COMMON), sort="newest"),
        "typing": lambda: suggestions(
            Question(edition=edition, text=word(MIDDLE)[: chance.randint(2, 4)], now=clock.now())
        ),
        "index update": lambda: index_story(number=chance.randint(1, last)),
    }
    return {name: _p95(row) for name, row in rows.items()}


def _p95(row) -> float:
    row()
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        row()
        found.append(time.perf_counter() - began)
    return round(sorted(found)[int(TIMES * 0.95)] * 1000, 2)


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        import django

        django.setup()
        print(json.dumps(ask(int(sys.argv[1]))))
