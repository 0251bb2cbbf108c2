"""A browser that is notified by a push service on this machine.

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
from tests.push_double import Browser, push_service

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

# Whoever asks a browser what it shows while it shows more may have that forgotten: Chromium forgets
# what it keeps of notifications that were not on the screen when it began to look.
HEAR = """() => {
  const { registration } = self;
  const show = registration.showNotification;
  self.told = new Promise((done, fail) => {
    registration.showNotification = (...given) => {
      delete registration.showNotification;
      const shown = show.apply(registration, given);
      shown.then(done, fail);
      return shown;
    };
  });
}"""


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

    def came(self, count, about="alert:"):
        """Return what came about something, opened, once it is so much; stories come as they do."""
        end = time.monotonic() + PATIENCE
        while len(found := self._opened(about)) < count:
            assert time.monotonic() < end, self.service.refused
            self.page.wait_for_timeout(100)
        return found

    def _opened(self, about):
        opened = [json.loads(self.keys.open(one.body)) for one in self.service.pushed]
        return [one for one in opened if one["tag"].startswith(about)]

    def hand_over(self, message, url):
        """Give the worker a message, as the browser does once it opened it; it is shown then."""
        workers = self.page.context.service_workers
        worker = workers[0] if workers else self.page.context.wait_for_event("serviceworker")
        worker.evaluate(HEAR)
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
        worker.evaluate("() => self.told")


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


def press(page):
    """Press the one notification that the browser shows."""
    [worker] = page.context.service_workers
    worker.evaluate(
        "async () => { const [notification] = await self.registration.getNotifications();"
        " self.dispatchEvent(new NotificationEvent('notificationclick', { notification })); }"
    )


def dialog_of(page, newsroom, path="/topics/ostrel/", link=".follow-link"):
    """Open the dialog in which something is followed."""
    page.goto(f"{newsroom.url}{path}")
    page.locator(link).first.click()
    found = page.locator(".door-dialog")
    expect(found.locator("subscribe-how:defined")).to_be_visible()
    return found


def follow_here(dialog):
    """Choose notifications in the dialog, and press."""
    dialog.get_by_label("Notifications in this browser").check()
    dialog.get_by_role("button", name="Turn on notifications").click()
    expect(dialog.get_by_role("status")).to_have_text("Notifications are on in this browser.")
