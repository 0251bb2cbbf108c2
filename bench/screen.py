"""From a publication to an open newsfeed: 1,000 streams, through the real publish path."""

import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from .newsroom import newsroom

CONNECTIONS, STORIES, MOST_P99_MS = 1000, 20, 300.0


@dataclass
class Report:
    """Milliseconds from the call to publish to the line's arrival, over all streams and stories."""

    took: list[float]
    lost: int
    twice: int

    def _at(self, part: float) -> float:
        return sorted(self.took)[min(len(self.took) - 1, int(len(self.took) * part))]

    @property
    def met(self) -> bool:
        return not self.lost and not self.twice and self._at(0.99) <= MOST_P99_MS

    def as_dict(self) -> dict:
        return {
            "met": self.met,
            "deliveries": len(self.took),
            "median_ms": round(statistics.median(self.took), 1),
            "p99_ms": round(self._at(0.99), 1),
            "max_ms": round(max(self.took), 1),
            "lost": self.lost,
            "twice": self.twice,
        }

    def as_table(self) -> str:
        found = self.as_dict()
        return (
            f"publish to screen, {CONNECTIONS} streams, {STORIES} stories: median"
            f" {found['median_ms']} ms, p99 {found['p99_ms']} ms, max {found['max_ms']} ms;"
            f" lost {found['lost']}, twice {found['twice']}: {'met' if self.met else 'MISSED'}"
        )


def run(options) -> Report:
    """Open the streams, publish from another process, and note when each line arrives."""
    with newsroom() as running:
        streams = [_open(running.port) for _ in range(CONNECTIONS)]
        waiting = selectors.DefaultSelector()
        for number, stream in enumerate(streams):
            waiting.register(stream, selectors.EVENT_READ, number)
        command = [sys.executable, "-m", "bench.publisher", str(STORIES)]
        publisher = subprocess.Popen(
            command, env=running.environment, stdout=subprocess.PIPE, text=True
        )
        arrived = _listen(waiting, publisher)
        began = {one["story"]: one["at"] for one in map(json.loads, publisher.stdout)}
        for stream in streams:
            stream.close()
    return _report(began, arrived)


def _open(port: int) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=10)
    ask = f"GET /-/stream?channels=newsfeed:en HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
    stream.sendall(ask.encode())
    stream.setblocking(False)
    return stream


def _listen(waiting, publisher) -> dict[int, list[dict[int, list[float]]]]:
    """Return, for each stream, when it heard of each story; ends 3 s after the publisher did."""
    heard: dict[int, dict[int, list[float]]] = {n: {} for n in range(CONNECTIONS)}
    left: dict[int, bytes] = {}
    quiet = None
    while quiet is None or time.monotonic() - quiet < 3:
        for key, _ in waiting.select(0.2):
            data = left.pop(key.data, b"") + key.fileobj.recv(65536)
            *blocks, rest = data.split(b"\n\n")
            left[key.data] = rest
            for block in blocks:
                if b"event: story-published" in block:
                    story = json.loads(block.partition(b"data: ")[2])["story"]
                    heard[key.data].setdefault(story, []).append(time.monotonic())
        if quiet is None and publisher.poll() is not None:
            quiet = time.monotonic()
    return heard


def _report(began, heard) -> Report:
    took, lost, twice = [], 0, 0
    for stories in heard.values():
        for story, at in began.items():
            times = stories.get(story, [])
            lost += not times
            twice += len(times) > 1
            took += [(moment - at) * 1000 for moment in times[:1]]
    return Report(took, lost, twice)
