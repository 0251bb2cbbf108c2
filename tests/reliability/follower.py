"""A reader's stream that comes back with the last id it saw, as a browser does."""

import json
import threading
import time
from urllib.request import Request, urlopen


class Follower(threading.Thread):
    """Collects the stories a channel announces, through every lost connection."""

    def __init__(self, url: str, after: int) -> None:
        super().__init__(daemon=True)
        self.url, self.last = url, after
        self.published: list[int] = []
        self.ids: list[int] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._follow()
            except OSError:
                time.sleep(0.05)

    def _follow(self) -> None:
        address = f"{self.url}/-/stream?channels=newsfeed:en&after={self.last}"
        request = Request(address, headers={"Last-Event-ID": str(self.last)})
        event = ""
        with urlopen(request, timeout=5) as answer:
            for raw in answer:
                line = raw.decode().rstrip("\n")
                if line.startswith("id: "):
                    self.last = int(line[4:])
                elif line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: ") and event == "story-published":
                    self.published.append(json.loads(line[6:])["story"])
                    self.ids.append(self.last)
                elif not line:
                    event = ""
                if self.stopping.is_set():
                    return
