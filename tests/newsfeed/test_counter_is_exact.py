"""The unread counter equals a plain model after anything a desk, a reader and a network can do.

The counter is the browser's own code in a node process; what it is fed are the site's pages, its
index and what the stream announces. The plain model is a list of lines and one number.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dateline.journal.queries import head
from dateline.publishing import announce
from dateline.reader import newsfeed
from dateline.reader.memo import memo
from dateline.stories import actions
from dateline.stories.models import Story
from dateline.topics.actions import save_section, save_topic
from dateline.topics.models import Section, Topic
from tests.factories import a_draft, a_newsroom
from tests.house import examples

pytestmark = pytest.mark.django_db
TABS = Path(__file__).parent / "js" / "tabs.mjs"
LINE = re.compile(r'<li class="feed-line[^>]*data-number[^>]*>')
FACET = re.compile(r'data-(\w+)="([^"]*)"')
which = st.integers(0, 50)
kinds = st.sampled_from(["news", "feature", "analysis"])
languages = st.sampled_from(["", "fr"])


class Browser:
    """The node process; every call returns the state of all tabs."""

    def __init__(self):
        node = shutil.which("node")
        assert node is not None
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([node, TABS], stdin=pipe, stdout=pipe, text=True)

    def __call__(self, do, **given):
        self.process.stdin.write(json.dumps({"do": do, **given}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(5)
        self.process.stdout.close()


@dataclass
class Known:
    """One story of the plain model; `at` is its place in the newsfeed, if it has one."""

    pk: int
    section: int = 0
    kind: str = "news"
    topics: tuple = ()
    language: str = ""
    at: int | None = None
    draft: tuple = ()
    hold: object = None
    killed: bool = False
    live: bool = False


@dataclass
class Tab:
    """An open page: how far it has heard, and the lines as they were then, while it is offline."""

    heard: int
    online: bool = True
    lines: list = field(default_factory=list)
    answer: dict | None = None


class ExactCounter(RuleBasedStateMachine):
    """Each example is a newsroom of its own, in a transaction that is undone at its end."""

    browser: Browser

    @initialize()
    def furnish(self):
        self.clock = time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        memo._values.clear()
        self.room = a_newsroom()
        inner = Section(edition=self.room.edition, parent=self.room.world, name="In", slug="in")
        self.inner = save_section(by=None, section=inner)
        self.sections = [self.room.world, self.room.culture, self.inner]
        second = Topic(edition=self.room.edition, name="Vell", slug="vell")
        self.topics = [self.room.topic, save_topic(by=None, topic=second)]
        memo._values.clear()
        self.client = Client()
        self.stories, self.tabs, self.cursor, self.opened = [], {}, None, 0
        self.chosen = {}
        self.browser("wipe")

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        connection.run_on_commit = []
        memo._values.clear()
        self.clock.stop()

    # --- The desk -----------------------------------------------------------------------------

    def parts(self, section, kind, topics, language):
        mask = tuple(n for n in (0, 1) if topics & (1 << n))
        return (section % 3, kind, mask, language)

    def draft_of(self, parts):
        section, kind, topics, language = parts
        row = Section.objects.get(pk=self.sections[section].pk)
        draft = a_draft(self.room, section=row, kind=kind, language=language)
        object.__setattr__(draft, "topics", [self.topics[n] for n in topics])
        return draft

    @rule(section=which, kind=kinds, topics=st.integers(0, 3), language=languages)
    def publish(self, section, kind, topics, language):
        parts = self.parts(section, kind, topics, language)
        story = actions.write_story(by=None, draft=self.draft_of(parts))
        actions.publish_story(by=None, story=story)
        known = Known(story.pk, live=True)
        self.stories.append(known)
        self.show(known, parts, head())
        self.follow()

    @rule(section=which, kind=kinds)
    def publish_quietly(self, section, kind):
        parts = self.parts(section, kind, 1, "")
        with actions.quietly():
            story = actions.write_story(by=None, draft=self.draft_of(parts))
            actions.publish_story(by=None, story=story)
        self.stories.append(Known(story.pk, live=True))
        self.show(self.stories[-1], parts, None)
        self.follow()

    @precondition(lambda self: self.stories)
    @rule(story=which, section=which, kind=kinds, topics=st.integers(0, 3), language=languages)
    def update(self, story, section, kind, topics, language):
        known = self.stories[story % len(self.stories)]
        if known.killed:
            return
        parts = self.parts(section, kind, topics, language)
        row = Story.objects.get(pk=known.pk)
        draft = actions.write_story(by=None, draft=self.draft_of(parts), story=row)
        was_live, known.live = known.live, True
        actions.publish_story(by=None, story=draft)
        self.show(known, parts, known.at if was_live else None if known.hold else head())
        self.follow()

    @precondition(lambda self: any(known.live for known in self.stories))
    @rule(story=which, way=st.sampled_from(["unpublish", "kill"]))
    def withdraw(self, story, way):
        live = [known for known in self.stories if known.live]
        known = live[story % len(live)]
        row = Story.objects.get(pk=known.pk)
        if way == "kill":
            actions.kill_story(by=None, story=row, why="Wrong.")
            known.killed = True
        else:
            row.unpublish()
        known.live, known.at = False, None
        self.follow()

    @precondition(lambda self: any(not known.hold for known in self.stories))
    @rule(story=which)
    def hold(self, story):
        free = [known for known in self.stories if not known.hold]
        known = free[story % len(free)]
        row = Story.objects.get(pk=known.pk)
        known.hold = actions.hold_story(by=None, story=row, why="Check.")
        known.at = None
        self.follow()

    @precondition(lambda self: any(known.hold for known in self.stories))
    @rule(story=which)
    def lift(self, story):
        held = [known for known in self.stories if known.hold]
        known = held[story % len(held)]
        actions.lift_hold(by=None, hold=known.hold)
        known.hold = None
        if known.live and not known.killed:
            known.at = head()
        self.follow()

    @precondition(lambda self: any(known.killed for known in self.stories))
    @rule(story=which)
    def lift_kill(self, story):
        killed = [known for known in self.stories if known.killed]
        known = killed[story % len(killed)]
        actions.lift_kill(by=None, story=Story.objects.get(pk=known.pk))
        known.killed = False

    def show(self, known, parts, at):
        section, known.kind, topics, known.language = parts
        known.section = self.sections[section].pk
        known.topics = tuple(self.topics[n].pk for n in topics)
        known.at = at

    # --- The network --------------------------------------------------------------------------

    def follow(self):
        """Tell every tab that is online what the stream announces."""
        self.traveller.shift(timedelta(seconds=1))
        for name, tab in self.tabs.items():
            if tab.online:
                self.tell(name, tab)
        self.compare()

    def tell(self, name, tab):
        told, until, _ = announce._read(tab.heard, 500)
        self.browser("tell", tab=name, told=[json.loads(one.data) for one in told])
        tab.heard, tab.lines = until, self.lines()

    def fetch(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer

    def index(self, before=None):
        query = "" if before is None else f"?before={before}"
        return json.loads(self.fetch(f"/newsfeed/index.json{query}").content)

    def index_of_page(self, address):
        """Return the lines a page of the site has, as its scripts read them."""
        html = self.fetch(address).content.decode()
        rows = [dict(FACET.findall(line)) for line in LINE.findall(html)]
        lines = [
            [
                int(row["number"]),
                int(row["story"]),
                [int(n) for n in row["sections"].split()],
                row["kind"],
                [int(n) for n in row.get("topics", "").split()],
                row.get("language", ""),
                0,
            ]
            for row in rows
        ]
        journal = int(re.search(r'name="dateline-journal" content="(\d+)"', html)[1])
        goes_on = 'class="feed-more"' in html
        return {
            "journal": journal,
            "lines": lines,
            "floor": lines[-1][0] - 1 if goes_on else 0,
        }

    @precondition(lambda self: len(self.tabs) < 3)
    @rule(page=st.sampled_from(["/", "/newsfeed/", "story"]))
    def open_tab(self, page):
        self.opened += 1
        index = self.index() if page == "story" else self.index_of_page(page)
        name = f"tab{self.opened}"
        self.tabs[name] = Tab(heard=index["journal"], lines=self.lines())
        if self.cursor is None:
            self.cursor = head()
        self.browser("open", tab=name, index=index)
        self.compare()

    @precondition(lambda self: self.tabs)
    @rule(tab=which, again=st.booleans())
    def close_or_reload(self, tab, again):
        del self.tabs[self.name(tab)]
        self.browser("close", tab=self.closed)
        if again:
            self.open_tab("/")

    @precondition(lambda self: self.tabs)
    @rule(tab=which)
    def lose_or_find_the_network(self, tab):
        one = self.tabs[self.name(tab)]
        one.online = not one.online
        if one.online:
            self.tell(self.closed, one)
        self.compare()

    @precondition(lambda self: self.tabs)
    @rule(tab=which)
    def sleep_until_the_stream_begins_anew(self, tab):
        name = self.name(tab)
        self.browser("forget", tab=name)
        index = self.index()
        self.browser("restart", tab=name, index=index)
        self.tabs[name] = Tab(heard=index["journal"], lines=self.lines())
        self.compare()

    # --- The reader ---------------------------------------------------------------------------

    def name(self, tab):
        self.closed = list(self.tabs)[tab % len(self.tabs)]
        return self.closed

    @precondition(lambda self: self.tabs and any(known.at for known in self.stories))
    @rule(tab=which, story=which, way=st.sampled_from(["see", "unreadFrom"]))
    def move_the_cursor(self, tab, story, way):
        shown = [known for known in self.stories if known.at]
        number = shown[story % len(shown)].at
        self.browser(way, tab=self.name(tab), number=number)
        self.cursor = max(self.cursor, number) if way == "see" else number - 1
        self.compare()

    @precondition(lambda self: self.tabs)
    @rule(tab=which)
    def mark_all_read(self, tab):
        name = self.name(tab)
        self.browser("readAll", tab=name)
        self.cursor = max([self.cursor, *(at for at, *_ in self.tabs[name].lines)])
        self.compare()

    @rule(
        section=st.sampled_from([None, 0, 1, 2]),
        kind=st.sampled_from([None, "news", "feature"]),
        topic=st.sampled_from([None, 0, 1]),
        language=st.sampled_from([None, "en", "fr"]),
    )
    def choose(self, section, kind, topic, language):
        facets = [
            ("section", section is not None and self.sections[section]),
            ("kind", kind),
            ("topic", topic is not None and self.topics[topic]),
            ("language", language),
        ]
        self.chosen = {name: value for name, value in facets if value}
        self.browser("choose", facets=[self.facet(n, v) for n, v in self.chosen.items()])
        self.compare()
        self.agree_with_the_page()

    def facet(self, name, value):
        if name in ("section", "topic"):
            word = value.path if name == "section" else value.slug
            return [name, word, str(value.pk)]
        return [name, value, "" if value == "en" else value]

    # --- The plain model ----------------------------------------------------------------------

    def lines(self):
        return [
            (known.at, known.section, known.kind, known.topics, known.language, known.pk)
            for known in self.stories
            if known.at
        ]

    def passes(self, line):
        _, section, kind, topics, language, _ = line
        wanted = self.chosen
        above = {self.inner.pk: {self.inner.pk, self.room.world.pk}}.get(section, {section})
        return (
            ("section" not in wanted or wanted["section"].pk in above)
            and ("kind" not in wanted or wanted["kind"] == kind)
            and ("topic" not in wanted or wanted["topic"].pk in topics)
            and ("language" not in wanted or wanted["language"] == (language or "en"))
        )

    def compare(self):
        """Compare the tabs that have all they need; the others ask for it, and may wait."""
        state = self.browser("ask")
        for name, tab in self.tabs.items():
            wants = state["tabs"][name]["wants"]
            if wants is None:
                expected = sum(line[0] > self.cursor and self.passes(line) for line in tab.lines)
                assert state["tabs"][name]["count"] == expected, name
            elif tab.online and tab.answer is None:
                tab.answer = self.index(wants)
        if self.tabs:
            assert state["cursor"] == self.cursor

    @precondition(lambda self: any(tab.answer for tab in self.tabs.values()))
    @rule(all_of_it=st.booleans())
    def answers_arrive(self, all_of_it):
        """What was asked for comes, as it was when it was asked for."""
        while waiting := [name for name, tab in self.tabs.items() if tab.answer]:
            tab = self.tabs[waiting[0]]
            index, tab.answer = tab.answer, None
            self.browser("add", tab=waiting[0], index=index)
            self.compare()
            if not all_of_it:
                break

    def agree_with_the_page(self):
        """What passes the filter is what the newsfeed's own page shows under it."""
        words = {name: self.facet(name, value)[1] for name, value in self.chosen.items()}
        found, address = [], "/newsfeed/?" + "&".join(f"{n}={w}" for n, w in words.items())
        while address:
            html = self.fetch(address).content.decode()
            found += [int(dict(FACET.findall(line))["story"]) for line in LINE.findall(html)]
            more = re.search(r'class="feed-more" href="([^"]+)"', html)
            address = more and more[1].replace("&amp;", "&")
        shown = [line[-1] for line in sorted(self.lines(), reverse=True) if self.passes(line)]
        assert found == shown


@pytest.fixture
def machine(monkeypatch):
    """Return the machine with its browser; pages are short, so that most of them go on."""
    if not shutil.which("node"):
        pytest.skip("node is missing")
    for name, size in {"PER_PAGE": 3, "FEED_LINES": 2, "FIRST_ROWS": 3, "MORE_ROWS": 2}.items():
        monkeypatch.setattr(newsfeed, name, size)
    ExactCounter.browser = Browser()
    yield ExactCounter
    ExactCounter.browser.close()


BASE = settings(deadline=None, print_blob=False, suppress_health_check=list(HealthCheck))


def test_the_counter_is_exact(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(BASE, max_examples=12, stateful_step_count=25),
    )


@pytest.mark.slow
def test_the_counter_is_exact_for_a_long_time(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(BASE, max_examples=examples(40, seeking=300), stateful_step_count=50),
    )
