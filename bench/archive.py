"""Bringing in a WordPress export of 100,000 posts (or --stories N), and what follows."""

import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from .many import environment
from .steps import Step, run_step

COUNT = 100_000
MEMORY_LIMIT_MIB, SECOND_LIMIT_MS = 400, 10
SITE, FIRST = "https://kestrel.example", datetime(2004, 1, 1, 6, tzinfo=UTC)
SECTIONS, TOPICS, PEOPLE = 8, 200, 40
HEAD = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    f"<wp:base_blog_url>{SITE}</wp:base_blog_url>\n"
)


@dataclass
class Report:
    """What each step cost, and how many rows there were when all was in, once and twice."""

    count: int
    size_mib: float
    steps: dict[str, Step]
    once: dict[str, int]
    twice: dict[str, int]

    @property
    def met(self) -> bool:
        """Whether all came in once, memory stays bounded, and a post costs 10 ms at the most."""
        first = self.steps["import"]
        each = first.processor / self.count * 1000
        is_quick = first.memory <= MEMORY_LIMIT_MIB and each <= SECOND_LIMIT_MS
        return is_quick and self.once == self.twice and self.once["stories"] == self.count

    def as_dict(self) -> dict:
        steps = {name: vars(step) for name, step in self.steps.items()}
        rows = {"once": self.once, "twice": self.twice}
        return {"met": self.met, "posts": self.count, "steps": steps, "rows": rows}

    def as_table(self) -> str:
        lines = [f"{self.count:,} posts, {self.size_mib:,.0f} MB"]
        for name, once in self.once.items():
            lines.append(f"{once:9,} {name}, {self.twice[name] - once:,} more by the second time")
        lines.append(f"{'':22} {'seconds':>8} {'processor':>10} {'a second':>9} {'MiB':>6}")
        for name, step in self.steps.items():
            rate = self.count / step.seconds
            row = f"{step.seconds:8.0f} {step.processor:10.0f} {rate:9.0f} {step.memory:6.0f}"
            lines.append(f"{name:22} {row}")
        return "\n".join([*lines, "met" if self.met else "MISSED"])


def run(options) -> Report:
    """Write an export, rehearse it, take it in, take it in again, and do all that follows."""
    count = options.stories or COUNT
    with tempfile.TemporaryDirectory(prefix="bench-archive-") as place:
        home, file = Path(place) / "newsroom", Path(place) / "export.xml"
        write(file, count)
        _step(home, "-m", "bench.archive", "edition", str(home))
        words = ("-m", "dateline", "archive", "import", str(file), "--make-sections")
        words = (*words, "--home", str(home))
        steps = {"rehearsal": _step(home, *words, "--dry-run")}
        steps["import"] = _step(home, *words, "--publish")
        once = _rows(home)
        steps["again"] = _step(home, *words, "--publish")
        twice = _rows(home)
        steps["what follows"] = _step(home, "-m", "bench.archive", "follow")
        return Report(count, file.stat().st_size / 2**20, steps, once, twice)


def _rows(home: Path) -> dict[str, int]:
    """Return how many rows of each kind there are."""
    words = [sys.executable, "-m", "bench.archive", "count"]
    said = subprocess.run(words, env=environment(home), check=True, capture_output=True, text=True)
    sys.stderr.write(said.stdout)
    return json.loads(said.stdout)


def _step(home: Path, *words: str) -> Step:
    """Run a command, say what it cost, and return that."""
    step = run_step(home, *words)
    sys.stderr.write(f"{words[-1]}: {vars(step)}\n")
    return step


def write(file: Path, count: int) -> None:
    """Write an export with posts of about 4 KB over 20 years; every fifth links to another."""
    chance = random.Random(count)
    step = timedelta(days=365 * 20) / count
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for number in range(1, count + 1):
            out.write(_post(number, FIRST + step * number, chance))
        out.write("</channel></rss>\n")


def _post(number: int, at: datetime, chance: random.Random) -> str:
    from bench.words import some

    paragraphs = [" ".join(some(chance, 75)).capitalize() + "." for _ in range(8)]
    if number % 5 == 0:
        paragraphs[3] += f' <a href="{SITE}/{chance.randint(1, number)}/">more</a>'
    text = "".join(f"<p>{one}</p>" for one in [f"BRENN - {paragraphs[0]}", *paragraphs[1:]])
    section = chance.randrange(SECTIONS)
    tags = "".join(
        f'<category domain="post_tag" nicename="t{n}">Topic {n}</category>'
        for n in chance.sample(range(TOPICS), 2)
    )
    headline = escape(" ".join(some(chance, 8)).capitalize())
    return (
        f"<item><title>{headline}</title><link>{SITE}/{number}/</link>"
        f"<dc:creator>p{chance.randrange(PEOPLE)}</dc:creator>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="s{section}">Section {section}</category>'
        f"{tags}</item>\n"
    )


def make_edition(home: Path) -> None:
    """Make an edition in a new data folder."""
    from dateline.config.commands.common import open_house

    open_house(home)
    from dateline.topics.actions import save_edition
    from dateline.topics.models import Edition

    given = {"name": "Bench", "agency": "Bench", "language": "en", "is_default": True}
    save_edition(by=None, edition=Edition(code="en", **given))


def count() -> dict[str, int]:
    """Return how many rows an import writes of each kind."""
    from dateline.archive.models import ImportedItem
    from dateline.journal.models import JournalLine
    from dateline.stories.models import OldAddress, Story, Version

    kinds = {
        "stories": Story,
        "versions": Version,
        "old addresses": OldAddress,
        "items taken": ImportedItem,
        "journal lines": JournalLine,
    }
    return {name: model.objects.count() for name, model in kinds.items()}


def follow() -> None:
    """Do what the runner does after an import, one effect after the other."""
    import threading

    from dateline.publishing.effects import EFFECTS
    from dateline.publishing.lane import Lane

    for effect in EFFECTS:
        lane, began, passed = Lane(effect, threading.Event(), 1), time.monotonic(), 0
        while step := lane.catch_up():
            passed += step
        took = time.monotonic() - began
        sys.stderr.write(f"{effect.name:12} {passed:9,} entries in {took:6.0f} s\n")


if __name__ == "__main__":
    if sys.argv[1] == "edition":
        make_edition(Path(sys.argv[2]))
    else:
        import django

        django.setup()
        if sys.argv[1] == "follow":
            follow()
        else:
            print(json.dumps(count()))
