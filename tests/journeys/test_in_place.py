"""Stories opened over the page they were opened from."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.staff import log_in, take

SIZES = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


def card(page, number):
    return page.locator("main a.card-link").nth(number)


def over(page):
    return page.locator("dialog.over[open]")


def open_card(page, number=0):
    link = card(page, number)
    words = link.inner_text()
    link.click()
    expect(over(page).get_by_role("heading", level=1)).to_be_visible()
    return words


@pytest.mark.parametrize(("width", "light"), SIZES)
def test_a_story_opens_over_the_list_and_leaves_it_as_it_was(newsroom, open_page, width, light):
    page = open_page(f"{newsroom.url}/world/", width=width, color_scheme=light)
    card(page, 4).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before = page.evaluate("[scrollY, document.title]")
    words = open_card(page, 4)
    expect(over(page)).to_have_accessible_name(re.compile(re.escape(words[:20])))
    assert re.search(r"/\d{8}/.*\.html$", page.url)
    assert page.title().endswith("Meridian")
    assert page.title() != before[1]
    assert page.evaluate("document.activeElement.tagName") == "H1"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert over(page).evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    page.keyboard.press("Escape")
    expect(over(page)).to_have_count(0)
    assert page.url == f"{newsroom.url}/world/"
    assert page.evaluate("[scrollY, document.title]") == before
    assert page.evaluate("document.activeElement.textContent") == words


def test_back_and_forward_go_through_every_story_that_was_opened(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    open_card(page)
    first = page.url
    depth = page.locator("[data-scroll]").evaluate(
        "(node) => { node.scrollTo(0, 300); return node.scrollTop; }"
    )
    assert depth > 0
    page.locator(".over-next a").dispatch_event("click")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.go_back()
    page.wait_for_url(first)
    expect(over(page)).to_be_visible()
    expect(page.locator("[data-scroll]")).to_have_js_property("scrollTop", depth)
    page.go_back()
    expect(over(page)).to_have_count(0)
    page.go_forward()
    expect(over(page)).to_be_visible()
    page.go_forward()
    page.wait_for_url(second)
    over(page).locator("[data-close]").click()
    expect(over(page)).to_have_count(0)
    assert page.url == f"{newsroom.url}/world/"


def scroll_to_end(page):
    page.locator("[data-scroll]").evaluate("node => node.scrollTo(0, node.scrollHeight)")


def test_scrolling_past_the_end_brings_the_next_story(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    open_card(page)
    first, title = page.url, page.title()
    before = page.evaluate("history.length")
    scroll_to_end(page)
    stories = over(page).locator("article.story")
    expect(stories).to_have_count(2)
    assert page.url == first, "the first is still what is read"
    stories.nth(1).get_by_role("heading", level=1).evaluate("node => node.scrollIntoView()")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    assert page.title() != title
    expect(page.locator("[data-crumbs] [aria-current]")).to_have_text(
        stories.nth(1).get_by_role("heading", level=1).inner_text()
    )
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(ids) == len(set(ids))
    page.locator("[data-scroll]").evaluate("node => node.scrollTo(0, 0)")
    page.wait_for_url(first)
    assert page.title() == title
    stories.nth(1).get_by_role("heading", level=1).evaluate("node => node.scrollIntoView()")
    page.wait_for_url(second)
    assert page.evaluate("history.length") == before, "scrolling leaves nothing to go back through"
    page.go_back()
    expect(over(page)).to_have_count(0)
    assert page.url == f"{newsroom.url}/world/"
    page.go_forward()
    page.wait_for_url(second)
    expect(stories).to_have_count(1)


def test_a_next_story_that_does_not_come_stays_a_link(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", service_workers="block")
    opened = card(page, 0).get_attribute("href")

    def answer(route):
        if route.request.url.endswith(opened):
            route.continue_()
        else:
            route.fulfill(status=429, body="Too many.")

    page.route(re.compile(r"/\d{8}/.*\.html$"), answer)
    open_card(page)
    scroll_to_end(page)
    page.wait_for_timeout(500)
    assert over(page).locator("article.story").count() == 1
    expect(page.locator(".over-next a")).to_be_visible()


def test_a_story_that_is_loaded_again_is_a_plain_page(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    open_card(page)
    story = page.url
    page.reload()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    page.wait_for_url(f"{newsroom.url}/world/")
    expect(page.locator(".list-head h1")).to_have_text("World")
    page.go_forward()
    page.wait_for_url(story)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_other_clicks_are_the_browsers(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    for how in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with page.context.expect_page() as opened:
            card(page, 0).click(**how)
        opened.value.close()
    assert page.locator("dialog").count() == 0
    card(page, 0).evaluate("link => link.setAttribute('download', '')")
    with page.expect_download():
        card(page, 0).click()
    assert page.locator("dialog").count() == 0


def test_without_scripts_a_story_is_a_page(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", java_script_enabled=False)
    words = card(page, 0).inner_text()
    card(page, 0).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words[:20])
    expect(page.locator(".story-actions")).to_be_hidden()


def test_a_slow_story_shows_its_outline_and_then_a_word(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", service_workers="block")
    waiting = []
    page.route("**/*.html", lambda route: waiting.append(route))
    words = card(page, 0).inner_text()
    card(page, 0).click()
    expect(page.locator("[data-skeleton]")).to_be_visible()
    expect(over(page)).to_have_accessible_name(words)
    expect(page.locator("[data-word]")).to_be_visible(timeout=3000)
    for route in waiting:
        route.continue_()
    expect(over(page).get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("[data-skeleton]").count() == 0


def test_a_story_that_cannot_be_fetched_says_so_and_can_be_tried_again(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", service_workers="block")
    page.route("**/*.html", lambda route: route.fulfill(status=429, body="Too many."))
    card(page, 0).click()
    expect(over(page).locator(".notice[role=alert]")).to_be_visible()
    page.unroute("**/*.html")
    over(page).get_by_role("button", name="Retry").click()
    expect(over(page).locator("article h1")).to_be_visible()


def test_an_update_of_the_open_story_waits_until_it_is_asked_for(newsroom, open_page, tmp_path):
    take(newsroom, tmp_path, "Ferry leaves with the bridge open")
    page = open_page(f"{newsroom.url}/world/")
    page.get_by_role("link", name="Ferry leaves with the bridge open").first.click()
    expect(over(page).locator("article h1")).to_be_visible()
    desk = open_page(f"{newsroom.url}/newsroom/")
    log_in(desk, newsroom)
    desk.goto(f"{newsroom.url}/newsroom/stories/?q=Ferry+leaves")
    desk.get_by_role("link", name="Ferry leaves with the bridge open").first.click()
    desk.fill("[name=headline]", "Ferry leaves with the bridge closed")
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.wait_for_url("**/newsroom/stories/")
    line = over(page).locator(".over-updated")
    expect(line).to_be_visible(timeout=20_000)
    expect(over(page).locator("article h1")).to_have_text("Ferry leaves with the bridge open")
    line.get_by_role("button").click()
    expect(over(page).locator("article h1")).to_have_text("Ferry leaves with the bridge closed")


def test_older_stories_come_into_the_list(newsroom, open_page):
    page = open_page(f"{newsroom.url}/")
    lines = page.locator(".river > [data-story]")
    count = lines.count()
    page.locator("main").get_by_role("link", name="Older stories").click()
    expect(lines).not_to_have_count(count)
    assert "before=" in page.url
    focused = page.evaluate("document.activeElement.closest('[data-story]').dataset.story")
    assert focused == lines.nth(count).get_attribute("data-story")
    numbers = [lines.nth(n).get_attribute("data-story") for n in range(lines.count())]
    assert len(numbers) == len(set(numbers))
    shared = page.url
    open_card(page, lines.count() - 1)
    page.keyboard.press("Escape")
    page.wait_for_url(shared)
    page.goto(shared)
    expect(page.get_by_role("link", name="Newest stories")).to_be_visible()


def test_older_stories_that_do_not_come_can_be_asked_for_again(newsroom, open_page):
    page = open_page(f"{newsroom.url}/", service_workers="block")
    page.route("**/?before=*", lambda route: route.fulfill(status=404, body="no"))
    page.locator("main").get_by_role("link", name="Older stories").click()
    expect(page.locator(".older-failed")).to_be_visible()
    page.unroute("**/?before=*")
    count = page.locator(".river > [data-story]").count()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator(".river > [data-story]")).not_to_have_count(count)
