"""The Desk on a telephone."""

from playwright.sync_api import expect

from tests.journeys.staff import log_in

WIDER = """() => [...document.querySelectorAll("main .listing tbody td, main .listing tbody a")]
    .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
    .map((part) => part.innerText)"""


def test_the_desk_fits_a_telephone_with_whole_headlines(newsroom, open_page):
    page = open_page(f"{newsroom.url}/newsroom/", width=390)
    log_in(page, newsroom)
    assert page.locator("main").evaluate(WIDER) == []
    title = page.locator(".listing td.title a").first
    assert title.bounding_box()["width"] > 250
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_headline_wraps_and_takes_no_line_break(newsroom, open_page):
    page = open_page(f"{newsroom.url}/newsroom/", width=390)
    log_in(page, newsroom)
    page.goto(f"{newsroom.url}/newsroom/stories/add/")
    headline = page.locator("[name=headline]")
    at_first = headline.bounding_box()["height"]
    headline.press_sequentially("Clerk counts")
    headline.press("Enter")
    page.keyboard.insert_text(" the chairs\nand finds one more than the day before, and one less")
    whole = "Clerk counts the chairs and finds one more than the day before, and one less"
    expect(headline).to_have_value(whole)
    assert headline.bounding_box()["height"] > at_first * 1.5
    assert headline.evaluate("one => one.scrollHeight - one.clientHeight") <= 0


def test_what_is_written_runs_as_its_own_language_does(newsroom, open_page):
    page = open_page(f"{newsroom.url}/newsroom/")
    log_in(page, newsroom)
    page.goto(f"{newsroom.url}/newsroom/stories/add/")
    for field in ("kicker", "headline", "standfirst"):
        text = page.locator(f"[name={field}]")
        assert text.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
