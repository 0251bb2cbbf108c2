"""Publishing and finding a story at 10,000 and at 200,000 stories, in turn."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .many import environment, folder_of
from .processes import pinned

SMALL, LARGE, MOST_GROWTH = 10_000, 200_000, 1.3
LIMITS_MS = {"publish_ms": 40, "edit_ms": 40, "address_ms": 1.0, "story_ms": None}
TIMES = 40


@dataclass
class Report:
    """Median milliseconds of each round at both sizes."""

    rounds: dict[str, list[tuple[float, float]]]

    def _row(self, name: str) -> dict:
        pairs = self.rounds[name]
        small, large = (statistics.median(side) for side in zip(*pairs, strict=True))
        growth = statistics.median(b / a for a, b in pairs)
        limit = LIMITS_MS[name]
        met = growth <= MOST_GROWTH and (limit is None or large <= limit)
        return {"small_ms": small, "large_ms": large, "growth": round(growth, 2), "met": met}

    @property
    def met(self) -> bool:
        return all(self._row(name)["met"] for name in self.rounds)

    def as_dict(self) -> dict:
        return {"met": self.met, "rows": {name: self._row(name) for name in self.rounds}}

    def as_table(self) -> str:
        lines = [f"{'':12} {SMALL:>9,} {LARGE:>9,}  growth (ms, median of rounds)"]
        for name in self.rounds:
            row = self._row(name)
            state = "met" if row["met"] else "MISSED"
            sizes = f"{row['small_ms']:9.2f} {row['large_ms']:9.2f}"
            lines.append(f"{name:12} {sizes} {row['growth']:7.2f} {state}")
        return "\n".join(lines)


def run(options) -> Report:
    """Time both sizes in turn, each in a process and on a copy of its own."""
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in LIMITS_MS}
    with tempfile.TemporaryDirectory(prefix="bench-growth-") as place:
        folders = [_copy(folder_of(count), Path(place) / str(count)) for count in (SMALL, LARGE)]
        for _ in range(options.rounds):
            both = [_times(folder) for folder in folders]
            for name in rounds:
                rounds[name].append((both[0][name], both[1][name]))
    return Report(rounds)


def _copy(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def _times(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    for what in ("publish", "address"):
        command = [*pinned(0), sys.executable, "-m", "bench.inside", what, str(TIMES)]
        said = subprocess.run(
            command, env=environment(folder), check=True, capture_output=True, text=True
        )
        found |= json.loads(said.stdout.strip().splitlines()[-1])
    return found
