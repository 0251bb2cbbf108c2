"""Searching as readers do: by form, by keys, by a suggestion, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WIDTHS = [390, 1440]


@pytest.fixture(scope="module")
def indexed(newsroom):
    """A newsroom whose index has come as far as its journal."""
    done = newsroom.run("search", "rebuild")
    assert done.returncode == 0, done.stderr
    return newsroom


def has_no_barrier(page, name):
    found = Axe().run(page)
    assert found.violations_count == 0, (name, found.generate_report())
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, name


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_state_of_the_page_has_no_barrier(indexed, open_page, width, light):
    page = open_page(f"{indexed.url}/search/", width=width, color_scheme=light)
    states = {
        "empty": "",
        "found": "?q=talks",
        "filters": "?q=talks&section=world&from=2008-01-01&sort=newest",
        "nothing": "?q=qqqqqqq",
        "help": "?q=ostrell+talsk",
        "cut": "?q=" + "talks+" * 60,
    }
    for name, asked in states.items():
        page.goto(f"{indexed.url}/search/{asked}")
        has_no_barrier(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_suggestion_is_chosen_by_keys(indexed, open_page, width):
    page = open_page(f"{indexed.url}/", width=width)
    page.wait_for_selector("live-newsfeed:defined", state="attached")
    page.keyboard.press("/")
    page.wait_for_url("**/search/#q")
    field = page.get_by_role("combobox", name="Words to look for")
    expect(field).to_be_focused()
    field.press_sequentially("ostr", delay=20)
    expect(page.locator('[role="option"]').first).to_contain_text("Ostrel")
    expect(field).to_have_attribute("aria-expanded", "true")
    has_no_barrier(page, "suggestions")
    page.keyboard.press("ArrowDown")
    expect(page.locator('[role="option"][aria-selected="true"]')).to_contain_text("Topic")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("End")
    page.keyboard.type("e")
    expect(page.locator('[role="option"]').first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/ostrel/")


def test_the_form_works_without_scripts(indexed, open_page):
    page = open_page(f"{indexed.url}/", java_script_enabled=False)
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words to look for").fill("ostrel talks")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".found-story").first).to_be_visible()
    assert page.locator(".found-story mark").count() > 1
    page.get_by_text("Filters").click()
    page.get_by_label("Order").select_option("newest")
    page.get_by_role("button", name="Apply").click()
    assert "sort=newest" in page.url
    page.locator(".found-story a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_reader_without_suggestions_has_a_plain_form(indexed, open_page):
    page = open_page(f"{indexed.url}/search/")
    page.route("**/-/suggest*", lambda route: route.fulfill(status=200, body="not what it was"))
    with page.expect_response("**/-/suggest*"):
        page.locator("#q").press_sequentially("talks")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".found-story").first).to_be_visible()


def test_more_results_come_into_the_list(indexed, open_page):
    page = open_page(f"{indexed.url}/search/?q=ostrel")
    found = page.locator(".found-story")
    first = found.count()
    page.get_by_role("link", name="More results").click()
    expect(found.nth(first)).to_be_visible()
    numbers = found.evaluate_all("rows => rows.map(row => row.dataset.story)")
    assert len(numbers) == len(set(numbers)) > first
    has_no_barrier(page, "more")
    page.reload()
    assert found.count() == len(numbers) - first, "the address is that of the last page"
