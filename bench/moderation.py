"""Judging messages of 40, 300 and 2,000 letters in three languages, the model included."""

import statistics
import time
from dataclasses import dataclass

from dateline.moderation import Draft, Facts, House, judge
from dateline.moderation.model.examples import LANGUAGES, seeds
from dateline.moderation.model.training import train

LIMIT_MS = 3.0
LENGTHS = (40, 300, 2000)
TIMES = 200


@dataclass
class Report:
    """The 99th percentile of each row in each round, in milliseconds."""

    rounds: dict[str, list[float]]

    @property
    def met(self) -> bool:
        return all(statistics.median(found) <= LIMIT_MS for found in self.rounds.values())

    def as_dict(self) -> dict:
        return {"met": self.met, "limit_ms": LIMIT_MS, "p99_ms": self.rounds}

    def as_table(self) -> str:
        lines = ["99th percentile in ms, median (least – most) of rounds"]
        for name, found in self.rounds.items():
            middle = statistics.median(found)
            state = "met" if middle <= LIMIT_MS else "MISSED"
            lines.append(f"{name:22} {middle:7.2f} ({min(found):.2f} – {max(found):.2f}) {state}")
        return "\n".join(lines)


def run(options) -> Report:
    """Judge the seed lines, put together to texts of each length; no text comes twice."""
    house = House(models={language: train(language) for language in LANGUAGES})
    rounds: dict[str, list[float]] = {}
    for number in range(options.rounds):
        for language in LANGUAGES:
            for length in LENGTHS:
                name = f"judge {language} {length}"
                rounds.setdefault(name, []).append(_p99(house, language, length, number))
    return Report(rounds)


def _p99(house: House, language: str, length: int, salt: int) -> float:
    lines = [seed.plain for seed in seeds(language)]
    spent = []
    for at in range(TIMES):
        words = " ".join(lines[(at * 7 + salt + step) % len(lines)] for step in range(60))
        draft = Draft(f"{words[at : at + length]} {salt}{at}", language)
        began = time.perf_counter()
        judge(draft, Facts(accepted=50), house)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(spent, n=100)[98]
