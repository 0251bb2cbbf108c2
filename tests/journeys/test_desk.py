"""The Desk on a telephone."""

from tests.journeys.test_publish import log_in

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
