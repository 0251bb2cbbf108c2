"""Notifications: from the press of a button to a push service, and from there into the open window.

Chromium's own push service is not there, so the page's subscription is that of a double; what the
double gets is opened and handed to the worker as the browser would.
"""

import json
import time
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dateline.standards.base64url import to_base64url
from tests.journeys.running import PATIENCE
from tests.journeys.test_alert import desk, raise_flash
from tests.push_double import Browser, push_service

__all__ = ["desk"]
STUB = """
const told = %s;
const subscription = {
  ...told,
  toJSON: () => told,
  unsubscribe: async () => { localStorage.removeItem("stub"); return true; },
};
PushManager.prototype.subscribe = async function (options) {
  localStorage.setItem("stub", options.applicationServerKey);
  return subscription;
};
PushManager.prototype.getSubscription = async () =>
  localStorage.getItem("stub") ? subscription : null;
"""
WORDS = "Bridge over the Ostrel closed"


@pytest.fixture
def service():
    with push_service() as made:
        yield made


class Reader:
    """A browser window whose notifications come by a push service on this machine."""

    def __init__(self, page, service):
        self.page, self.service, self.keys = page, service, Browser()
        keys = {"p256dh": self.keys.p256dh, "auth": to_base64url(self.keys.auth)}
        told = {"endpoint": f"{service.url}/p/1", "keys": keys}
        page.context.add_init_script(STUB % json.dumps(told))

    def came(self, count):
        """Return what came of alerts, opened, once it is so much; stories come as they do."""
        end = time.monotonic() + 30
        while len(found := self._alerts()) < count:
            assert time.monotonic() < end, self.service.refused
            self.page.wait_for_timeout(100)
        return found

    def _alerts(self):
        opened = [json.loads(self.keys.open(one.body)) for one in self.service.pushed]
        return [one for one in opened if one["tag"].startswith("alert:")]

    def hand_over(self, message, url):
        """Give the worker a message, as the browser does with one it has opened."""
        line = self.page.context.new_cdp_session(self.page)
        found = []
        line.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(told["registrations"]),
        )
        line.send("ServiceWorker.enable")
        end = time.monotonic() + PATIENCE
        while not found and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        number = found[-1]["registrationId"]
        data = json.dumps(message)
        line.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": url, "registrationId": number, "data": data},
        )
        line.detach()


@contextmanager
def no_complaint(page):
    yield
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def shown(page):
    return page.evaluate(
        "navigator.serviceWorker.ready.then((one) => one.getNotifications())"
        ".then((all) => all.map(({ title, body, tag }) => [title, body, tag]).sort())"
    )


def await_shown(page, expected):
    """Wait until the browser shows these notifications."""
    end = time.monotonic() + PATIENCE
    while (found := shown(page)) != expected and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert found == expected


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
    [worker] = page.context.service_workers
    worker.evaluate(
        "async () => { const [notification] = await self.registration.getNotifications();"
        " self.dispatchEvent(new NotificationEvent('notificationclick', { notification })); }"
    )
    page.wait_for_url("**/culture/")
    await_shown(page, [])

    desk.goto(f"{newsroom.url}/newsroom/alerts/")
    desk.locator(".alert-list").get_by_role("button", name="Withdraw").first.click()
    back = reader.came(2)[1]
    assert (back["tag"], back["body"]) == (told["tag"], "This alert was withdrawn.")

    page.goto(f"{newsroom.url}/preferences/")
    page.get_by_role("button", name="Turn off notifications").click()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    assert page.evaluate("localStorage.stub") is None


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
