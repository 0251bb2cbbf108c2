import contextlib
import os

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.journeys.running import Running
from tools.packages import CHROMIUM, explain, find

# What a window is not asked to have: Playwright's own list, which only the last such argument
# counts of, and what Chromium loads for its address bar with each window, half of a window's cost.
WITHOUT = [
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "SpareRendererForSitePerProcess",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]

# A few of the sample's pictures: all of them are minutes of drawing, beside what is looked at.
DRAW = """
from dateline.sample.reading import newsroom
from dateline.sample.tasks import draw_pictures
from dateline.stories.models import Story
named = {one.headline: f"{one.edition}/{one.slug}" for one in newsroom().stories if one.picture}
world = Story.objects.filter(headline__in=named, section__slug="world", edition__code="en")
shown = world.order_by("-published_at")[:3]
draw_pictures.enqueue([[story.pk, named[story.headline]] for story in shown])
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    path = find(CHROMIUM)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"missing for {explain(CHROMIUM)}")
        pytest.skip(explain(CHROMIUM))
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(path), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    home = tmp_path_factory.mktemp("journeys") / "newsroom"
    inside = {"sample_pictures": "no", "networks_inside": "127.0.0.0/8"}
    running = Running(home, settings=inside).start()
    running.shell(DRAW)
    running.await_words("/chats/", "chat-link")  # The runner fills them after the start.
    yield running
    assert running.stop() == 0, running.log


@pytest.fixture
def pictures(newsroom):
    """A newsroom that has drawn a picture of /world/."""
    newsroom.await_words("/world/", "has-picture")


class Watch:
    """What a page complained of: errors, refused scripts, failed requests."""

    def __init__(self, page):
        self.told = []
        page.on("pageerror", lambda error: self._error(str(error)))
        page.on("console", lambda message: self._console(message))
        page.on("response", lambda answer: self._answer(answer))

    def _error(self, text):
        # Chromium's own: a cross-fade between two pages ends when the reader is quicker.
        if not text.startswith("Transition was"):
            self.told.append(text)

    def _console(self, message):
        # A line that a journey takes down is no fault of the page.
        is_meant = "status of 4" in message.text or "INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not is_meant:
            self.told.append(message.text)

    def _answer(self, answer):
        if answer.status >= 500:
            self.told.append(f"{answer.status} {answer.url}")


@pytest.fixture
def open_page(browser: Browser):
    """Return a function that opens an address in a window of its own and watches for complaints."""
    opened = []

    def open_it(url, *, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        watch = Watch(page)
        page.goto(url)
        opened.append((context, watch))
        return page

    yield open_it
    for context, watch in opened:
        with contextlib.suppress(Error):
            context.close()
        assert watch.told == []
