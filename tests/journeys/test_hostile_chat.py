"""Hostile texts in a chat and around it: nothing of them runs in a real browser.

Messages go through the form readers use, all of them. What else people write of a chat is put there
by the house's actions: names, reports, notices, statements, appeals, notes, a story, a letter.
"""

import json
import re
from itertools import chain

import pytest
from playwright.sync_api import expect

from tests.journeys.running import Running
from tests.journeys.staff import log_in
from tests.standards.shared import hostile, needs_corpora

pytestmark = [needs_corpora, pytest.mark.slow]
FAMILIES = (
    *("xss_html", "wire_feed_xss", "html_tokenizer"),
    *("naughty_strings", "unicode", "ssti_generic"),
)
MOST_LETTERS = 1890
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
      !["A", "B", "BDI", "BLOCKQUOTE", "BR", "CODE", "EM", "P", "SPAN", "STRONG"]
        .includes(one.tagName)
      || [...one.attributes].some((a) => /^on|^style$|^src/i.test(a.name))
      || (one.hasAttribute("href") && !["http:", "https:"].includes(one.protocol))
    ).map((one) => one.outerHTML.slice(0, 200)))
"""
# What no text may bring anywhere: handlers, and what loads or leads somewhere by itself.
ARMED = """
  () => [...document.querySelectorAll("main *, #main *")].filter((one) =>
    [...one.attributes].some((a) => /^on/i.test(a.name))
    || ["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE"].includes(one.tagName)
    || /^(javascript|data|vbscript):/i.test(one.getAttribute("href") ?? "")
  ).map((one) => one.outerHTML.slice(0, 200))
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
PLANT = """
import json
from itertools import cycle
from pathlib import Path
from dateline.chats.actions import Words, open_chat, post_message
from dateline.chats.actions.appeal import appeal
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.actions.sanction import write_note
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.common.keys import new_key
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.stories.actions import Draft, publish_story, write_story
from dateline.subscriptions.actions import Plan, plan_sending
from dateline.subscriptions.enums import Thing
from dateline.topics.models import Section
from tests.factories import a_reader
texts, short = json.loads(Path(WHERE).read_text())
editor = Account.objects.get(username="editor")
section = Section.objects.filter(edition__code="en").first()
headline = " ".join(short[:12])[:250]
story = publish_story(by=None, story=write_story(by=None, draft=Draft(
    fields={"section": section, "headline": headline},
    body=[{"type": "paragraph", "value": "<p>Of that.</p>"}], bylines=[], topics=[])))
chat = open_chat(by=None, of=story)
ada = Reader.objects.get(account__username="hostile")
names = []
for n, name in enumerate(short[:40]):
    account = Account.objects.create_user(f"planted-{n}", is_staff=True)
    reader = a_reader(f"Planted {n}", account=account)
    Reader.objects.filter(pk=reader.pk).update(display_name=name)
    names.append(Reader.objects.get(pk=reader.pk))
speakers = cycle(names)
def said(by=None):
    words = Words(text=f"Planted {new_key()}")
    return post_message(by=by or next(speakers), chat=chat, words=words)
for n, text in enumerate(texts):
    if n % 4 == 0:
        report_message(by=next(speakers), message=said(), ground=Ground.FALSE, text=text)
    elif n % 4 == 1:
        notice = LegalNotice(law="honour", text="Because of this: " + text, name=text[:120],
                             mail="a@b.example", is_honest=True)
        report_illegal(by=None, message=said(), notice=notice)
    elif n % 4 == 2:
        why = Why(ground=Ground.OTHER, statement=text, note=text)
        [decision] = moderate(by=editor, messages=[said(ada)], deed=Deed.REJECT, why=why)
        appeal(by=ada, decision=decision, text=text)
    else:
        message = said()
        Message.objects.filter(pk=message.pk).update(state="held", text=text)
        write_note(by=editor, reader=names[0], text=text)
plan_sending(by=None, plan=Plan(key="planted", thing=Thing.STORY, edition=section.edition,
    subjects=(), title=headline[:200]))
print("READER", names[0].pk, names[1].pk)
print("MESSAGE", Message.objects.filter(chat=chat).values_list("pk", flat=True)[0])
print("CHAT", chat.pk, chat.story.address + "/chat/")
"""


