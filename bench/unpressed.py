"""Story pages that are not pressed: each asked for once, rendered and pressed, on one core."""

import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from .growth import LARGE, SMALL
from .many import folder_of
from .newsroom import newsroom
from .processes import LOAD_CORE

LEAST_PER_SECOND, PAGES, CLIENTS = 150, 1500, 4


@dataclass
class Report:
    """Pages a second of each round at both sizes."""

    rounds: dict[int, list[float]]

    @property
    def met(self) -> bool:
        return all(statistics.median(found) >= LEAST_PER_SECOND for found in self.rounds.values())

    def as_dict(self) -> dict:
        return {"met": self.met, "rounds": self.rounds}

    def as_table(self) -> str:
        parts = [
            f"{count:,} stories: {statistics.median(found):.0f}/s"
            f" ({min(found):.0f} – {max(found):.0f})"
            for count, found in self.rounds.items()
        ]
        return f"unpressed story pages on one core; {'; '.join(parts)}: " + (
            "met" if self.met else "MISSED"
        )


def run(options) -> Report:
    """Ask for stories nobody asked for yet, both sizes in turn, from the other core."""
    if len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[LOAD_CORE]})
    rounds: dict[int, list[float]] = {SMALL: [], LARGE: []}
    with tempfile.TemporaryDirectory(prefix="bench-unpressed-") as place:
        for count in rounds:
            shutil.copytree(folder_of(count), Path(place) / str(count))
        for number in range(options.rounds):
            for count, found in rounds.items():
                found.append(_round(Path(place) / str(count), count, number))
    return Report(rounds)


def _round(folder: Path, count: int, number: int) -> float:
    pages = _addresses(folder, count, number)
    with newsroom(folder, core=0, command="run") as running:
        _ask(running.port, pages[:100])
        share = [pages[100 + n :: CLIENTS] for n in range(CLIENTS)]
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda part: _ask(running.port, part), share))
        return (len(pages) - 100) / (time.monotonic() - began)


def _addresses(folder: Path, count: int, number: int) -> list[str]:
    first = (number * 7919) % max(1, count - PAGES)
    with sqlite3.connect(folder / "dateline.sqlite3") as database:
        rows = database.execute(
            "SELECT id, slug, strftime('%Y%m%d', published_at) FROM stories_story"
            " WHERE id > ? ORDER BY id LIMIT ?",
            (first, PAGES),
        ).fetchall()
    return [f"/{day}/{slug}-{number}.html" for number, slug, day in rows]


def _ask(port: int, addresses: list[str]) -> None:
    line = HTTPConnection("localhost", port, timeout=30)
    for address in addresses:
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address} answers {answer.status}")
    line.close()
