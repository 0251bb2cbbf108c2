"""A list of 100,000 subscribers (or --connections N): rehearsed, taken in, and taken in again."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .many import environment
from .steps import Step, run_step

COUNT, FEW = 100_000, 500
MOST_GROWTH_MIB, MOST_MS = 40.0, 1.0
"""What grows, and ends: 8 MiB of SQLite's cache, and what the press remembers of 65,536 keys."""
FIRST = datetime(2019, 1, 1, 6, tzinfo=UTC)
HEAD = "email,subscribed_to_emails,complimentary_plan,labels,created_at,deleted_at\n"
FOLLOW = ("--follow", "front:en", "--follow", "breaking:en")


@dataclass
class Report:
    """What each step cost, and how many rows there were when all was in, once and twice."""

    count: int
    steps: dict[str, Step]
    once: dict[str, int]
    twice: dict[str, int]

    @property
    def met(self) -> bool:
        """Whether all came in once, a line costs 1 ms of the processor, memory stays."""
        least = self.steps["rehearsal of 500"].memory
        is_flat = all(one.memory - least <= MOST_GROWTH_MIB for one in self.steps.values())
        is_quick = self.steps["import"].processor / self.count * 1000 <= MOST_MS
        is_once = self.once == self.twice and self.once["subscribers"] == self.count
        return is_flat and is_quick and is_once

    def as_dict(self) -> dict:
        steps = {name: vars(step) for name, step in self.steps.items()}
        return {"met": self.met, "lines": self.count, "steps": steps, "rows": self.once}

    def as_table(self) -> str:
        rows = ", ".join(f"{number:,} {name}" for name, number in self.once.items())
        lines = [f"{self.count:,} lines; {rows}"]
        lines.append(f"{'':16} {'seconds':>8} {'processor':>10} {'MiB':>6}")
        for name, step in self.steps.items():
            row = f"{step.seconds:8.1f} {step.processor:10.1f} {step.memory:6.0f}"
            lines.append(f"{name:16} {row}")
        return "\n".join([*lines, "met" if self.met else "MISSED"])


def run(options) -> Report:
    """Write a list, rehearse a little of it and all of it, take it in, and take it in again."""
    count = options.connections or COUNT
    with tempfile.TemporaryDirectory(prefix="bench-lists-") as place:
        home, few, file = (Path(place) / name for name in ("newsroom", "few.csv", "list.csv"))
        few.write_text(HEAD + "".join(_lines(FEW)))
        with file.open("w") as out:
            out.write(HEAD)
            out.writelines(_lines(count))
        _step(home, "-m", "bench.archive", "edition", str(home))
        words = ("-m", "dateline", "subscribers", "import", *FOLLOW, "--home", str(home))
        steps = {"rehearsal of 500": _step(home, *words, str(few), "--dry-run")}
        steps["rehearsal"] = _step(home, *words, str(file), "--dry-run")
        steps["import"] = _step(home, *words, str(file))
        once = _rows(home)
        steps["again"] = _step(home, *words, str(file))
        return Report(count, steps, once, _rows(home))


def _step(home: Path, *words: str) -> Step:
    return run_step(home, *words, measure=_mib)


def _mib(pid: int) -> float:
    """Return the memory of a process without the files it has mapped; 0 when it has ended."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


def _lines(count: int) -> Iterator[str]:
    """Yield lines as Ghost writes them: of ten one has left."""
    for number in range(count):
        at = FIRST + timedelta(minutes=number)
        left = f"{at + timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}" if number % 10 == 0 else ""
        stands = "false" if left else "true"
        yield f"reader{number}@reader.example,{stands},false,,{at:%Y-%m-%dT%H:%M:%SZ},{left}\n"


def _rows(home: Path) -> dict[str, int]:
    words = [sys.executable, "-m", "bench.lists"]
    said = subprocess.run(words, env=environment(home), check=True, capture_output=True, text=True)
    return json.loads(said.stdout)


def count_rows() -> dict[str, int]:
    """Return how many rows an import writes of each kind."""
    from dateline.journal.models import JournalLine
    from dateline.subscriptions.models import Consent, Subscriber, Subscription

    kinds = {
        "subscribers": Subscriber,
        "choices": Subscription,
        "consents": Consent,
        "journal lines": JournalLine,
    }
    return {name: model.objects.count() for name, model in kinds.items()}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(count_rows()))
