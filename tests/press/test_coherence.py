"""Two processes' stores on one ring, driven at random: nobody is ever shown an older page."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dateline.press.page import press
from dateline.press.ring import KeyRing
from dateline.press.store import PageStore

from .parts import HTML

STORIES = st.integers(0, 5)
STORES = st.integers(0, 1)
PAGES = {f"/{n}": (n, (n + 1) % 6) for n in range(6)} | {"/front": (0, 1, 2, 3, 4, 5)}


class TwoProcesses(RuleBasedStateMachine):
    """Stories change and are withdrawn; pages show two stories or all; renders take their time."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "ring"
        self.stores = [PageStore(KeyRing(path, slots=16), 12_000) for _ in range(2)]
        self.versions = [0] * 6
        self.withdrawn = [False] * 6
        self.renders = []

    def teardown(self):
        self.folder.cleanup()

    def text(self, key):
        shown = [n for n in PAGES[key] if not self.withdrawn[n]]
        return "".join(f"story {n} version {self.versions[n]}. " for n in shown).encode()

    @rule(which=STORES, key=st.sampled_from(sorted(PAGES)))
    def begin_render(self, which, key):
        seen = self.stores[which].ring.position
        keys = [f"story:{n}" for n in PAGES[key]]
        self.renders.append((which, key, press(self.text(key), [HTML], keys), seen))

    @rule()
    def end_render(self):
        if self.renders:
            which, key, page, seen = self.renders.pop(0)
            self.stores[which].put(key, page, seen)

    @rule(which=STORES, story=STORIES)
    def change(self, which, story):
        self.versions[story] += 1
        self.stores[which].ring.add([f"story:{story}"])

    @rule(which=STORES, story=STORIES)
    def withdraw(self, which, story):
        self.withdrawn[story] = True
        self.stores[which].ring.add([f"story:{story}"], forget=True)

    @rule(which=STORES, count=st.integers(1, 20))
    def ring_for_others(self, which, count):
        self.stores[which].ring.add(f"other:{n}" for n in range(count))

    @rule(which=STORES, key=st.sampled_from(sorted(PAGES)))
    def read(self, which, key):
        page = self.stores[which].find(key)
        if page is not None:
            page.visited = True
            assert page.body == self.text(key)

    @rule(which=STORES)
    def fail(self, which):
        """Look at what a failing application would leave to readers."""
        store = self.stores[which]
        store.refresh()
        for key, stories in PAGES.items():
            copy = store.stale.get(key)
            if copy is not None:
                gone = [f"story {n} ".encode() for n in stories if self.withdrawn[n]]
                assert not any(words in copy.page.body for words in gone)

    @invariant()
    def books_balance(self):
        for store in self.stores:
            assert store.bytes == sum(page.size for page in store.pages.values())
            assert store.bytes <= store.budget_bytes


TestTwoProcesses = TwoProcesses.TestCase
TestTwoProcesses.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
