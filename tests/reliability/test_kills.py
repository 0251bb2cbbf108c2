"""Server, runner, both and the publisher are killed again and again while 200 stories go out."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from urllib.request import urlopen

import pytest

from tests.journeys.running import Running, environment
from tests.reliability.follower import Follower

STORIES = 200
PUBLISHER_KILLS = 2
PATIENCE = 240.0


@pytest.fixture
def newsroom(tmp_path):
    running = Running(tmp_path / "newsroom", settings={"sample_pictures": "no"}).start()
    yield running
    running.stop()


class Publisher:
    """The publisher process; started again where it was killed, until all stories are out."""

    def __init__(self, newsroom, path):
        self.newsroom, self.path = newsroom, path
        path.touch()
        self.start()

    @property
    def acknowledged(self):
        return [int(line) for line in self.path.read_text().split()]

    def start(self):
        left = STORIES - len(self.acknowledged)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.publisher", str(left), str(self.path)],
            env=environment({"home": str(self.newsroom.home)}),
        )

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.start()

    @property
    def is_done(self):
        return self.process.poll() is not None and len(self.acknowledged) >= STORIES


def head_of(home):
    with sqlite3.connect(home / "dateline.sqlite3") as database:
        return database.execute("SELECT max(seq) FROM journal_journalline").fetchone()[0]


@pytest.mark.slow
def test_what_was_acknowledged_survives_every_kill_and_is_told_once(newsroom, tmp_path):
    chance = random.Random(20261124)
    follower = Follower(newsroom.url, head_of(newsroom.home))
    follower.start()
    publisher = Publisher(newsroom, tmp_path / "acknowledged")
    kills = publisher_kills = 0
    end = time.monotonic() + PATIENCE
    while not publisher.is_done and time.monotonic() < end:
        time.sleep(chance.uniform(0.2, 0.6))
        children = newsroom.children()
        for child in chance.sample(children, chance.randint(1, len(children))) if children else []:
            os.kill(child, signal.SIGKILL)
            kills += 1
        done = len(publisher.acknowledged)
        if publisher_kills < PUBLISHER_KILLS and done > (publisher_kills + 1) * STORIES / 4:
            publisher_kills += 1
            publisher.kill()
    assert publisher.is_done, newsroom.log
    assert kills >= 10
    _everything_is_there(newsroom, publisher.acknowledged, follower)


def _everything_is_there(newsroom, acknowledged, follower):
    newest = head_of(newsroom.home)
    end = time.monotonic() + 30
    while follower.last < newest and time.monotonic() < end:
        time.sleep(0.1)
    follower.stopping.set()
    with sqlite3.connect(newsroom.home / "dateline.sqlite3") as database:
        live = [row[0] for row in database.execute("SELECT id FROM stories_story WHERE live")]
    assert set(acknowledged) <= set(live)
    told = Counter(follower.published)
    assert [number for number in acknowledged if told[number] != 1] == []
    assert max(told.values()) == 1
    assert follower.ids == sorted(follower.ids)
    time.sleep(2)
    with urlopen(f"{newsroom.url}/", timeout=20) as answer:
        front = answer.read().decode()
    assert f'data-story="{acknowledged[-1]}"' in front
    verified = newsroom.run("press", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
