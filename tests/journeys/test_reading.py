"""The site as readers meet it: every page in both lights and sizes, with and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SIZES = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


def first_story(newsroom, page):
    page.goto(f"{newsroom.url}/world/")
    return page.locator("main a.card-link").first.get_attribute("href")


@pytest.mark.parametrize(("width", "light"), SIZES)
def test_pages_have_no_barrier_and_complain_of_nothing(newsroom, open_page, width, light):
    page = open_page(f"{newsroom.url}/", width=width, color_scheme=light)
    story = first_story(newsroom, page)
    for path in (
        "/",
        "/world/",
        story,
        "/topics/ostrel/",
        "/newsfeed/",
        "/20010101/nothing-999999.html",
    ):
        page.goto(f"{newsroom.url}{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_pages_are_readable_without_scripts(newsroom, open_page):
    page = open_page(f"{newsroom.url}/", java_script_enabled=False)
    story = first_story(newsroom, page)
    page.goto(f"{newsroom.url}{story}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.locator("article").inner_text().split()) > 20
    page.goto(f"{newsroom.url}/")
    expect(page.locator("#newsfeed [data-lines] li").first).to_be_visible()


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (720, "200%"), (2560, "100%")])
def test_nothing_is_lost_at_the_ends_of_the_range(newsroom, open_page, width, size):
    page = open_page(f"{newsroom.url}/", width=width)
    story = first_story(newsroom, page)
    for path in ("/", "/world/", story):
        page.goto(f"{newsroom.url}{path}")
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path


def test_no_request_leaves_the_site(newsroom, open_page):
    asked = []
    page = open_page(f"{newsroom.url}/")
    page.on("request", lambda request: asked.append(request.url))
    story = first_story(newsroom, page)
    page.goto(f"{newsroom.url}{story}")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((newsroom.url, "data:"))] == []


def test_keys_open_and_close_the_newsfeed(newsroom, open_page):
    page = open_page(f"{newsroom.url}/")
    feed = page.locator("#newsfeed")
    expect(feed).to_be_visible()
    page.wait_for_timeout(500)
    page.keyboard.press("n")
    expect(feed).to_be_hidden()
    page.keyboard.press("n")
    expect(feed).to_be_visible()
