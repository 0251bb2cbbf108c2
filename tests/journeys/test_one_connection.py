"""All pages of a browser hear the newsfeed over one connection, also where it is held back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.holding_proxy import holding_proxy
from tests.journeys.staff import take
from tests.journeys.test_publish import feed_line


class Tabs:
    """Pages of one browser, and the streams each of them has open."""

    def __init__(self, context):
        self.context = context
        self.open = {}
        self.asked = []

    def page(self, url):
        page = self.context.new_page()
        self.open[page] = set()
        page.on("request", lambda request: self._began(page, request))
        page.on("requestfinished", lambda request: self.open[page].discard(request))
        page.on("requestfailed", lambda request: self.open[page].discard(request))
        page.goto(url)
        return page

    def _began(self, page, request):
        if "/-/stream?" in request.url:
            self.open[page].add(request)
            self.asked.append(request.url)

    @property
    def keepers(self):
        return [page for page, requests in self.open.items() if requests]

    def settle(self, page, count):
        for _ in range(100):
            if sum(map(len, self.open.values())) == count:
                return
            page.wait_for_timeout(50)


@pytest.fixture
def tabs(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Tabs(context)
    context.close()


def test_pages_share_a_connection_and_inherit_it(newsroom, tabs, tmp_path):
    pages = [tabs.page(f"{newsroom.url}/") for _ in range(3)]
    tabs.settle(pages[0], 1)
    assert len(tabs.keepers) == 1
    take(newsroom, tmp_path, "Three pages hear of one thing")
    for page in pages:
        expect(feed_line(page, "Three pages hear of one thing")).to_have_count(1, timeout=10_000)
    (keeper,) = tabs.keepers
    others = [page for page in pages if page is not keeper]
    del tabs.open[keeper]
    keeper.close()
    take(newsroom, tmp_path, "The keeper of the line is gone")
    for page in others:
        expect(feed_line(page, "The keeper of the line is gone")).to_have_count(1, timeout=10_000)
    tabs.settle(others[0], 1)
    assert len(tabs.keepers) == 1


def test_behind_a_proxy_that_holds_answers_back(newsroom, tabs, tmp_path):
    with holding_proxy(newsroom.url) as url:
        page = tabs.page(f"{url}/")
        for _ in range(200):
            if any("once=1" in asked for asked in tabs.asked):
                break
            page.wait_for_timeout(50)
        for words in ("First told through the proxy", "Second told through the proxy"):
            take(newsroom, tmp_path, words)
            expect(feed_line(page, words)).to_have_count(1, timeout=10_000)
        page.close()
