"""Notifications: from the press of a button to a push service, and into the open window."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.notified import Reader, await_shown, no_complaint, press, service
from tests.journeys.test_alert import desk, raise_flash

__all__ = ["desk", "service"]
WORDS = "Bridge over the Ostrel closed"


@pytest.fixture
def reader(newsroom, open_page, service):
    page = open_page(f"{newsroom.url}/offline/", width=390, height=844)
    page.context.grant_permissions(["notifications"], origin=newsroom.url)
    made = Reader(page, service)
    page.goto(f"{newsroom.url}/preferences/")
    expect(page.locator("browser-notices")).to_have_attribute("data-state", "off")
    return made


@pytest.fixture
def calm(newsroom, desk):
    """Leave no alert behind: other journeys look at pages without one."""
    yield
    desk.goto(f"{newsroom.url}/newsroom/alerts/")
    withdraw = desk.locator(".alert-list").get_by_role("button", name="Withdraw")
    while left := withdraw.count():
        withdraw.first.click()
        expect(withdraw).to_have_count(left - 1)


def test_a_reader_turns_them_on_is_told_and_led_to_the_story(newsroom, desk, calm, reader):
    page = reader.page
    with no_complaint(page):
        assert reader.service.pushed == []
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("Notifications are on in this browser.")).to_be_visible()
    assert page.evaluate("localStorage.stub") == page.locator("browser-notices").get_attribute(
        "data-key"
    )
    page.get_by_label("Culture").check()
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Turn off notifications")).to_be_visible()
    expect(page.get_by_label("Breaking news")).to_be_checked()
    expect(page.get_by_label("Culture")).to_be_checked()

    raise_flash(desk, newsroom, WORDS)
    desk.wait_for_url("**/alerts/?raised=*")
    (told,) = reader.came(1)
    assert (told["title"], told["body"]) == ("Breaking", WORDS)
    page.goto(f"{newsroom.url}/world/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reader.hand_over(told | {"url": "/culture/"}, newsroom.url)
    await_shown(page, [["Breaking", WORDS, told["tag"]]])
    press(page)
    page.wait_for_url("**/culture/")
    await_shown(page, [])

    desk.goto(f"{newsroom.url}/newsroom/alerts/")
    desk.locator(".alert-list").get_by_role("button", name="Withdraw").first.click()
    back = reader.came(2)[1]
    assert (back["tag"], back["body"]) == (told["tag"], "This alert was withdrawn.")

    page.goto(f"{newsroom.url}/preferences/")
    look_at_what_was_sent(page)
    page.get_by_role("button", name="Turn off notifications").click()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    assert page.evaluate("localStorage.stub") is None


def look_at_what_was_sent(page):
    """Go from the preferences to the list of what came, change the clock there, and back."""
    page.get_by_role("button", name="What this browser was sent, and why").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this browser was sent, and why")
    lines = page.locator("#sent li")
    expect(lines.first).to_contain_text("Withdrawal of what was sent")
    expect(lines.last).to_contain_text("because you follow breaking news")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    with no_complaint(page):
        expect(page.get_by_text("This browser is notified of:")).to_be_visible()
    page.get_by_text("Your clock:").click()
    page.get_by_label("Time zone").select_option("Asia/Dubai")
    page.get_by_role("button", name="Change Your clock").click()
    expect(page.get_by_role("status").get_by_text("Done.")).to_be_visible()
    expect(page.get_by_text("Your clock: Asia/Dubai")).to_be_visible()
    expect(lines.last.locator("time")).to_have_attribute("datetime", re.compile(r"\+04:00$"))
    page.get_by_role("main").get_by_role("link", name="Preferences").click()
    expect(page.get_by_role("heading", name="Notifications")).to_be_in_viewport()


def test_what_takes_back_one_of_several_takes_the_place_of_all(newsroom, reader):
    page = reader.page
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_role("button", name="Turn off notifications")).to_be_visible()
    several = {"title": "2 stories for you", "tag": "several", "holds": ["story:1", "story:2"]}
    other = {"title": "Culture", "tag": "story:3"}
    for told in (several, other):
        reader.hand_over(told, newsroom.url)
    await_shown(page, [["2 stories for you", "", "several"], ["Culture", "", "story:3"]])
    back = {"title": "Meridian", "body": "Withdrawn.", "tag": "story:2", "quiet": True}
    reader.hand_over(back, newsroom.url)
    await_shown(page, [["Culture", "", "story:3"], ["Meridian", "Withdrawn.", "story:2"]])


def test_nothing_is_asked_before_something_is_chosen(reader):
    page = reader.page
    page.get_by_label("Breaking news").uncheck()
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("Choose something first.")).to_be_visible()
    assert page.evaluate("localStorage.stub") is None


def test_a_line_that_is_down_is_said(reader):
    page = reader.page
    page.route("**/-/notify/*", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    page.unroute("**/-/notify/*")
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_text("Notifications are on in this browser.")).to_be_visible()


@pytest.mark.parametrize(("width", "path"), [(320, "/ar/preferences/"), (1440, "/ru/preferences/")])
def test_who_forbade_them_is_told_how_to_go_on(newsroom, open_page, width, path):
    page = open_page(f"{newsroom.url}/offline/", width=width, color_scheme="dark")
    page.context.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )
    page.goto(f"{newsroom.url}{path}")
    expect(page.locator("browser-notices")).to_have_attribute("data-state", "denied")
    with no_complaint(page):
        expect(page.locator("browser-notices input").first).to_be_disabled()
        expect(page.locator("browser-notices [role=status]")).not_to_be_empty()


def test_without_scripts_nothing_is_offered(newsroom, open_page):
    page = open_page(f"{newsroom.url}/preferences/", java_script_enabled=False)
    expect(page.locator("browser-notices")).to_be_hidden()
