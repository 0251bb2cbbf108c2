"""From the command to the first page of a new demo, and the memory of all processes when idle."""

import statistics
import time
from dataclasses import dataclass

from .newsroom import await_rest, memory_mib, newsroom

MOST_SECONDS, MOST_MIB = 3.0, 250.0


@dataclass
class Report:
    """Seconds and MiB of each round."""

    seconds: list[float]
    mib: list[float]

    @property
    def met(self) -> bool:
        quick = statistics.median(self.seconds) <= MOST_SECONDS
        return quick and statistics.median(self.mib) <= MOST_MIB

    def as_dict(self) -> dict:
        return {"met": self.met, "seconds": self.seconds, "mib": self.mib}

    def as_table(self) -> str:
        seconds, mib = statistics.median(self.seconds), statistics.median(self.mib)
        return (
            f"first page of a new demo: {seconds:.2f} s ({min(self.seconds):.2f} – "
            f"{max(self.seconds):.2f}); all processes idle: {mib:.0f} MiB: "
            f"{'met' if self.met else 'MISSED'}"
        )


def run(options) -> Report:
    """Start a new demo in each round; the last is weighed once its pictures are drawn."""
    seconds, mib = [], []
    for number in range(options.rounds):
        with newsroom() as running:
            seconds.append(round(time.monotonic() - running.began, 2))
            if number == options.rounds - 1:
                await_rest(running.pid)
                mib.append(round(memory_mib([running.pid, *running.children()]), 1))
    return Report(seconds, mib)
