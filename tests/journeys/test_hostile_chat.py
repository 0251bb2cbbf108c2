"""Hostile texts said in a chat through its own form: nothing of them runs in a real browser."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.journeys.running import environment
from tests.standards.shared import hostile, needs_corpora

MOST_LETTERS = 1900
EACH = 24  # One message of so many goes through the form; all of them pass the same cleaning.
# Whatever a hostile text would do shows in one of these.
WATCH = """
  window.ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...given) => window.ran.push(`${name} ${given}`);
  addEventListener("securitypolicyviolation", (e) =>
    window.ran.push(`policy ${e.violatedDirective} ${e.sample}`));
"""
# What a message may be made of, and nothing else.
STRANGE = """
  () => [...document.querySelectorAll(".message-text, .message-quote")].flatMap((text) =>
    [...text.querySelectorAll("*")].filter((one) =>
      !["A", "B", "BLOCKQUOTE", "BR", "CODE", "EM", "P", "SPAN", "STRONG"].includes(one.tagName)
      || [...one.attributes].some((a) => /^on|^style$|^src/i.test(a.name))
      || (one.tagName === "A" && !["http:", "https:"].includes(one.protocol))
    ).map((one) => one.outerHTML.slice(0, 200)))
"""
LOG_IN = """
from django.conf import settings
from django.test import Client
from dateline.chats.models import Chat
from dateline.people.models import Account
from tests.factories import a_reader
account = Account.objects.create_user("hostile", password="a-long-pass-phrase", is_staff=True)
a_reader("Hostile Reader", account=account)
browser = Client()
browser.force_login(account)
chat = Chat.objects.filter(edition__code="en", story__isnull=False, closed_at=None).latest("pk")
print("SESSION", settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value)
print("CHAT", chat.pk, chat.story.address + "/chat/")
"""


def packed():
    """Return the texts of both families, as many in one message as it may hold."""
    messages, size = [[]], 0
    for family in ("xss_html", "wire_feed_xss"):
        for _key, payload in hostile(family):
            text = payload.decode("utf-8", "replace").replace("\0", "").strip()[:MOST_LETTERS]
            if size + len(text) > MOST_LETTERS:
                messages.append([])
                size = 0
            messages[-1].append(text)
            size += len(text) + 2
    return ["\n\n".join(texts) for texts in messages[::EACH]]


def refusal(page):
    """Return what the page of a refused message says of it."""
    return re.findall(r'class="[^"]*(?:error|trouble)[^"]*"[^>]*>(.*?)</', page, re.DOTALL) or page


@needs_corpora
def test_nothing_of_thousands_of_hostile_texts_runs(newsroom, open_page):
    own = environment(newsroom.settings) | {"DATELINE_HOME": str(newsroom.home)}
    command = [sys.executable, "-m", "dateline", "manage", "shell", "-v", "0", "-c", LOG_IN]
    told = subprocess.run(command, env=own, check=True, capture_output=True, text=True).stdout
    cookie, session = re.search(r"SESSION (\S+) (\S+)", told).groups()
    number, address = re.search(r"CHAT (\d+) (\S+)", told).groups()
    page = open_page(f"{newsroom.url}/-/live")
    page.context.add_cookies([{"name": cookie, "value": session, "url": newsroom.url}])
    page.add_init_script(WATCH)
    page.goto(newsroom.url + address)
    expect(page.locator("chat-room:defined")).to_be_visible()
    token = page.request.get(f"{newsroom.url}/me").json()["csrf"]
    for text in packed():
        fields = {"text": text, "go": "post", "csrfmiddlewaretoken": token}
        answer = page.request.post(
            f"{newsroom.url}/chats/{number}/say", form=fields, max_redirects=0
        )
        assert answer.status == 302, refusal(answer.text())
    found = page.evaluate(STRANGE) + page.evaluate("window.ran")
    seen, here = 0, f"{newsroom.url}{address}"
    while here:
        page.goto(here)
        seen += page.locator(".message.is-published").count()
        found += page.evaluate(STRANGE) + page.evaluate("window.ran")
        earlier = page.locator("[data-earlier]:not([hidden]) a")
        here = newsroom.url + earlier.get_attribute("href") if earlier.count() else ""
    assert found == []
    assert seen >= len(packed())
