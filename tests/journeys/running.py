"""A real newsroom, started as its users start it, on a free port and in a folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.journeys.hand import PATIENCE, Hand

STANDING_CLOCK = Path(__file__).parent / "standing_clock"


@dataclass
class Running:
    """A running newsroom; `log` holds what it printed. `stands_at` is all that its clock says."""

    home: Path
    command: str = "demo"
    settings: dict[str, str] = field(default_factory=dict)
    stands_at: datetime | None = None
    process: "subprocess.Popen[bytes] | None" = None
    url: str = ""
    hand: Hand | None = None

    @property
    def log(self) -> str:
        return (self.home.parent / f"{self.home.name}.log").read_text(errors="replace")

    def start(self) -> "Running":
        port = self.settings.get("port", "0")
        arguments = [self.command, "--home", str(self.home), "--port", port]
        file = (self.home.parent / f"{self.home.name}.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dateline", *arguments],
            stdout=file,
            stderr=file,
            env=environment(self.settings) | self._clock(),
        )
        file.close()
        self._wait()
        return self

    def _clock(self) -> dict[str, str]:
        if self.stands_at is None:
            return {}
        return {"PYTHONPATH": str(STANDING_CLOCK), "STANDS_AT": self.stands_at.isoformat()}

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self.log
            found = re.findall(r"Site +(http://\S+?)/\n", self.log)
            if found:
                self.url = found[-1]
                self.settings["port"] = self.url.rpartition(":")[2]
                try:
                    with urlopen(f"{self.url}/-/ready", timeout=5):
                        return
                except (URLError, OSError):
                    pass
            time.sleep(0.05)
        raise TimeoutError(self.log)

    def await_words(self, path: str, words: str) -> None:
        """Wait until a page holds some words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with urlopen(f"{self.url}{path}", timeout=30) as answer:
                if words in answer.read().decode():
                    return
            time.sleep(0.1)
        raise TimeoutError(f"{path} does not say {words}")

    @property
    def login(self) -> tuple[str, str]:
        name, password = (self.home / "first-login.txt").read_text().split()
        return name, password

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command line in the newsroom's folder, as its users do."""
        return subprocess.run(
            [sys.executable, "-m", "dateline", *arguments, "--home", str(self.home)],
            env=environment(self.settings),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def do(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Do the same while the newsroom runs, without the seconds of a start."""
        if self.hand is None:
            self.hand = Hand(environment(self.settings) | {"DATELINE_HOME": str(self.home)})
        return self.hand.do(arguments)

    def shell(self, code: str) -> str:
        """Run code in the running newsroom's own Django, and return what it printed."""
        done = self.do("manage", "shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill_story(self, number: str | int) -> None:
        self.shell(
            "from dateline.stories.actions import kill_story\n"
            "from dateline.stories.models import Story\n"
            f"kill_story(by=None, story=Story.objects.get(pk={number}), why='a test')"
        )

    def children(self) -> list[int]:
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def stop(self) -> int:
        assert self.process is not None
        if self.hand is not None:
            self.hand.let_go()
            self.hand = None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def environment(settings: dict[str, str]) -> dict[str, str]:
    """Return the tests' environment without their own house, and with these settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {f"DATELINE_{k.upper()}": v for k, v in settings.items() if k != "port"}
