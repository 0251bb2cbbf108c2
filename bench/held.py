"""20,000 open streams, held while news goes out, with a restart of the server in the middle."""

import os
import signal
import statistics
import time
from dataclasses import dataclass

from .readers import Heard, allow_files, readers
from .stream import hall

CONNECTIONS, MINUTES, EVERY, PATIENCE = 20_000, 2.0, 2.0, 30.0
MOST_SECONDS = 20.0


@dataclass
class Report:
    """How long after the restart all were back, and had all that was published meanwhile."""

    count: int
    minutes: float
    published: int
    back: float
    caught_up: float
    late_ms: float
    wrong: tuple[int, int, int]

    @property
    def met(self) -> bool:
        return not any(self.wrong) and max(self.back, self.caught_up) <= MOST_SECONDS

    def as_dict(self) -> dict:
        return {
            "met": self.met,
            "connections": self.count,
            "minutes": self.minutes,
            "stories": self.published,
            "all_back_s": round(self.back, 1),
            "all_caught_up_s": round(self.caught_up, 1),
            "p99_ms": round(self.late_ms, 1),
            "lost_twice_disordered": self.wrong,
        }

    def as_table(self) -> str:
        return (
            f"{self.count:,} streams held for {self.minutes:g} minutes, {self.published} stories,"
            f" a restart in the middle: all back after {self.back:.1f} s, caught up after"
            f" {self.caught_up:.1f} s; p99 of a story otherwise {self.late_ms:.0f} ms; lost, twice,"
            f" out of order: {', '.join(map(str, self.wrong))}: {'met' if self.met else 'MISSED'}"
        )


def run(options) -> Report:
    """Hold the streams, publish all the time, restart the server at half of it."""
    count, minutes = options.connections or CONNECTIONS, options.minutes or MINUTES
    allow_files(count)
    with hall() as (room, publish):
        target = "/-/stream?channels=newsfeed:en"
        with readers(room.port, target, count, "story-published") as held:
            calls: dict[int, float] = {}
            _publish_for(minutes * 30, publish, calls)
            restart = time.monotonic()
            os.kill(room.server, signal.SIGTERM)
            _publish_for(minutes * 30, publish, calls)
            time.sleep(min(PATIENCE, minutes * 30))
            heard = held.heard()
    return _report(count, minutes, (calls, restart), heard)


def _publish_for(seconds: float, publish, calls: dict[int, float]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number = len(calls) + 1
        calls[number] = publish("story", number)["began"]
        time.sleep(EVERY)


def _report(count: int, minutes: float, moments, heard: Heard) -> Report:
    calls, restart = moments
    back = [max(opened) for opened in heard.opened.values()]
    is_back = all(at > restart for at in back)
    end = max(back)
    missed = [n for n, at in calls.items() if restart - 1 <= at <= end]
    arrived = [at[0] for n in missed for at in heard.arrived.get(n, {}).values()]
    usual = [n for n, at in calls.items() if at < restart - 2]
    late = [heard.lateness(n, calls[n]) for n in usual]
    return Report(
        count,
        minutes,
        len(calls),
        back=end - restart if is_back else float("inf"),
        caught_up=max(arrived, default=restart) - restart,
        late_ms=statistics.median(one[int(len(one) * 0.99)] for one in late if one),
        wrong=(heard.lost(calls), heard.twice(), heard.disorder),
    )
