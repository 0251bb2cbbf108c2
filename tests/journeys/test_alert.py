"""An alert: from the newsroom over every open page, once, until it is sent away or withdrawn."""

import pytest
from playwright.sync_api import expect

from tests.journeys.staff import log_in

WORDS = "Standing Council recognises Ostrel"
SECOND = 1000


@pytest.fixture
def desk(newsroom, open_page):
    page = open_page(f"{newsroom.url}/newsroom/login/")
    log_in(page, newsroom)
    return page


def raise_flash(desk, newsroom, words):
    """Raise a flash after a look at it; return when the button was pressed."""
    desk.goto(f"{newsroom.url}/newsroom/alerts/")
    desk.get_by_label("What readers are told").fill(words)
    desk.get_by_role("button", name="Look at it first").click()
    banner = desk.frame_locator(".alert-preview").locator(".alert")
    expect(banner).to_contain_text(words)
    desk.get_by_role("button", name="Alert readers now").click(no_wait_after=True)


def banner(page):
    return page.locator("[data-alert][data-shown]")


def test_a_flash_stands_over_every_open_page_once(newsroom, desk, open_page):
    front = open_page(f"{newsroom.url}/")
    section = front.context.new_page()
    section.goto(f"{newsroom.url}/world/")
    phone = open_page(f"{newsroom.url}/ar/", width=390, height=800)
    for page in (front, section):
        page.mouse.move(5, 5)
        page.wait_for_function("navigator.locks.query().then(({ held }) => held.length > 0)")
    section.wait_for_timeout(500)
    raise_flash(desk, newsroom, WORDS)
    desk.wait_for_url("**/alerts/?raised=*")
    for page in (front, section):
        expect(banner(page)).to_contain_text(WORDS, timeout=SECOND)
    spoken = [page.locator("[data-say]").text_content() for page in (front, section)]
    assert f"Breaking: {WORDS}" in spoken
    expect(phone.locator("[data-alert]")).to_have_count(0)
    section.reload()
    expect(banner(section)).to_have_attribute("data-shown", "again")
    assert section.locator("[data-say]").text_content() == ""
    banner(front).get_by_role("button").click()
    expect(banner(section)).to_have_count(0, timeout=SECOND)
    front.reload()
    front.wait_for_timeout(2500)
    expect(banner(front)).to_have_count(0)
    elsewhere = open_page(f"{newsroom.url}/")
    expect(banner(elsewhere)).to_contain_text(WORDS)
    desk.get_by_role("button", name="Undo").click()
    expect(banner(elsewhere)).to_have_count(0, timeout=3 * SECOND)
    expect(desk.locator(".alert-list li").first).to_contain_text("Withdrawn")


def test_it_pushes_no_text_and_stands_without_scripts(newsroom, desk, open_page):
    page = open_page(f"{newsroom.url}/world/")
    page.mouse.move(5, 5)
    page.wait_for_timeout(2500)
    before = page.locator("main h1").bounding_box()
    raise_flash(desk, newsroom, "Talks are to go on")
    expect(banner(page)).to_contain_text("Talks are to go on", timeout=5 * SECOND)
    assert page.locator("main h1").bounding_box() == before
    plain = open_page(f"{newsroom.url}/", java_script_enabled=False)
    expect(plain.locator(".alert")).to_be_visible()
    desk.goto(f"{newsroom.url}/newsroom/alerts/")
    desk.locator(".alert-list").get_by_role("button", name="Withdraw").first.click()
    expect(banner(page)).to_have_count(0, timeout=3 * SECOND)
