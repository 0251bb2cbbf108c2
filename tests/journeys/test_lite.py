"""A reader on a slow line: into the lite version, through it, and back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


def test_a_reader_chooses_the_lite_version_stays_in_it_and_goes_back(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", width=390, height=844)
    page.get_by_role("link", name="Lite version").click()
    assert page.url == f"{newsroom.url}/lite/world/"
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.locator("main a.card-link").first.click()
    headline = page.get_by_role("heading", level=1).inner_text()
    lite_story = page.url
    assert "/lite/2" in lite_story
    page.get_by_role("link", name="Newsfeed").click()
    assert page.url == f"{newsroom.url}/lite/newsfeed/"
    page.get_by_role("link", name="Search").click()
    page.get_by_role("searchbox").fill("talks")
    page.get_by_role("button", name="Search").click()
    assert (
        page.url == f"{newsroom.url}/lite/search/?q=talks&section=&kind=&from=&to=&sort=relevance"
    )
    page.goto(lite_story)
    assert set(asked) <= {"document", "stylesheet", "other"}
    story = lite_story.replace("/lite/", "/")
    page.get_by_role("link", name="Full version").click()
    assert page.url == story
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(page.get_by_role("button", name="Save").first).to_be_visible()


def test_preferences_lead_to_the_lite_version_of_the_page_in_view(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/?kind=feature")
    page.get_by_role("link", name="Preferences").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Lite version").click()
    assert page.url == f"{newsroom.url}/lite/world/?kind=feature"
    page.get_by_role("link", name="Full version").click()
    assert page.url == f"{newsroom.url}/world/?kind=feature"


@pytest.mark.parametrize(("width", "light"), [(320, "light"), (390, "dark"), (1440, "light")])
@pytest.mark.parametrize(
    "path", ["", "world/", "topics/", "storylines/", "archive/", "newsfeed/", "ar/"]
)
def test_no_lite_page_has_a_barrier(newsroom, open_page, path, width, light):
    page = open_page(f"{newsroom.url}/lite/{path}", width=width, color_scheme=light)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
