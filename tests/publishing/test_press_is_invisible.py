"""After any sequence of desk actions each kept page equals a fresh render and leaks nothing."""

import gc
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, run_state_machine_as_test

from dateline.common import clock
from dateline.reader import fronts, lists, newsfeed
from dateline.stories.models import Story
from dateline.topics.models import Section, Storyline, Topic
from tests.house import examples
from tests.publishing.random_desk import RandomDesk
from tests.publishing.random_live import RandomLive
from tests.publishing.readers_press import ReadersPress, forget_rings

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the files of renditions to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
HEALTH = list(HealthCheck)
BASE = settings(deadline=None, print_blob=False, suppress_health_check=HEALTH)


class InvisiblePress(RandomLive, RandomDesk):
    """Each example is a newsroom of its own, in a transaction that is undone at its end."""

    @initialize()
    def open(self):
        self.clock = time_machine.travel(datetime(2026, 11, 24, 20, 0, tzinfo=UTC), tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.home, self.usual = Path(tempfile.mkdtemp()), django_settings.DATELINE_HOME
        django_settings.DATELINE_HOME = self.home
        self.press = ReadersPress(self.home)
        self.furnish()
        self.after()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        connection.run_on_commit = []
        self.clock.stop()
        django_settings.DATELINE_HOME = self.usual
        forget_rings()
        shutil.rmtree(self.home)
        gc.collect()

    def pass_time(self, length):
        self.traveller.shift(length)

    def after(self, *, told=True):
        self.press.follow(told=told)
        assert self.press.differing() == {}
        self.press.press(self.addresses())
        self.check_marks()
        self.check_stories()
        self.pass_time(timedelta(milliseconds=1))

    def addresses(self):
        yield from ("/", "/lite/", "/-/now")
        for section in Section.objects.select_related("edition"):
            yield section.address
            yield f"{section.address}?kind=feature"
        yield from ("/topics/", "/storylines/", "/feed.atom", "/people/ilse-marek/")
        yield "/kinds/feature/feed.json"
        yield from self.archives()
        yield from ("/newsfeed/", "/newsfeed/?section=world&topic=vell", "/newsfeed/?kind=feature")
        yield "/newsfeed/index.json"
        for storyline in Storyline.objects.select_related("edition"):
            here = storyline.address
            yield from (here, f"{here}?order=oldest", f"{here}feed.xml")
        for topic in Topic.objects.select_related("edition"):
            yield from (topic.address, f"{topic.address}feed.xml")
        shown = Story.objects.filter(published_at__isnull=False).select_related("edition")
        yield from (story.address for story in shown)
        yield from self.live_addresses()

    def archives(self):
        today = clock.now()
        spans = ["", f"{today:%Y}/", f"{today:%Y/%m}/", f"{today:%Y/%m/%d}/", "2026/11/24/"]
        inner = Section.objects.select_related("edition").get(pk=self.inner.pk)
        for place in ("/", "/topics/vell/", inner.address):
            yield from (f"{place}archive/{span}" for span in spans)
        yield from (
            f"/sitemaps/en/{name}.xml" for name in ("2026-11", "news", "sections", "storylines")
        )
        yield "/sitemap.xml"

    def check_marks(self):
        now = clock.now()
        allowed = {known.live for known in self.stories if known.is_seen(now)}
        leaks = {at: marks - allowed for at, marks in self.press.marks().items()}
        assert {at: marks for at, marks in leaks.items() if marks} == {}

    def check_stories(self):
        now = clock.now()
        for known in self.stories:
            answer = self.press.client.get(f"/20261124/x-{known.number}.html")
            seen = known.is_seen(now)
            assert (answer.status_code == 301) is seen, known


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    monkeypatch.setattr(fronts, "PER_PAGE", 2)
    for name in ("PER_PAGE", "FEED_LINES", "FIRST_ROWS", "MORE_ROWS"):
        monkeypatch.setattr(newsfeed, name, 2)


def test_kept_pages_equal_fresh_ones(short_pages):
    run_state_machine_as_test(
        InvisiblePress, settings=settings(BASE, max_examples=10, stateful_step_count=16)
    )


@pytest.mark.slow
def test_kept_pages_equal_fresh_ones_after_long_days(short_pages):
    run_state_machine_as_test(
        InvisiblePress,
        settings=settings(BASE, max_examples=examples(4, seeking=30), stateful_step_count=20),
    )
