"""A running story: found, followed from one story to the next, and kept at the desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.staff import log_in

OSTREL = "The status of Ostrel"
LOOKS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


def no_barrier(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_reader_finds_a_storyline_and_walks_along_it(newsroom, open_page):
    page = open_page(f"{newsroom.url}/", width=390)
    page.locator(".foot").get_by_role("link", name="Storylines").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Storylines")
    page.get_by_role("link", name=OSTREL, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OSTREL)
    expect(page.get_by_text("Running since")).to_be_visible()
    page.get_by_role("link", name="From the beginning").click()
    first = page.locator(".timeline .card-link").first
    headline = first.text_content()
    page.goto(newsroom.url + first.get_attribute("href"))
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    around = page.get_by_role("navigation", name=OSTREL)
    expect(around.locator("[aria-current]")).to_contain_text("This story")
    page.goto(newsroom.url + around.locator("li a").last.get_attribute("href"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text(headline)
    page.goto(newsroom.url + around.locator("h2 a").get_attribute("href"))
    page.locator(".crumbs").get_by_role("link", name="Storylines").click()
    expect(page).to_have_url(f"{newsroom.url}/storylines/")


@pytest.mark.parametrize(("width", "light"), LOOKS)
@pytest.mark.parametrize("edition", ["", "ar/"])
def test_no_page_of_storylines_has_a_barrier(newsroom, open_page, width, light, edition):
    page = open_page(f"{newsroom.url}/{edition}storylines/", width=width, color_scheme=light)
    no_barrier(page)
    page.locator(".storylines h2 a").first.click()
    expect(page.locator(".timeline")).to_be_visible()
    no_barrier(page)


@pytest.mark.parametrize(("width", "light"), [(390, "dark"), (1440, "light")])
def test_the_desk_ends_a_storyline_and_lets_it_go_on(newsroom, open_page, width, light):
    desk = open_page(f"{newsroom.url}/newsroom/", width=width, color_scheme=light)
    log_in(desk, newsroom)
    desk.goto(f"{newsroom.url}/newsroom/storyline/")
    no_barrier(desk)
    desk.get_by_role("link", name="The Carrow Canal", exact=True).click()
    expect(desk.get_by_role("textbox", name="Name")).to_have_value("The Carrow Canal")
    no_barrier(desk)
    reader = open_page(f"{newsroom.url}/storylines/carrow-canal/")
    for ends, told in ((True, "Ended; it ran from"), (False, "Running since")):
        desk.get_by_role("checkbox", name="It has ended").set_checked(ends)
        desk.get_by_role("button", name="Save").click()
        desk.get_by_role("link", name="The Carrow Canal", exact=True).click()
        reader.reload()
        expect(reader.get_by_text(told)).to_be_visible()