def payloads():
    """Return every text of the families that a message may hold, without what no form sends."""
    told = chain.from_iterable(hostile(family) for family in FAMILIES)
    for _key, payload in told:
        text = payload.decode("utf-8", "replace").replace("\0", "").strip()[:MOST_LETTERS]
        if text:
            yield text


def packed():
    """Return all texts, as many in one message as it may hold."""
    messages, size = [[]], 0
    for text in payloads():
        if size + len(text) > MOST_LETTERS:
            messages.append([])
            size = 0
        messages[-1].append(text)
        size += len(text) + 2
    return ["\n\n".join(["Said:", *texts]) for texts in messages]


def refusal(page):
    """Return what the page of a refused message says of it."""
    return re.findall(r'class="[^"]*(?:error|trouble)[^"]*"[^>]*>(.*?)</', page, re.DOTALL) or page


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A newsroom of its own: nobody else is to find such a queue."""
    home = tmp_path_factory.mktemp("hostile") / "newsroom"
    running = Running(home, settings={"sample_pictures": "no"}).start()
    running.await_words("/chats/", "chat-link")
    yield running
    assert running.stop() == 0, running.log


@pytest.fixture(scope="module")
def reader(newsroom):
    """Return the cookie of somebody who may say anything, and where they say it."""
    told = newsroom.shell(LOG_IN)
    cookie = re.search(r"SESSION (\S+) (\S+)", told).groups()
    return cookie, re.search(r"CHAT (\d+) (\S+)", told).groups()


def watched(newsroom, open_page, cookie):
    page = open_page(f"{newsroom.url}/-/live")
    name, session = cookie
    page.context.add_cookies([{"name": name, "value": session, "url": newsroom.url}])
    page.add_init_script(WATCH)
    return page


def test_nothing_of_thousands_of_hostile_texts_runs(newsroom, open_page, reader):
    cookie, (number, address) = reader
    page = watched(newsroom, open_page, cookie)
    page.goto(newsroom.url + address)
    expect(page.locator("chat-room:defined")).to_be_visible()
    token = page.request.get(f"{newsroom.url}/me").json()["csrf"]
    said = packed()
    for text in said:
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
    assert seen >= len(said)


def test_nothing_runs_of_what_stands_around_a_chat(newsroom, open_page, reader, tmp_path):
    cookie, _ = reader
    texts = tmp_path / "texts.json"
    short = [text for text in payloads() if 8 < len(text) <= 40 and "<" in text]
    texts.write_text(json.dumps([packed(), short[:: len(short) // 40]]))
    told = newsroom.shell(f"WHERE = {str(texts)!r}\n{PLANT}")
    first, second = re.search(r"READER (\d+) (\d+)", told).groups()
    message = re.search(r"MESSAGE (\d+)", told)[1]
    chat, address = re.search(r"CHAT (\d+) (\S+)", told).groups()
    page = watched(newsroom, open_page, cookie)
    page.goto(f"{newsroom.url}/chats/decisions/")
    statements = [
        one.get_attribute("href") for one in page.locator("main a[href*=decisions]").all()
    ]
    own = [f"{newsroom.url}{one}" for one in statements[:5]]
    public = [f"{newsroom.url}{one}" for one in ("/chats/", "/chats/notices/", address)]
    found = looked_at(page, [*public, f"{newsroom.url}/chats/decisions/", *own])
    desk = open_page(f"{newsroom.url}/newsroom/")
    log_in(desk, newsroom)
    desk.add_init_script(WATCH)
    screens = [
        *(f"chats/?queue={queue}" for queue in ("reported", "held", "new", "legal", "appeals")),
        *(f"chats/reader/{reader}/" for reader in (first, second)),
        *(f"chats/{rest}" for rest in (f"message/{message}/", f"chat/{chat}/", "rooms/")),
        *("chats/decisions/", "chats/figures/", "letters/", "stories/"),
    ]
    found += looked_at(desk, [f"{newsroom.url}/newsroom/{one}" for one in screens])
    assert found == []
    assert len(own) == 5


def looked_at(page, addresses):
    """Open pages, all further pages of a queue too, and return what is wrong with any."""
    found = []
    for address in addresses:
        here = address
        while here:
            answer = page.goto(here)
            assert answer.status == 200, here
            found += [(here, one) for one in page.evaluate(ARMED) + page.evaluate("window.ran")]
            further = page.locator("a[href*='before=']")
            here = (
                page.evaluate("a => a.href", further.first.element_handle())
                if further.count()
                else ""
            )
    return found
