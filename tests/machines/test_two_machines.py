"""What is published on one machine is heard and read on the other, whatever becomes of Redis."""

import itertools
import re
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.journeys.running import environment
from tests.journeys.staff import take
from tests.reliability.follower import Follower

AT_ONCE, PATIENCE = 0.7, 20.0
_MORE = itertools.count(1)


def page(machine, path="/"):
    with urlopen(f"{machine.url}{path}", timeout=20) as answer:
        return answer.read().decode()


def head(machine):
    return int(re.search(r"\d+", page(machine, "/-/ready"))[0])


class Listening:
    """A reader of one machine while something happens on the other."""

    def __init__(self, machine):
        self.machine = machine
        self.follower = Follower(machine.url, head(machine))
        self.follower.start()
        time.sleep(0.5)

    def hears(self, count=1):
        """Return after how many seconds it has heard of so many stories."""
        began = time.monotonic()
        while len(self.follower.published) < count:
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.01)
        return time.monotonic() - began

    def stop(self):
        self.follower.stopping.set()


def publish_and_look(one, other, tmp_path, words):
    """Publish on one machine while readers of the other look at a front that it has pressed.

    Returns: after how many seconds a reader of the other heard of it.
    """
    assert words not in page(other)
    listening = Listening(other)
    take(one, tmp_path, words)
    seconds = listening.hears()
    front = page(other)
    listening.stop()
    assert words in front
    return seconds


def told_at_once(one, other, tmp_path, words):
    """Publish some words, and more where the machine is slow, until a reader hears at once."""
    stories = itertools.chain([words], (f"Slow today {next(_MORE)}" for _ in range(3)))
    assert any(publish_and_look(one, other, tmp_path, story) <= AT_ONCE for story in stories)


KILL = """
from dateline.stories.actions import kill_story
from dateline.stories.models import Story
kill_story(by=None, story=Story.objects.get(pk={story}), why="a test")
"""


def run_words(machine, words):
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "manage", "shell", "-c", words],
        env=environment(machine.settings) | {"DATELINE_HOME": str(machine.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_over_redis(machines, redis, tmp_path):
    a, b = machines("over_redis", redis_url=redis.url)
    told_at_once(a, b, tmp_path, "Told by one machine to the other")
    told_at_once(b, a, tmp_path, "Told back by the other machine")
    redis.kill()
    publish_and_look(a, b, tmp_path, "Told though Redis is away")
    publish_and_look(a, b, tmp_path, "Told once more though it is away")
    redis.start()
    time.sleep(2.5)
    told_at_once(a, b, tmp_path, "Told by Redis again")
    assert b.log.count("backplane away") == b.log.count("backplane back") == len(b.children())
    for machine in (a, b):
        assert machine.run("press", "verify").returncode == 0


def test_over_postgresql_alone(machines, tmp_path):
    a, b = machines("over_notify")
    told_at_once(a, b, tmp_path, "Told by the database")
    address = re.search(r'href="(/\d{8}/told-by-the-database-\d+\.html)"', page(b))[1]
    story = re.search(r"-(\d+)\.html", address)[1]
    assert "Told by the database" in page(b, address)
    run_words(a, KILL.format(story=story))
    end = time.monotonic() + PATIENCE
    while "Told by the database" in page(b) and time.monotonic() < end:
        time.sleep(0.02)
    assert "Told by the database" not in page(b)
    with pytest.raises(HTTPError) as gone:
        page(b, address)
    gone.value.close()
    assert gone.value.code == 410
    for machine in (a, b):
        assert machine.run("press", "verify").returncode == 0


LATER = """
from datetime import timedelta
from dateline.common import clock
from dateline.stories.actions import Draft, publish_story, set_embargo, write_story
from dateline.topics.models import Section
for n in range({count}):
    fields = {{"section": Section.objects.first(), "headline": f"Held until its second {{n}}"}}
    body = [{{"type": "paragraph", "value": "<p>Some words.</p>"}}]
    story = write_story(by=None, draft=Draft(fields=fields, body=body))
    set_embargo(by=None, story=story, until=clock.now() + timedelta(seconds=4))
    publish_story(by=None, story=story)
"""


def works(machine):
    return machine.log.count("this runner works") > machine.log.count("this runner stands by")


def test_one_runner_works_and_the_other_takes_over(machines, tmp_path):
    b, a = sorted(machines("one_runner"), key=works)
    assert [works(one) for one in (a, b)] == [True, False]
    a.process.kill()  # its children are told to end by the kernel
    end = time.monotonic() + 15
    while not works(b) and time.monotonic() < end:
        time.sleep(0.1)
    assert works(b)
    listening = Listening(b)
    run_words(b, LATER.format(count=2))
    listening.hears(2)
    listening.stop()
    assert len(listening.follower.published) == 2
