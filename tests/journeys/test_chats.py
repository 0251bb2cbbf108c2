"""Readers talk: one who had no account, another who watches, with and without scripts."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.readers import message, register

SIZES = [(390, 844), (1440, 900)]


@pytest.fixture
def chat(newsroom, open_page):
    """Return the address of the chat with the latest word."""
    page = open_page(f"{newsroom.url}/chats/")
    return newsroom.url + page.locator(".chat-link").nth(1).get_attribute("href")


@pytest.fixture
def open_chat(open_page, chat):
    """Return a function that opens the chat and waits for its script."""

    def open_it(**options):
        page = open_page(chat, **options)
        expect(page.locator("chat-room:defined")).to_be_visible()
        return page

    return open_it


def test_a_reader_without_account_writes_registers_and_another_browser_sees_it(
    newsroom, open_chat, chat
):
    other = open_chat()
    page = open_chat()
    box = page.get_by_label("Your message")
    expect(
        page.get_by_text("To participate in the discussion, log in or register.")
    ).to_be_visible()
    box.fill("I was there, and it *rained*.")
    page.get_by_role("button", name="register", exact=True).click()
    register(newsroom, page.get_by_role("dialog"), "chatty@example.org", "Chatty Reader")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(chat)
    expect(box).to_have_value("I was there, and it *rained*.")
    expect(page.get_by_text("You write as Chatty Reader")).to_be_visible()
    expect(message(other, "I was there")).to_have_count(0)
    count = other.locator(".chat-count")
    before = int(count.text_content().split()[0])
    page.get_by_role("button", name="Post", exact=True).click()
    expect(message(page, "I was there, and it rained.")).to_be_visible()
    expect(message(other, "I was there, and it rained.")).to_be_visible(timeout=2000)
    expect(count).to_have_text(f"{before + 1} messages")
    expect(box).to_have_value("")
    expect(message(page, "I was there").get_by_text(re.compile(r"Edit \(4:\d\d\)"))).to_be_visible()
    _edits_and_deletes(page, other)
    _takes_back_what_waits(page, other)


def _takes_back_what_waits(page, other):
    page.get_by_label("Your message").fill("You are an idiot, sir.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("A moderator will look at your message first.")).to_be_visible()
    page.locator("[data-told]").get_by_role("link", name="Your message").click()
    expect(page.locator(".message-text")).to_have_text("You are an idiot, sir.")
    page.get_by_role("button", name="Delete").click()
    expect(message(other, "idiot")).to_have_count(0)


def _edits_and_deletes(page, other):
    own = message(page, "I was there")
    own.get_by_text(re.compile(r"Edit \(")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Change your message").fill("I was there, and it snowed.")
    dialog.get_by_role("button", name="Save").click()
    expect(message(other, "it snowed")).to_be_visible(timeout=2000)
    expect(message(other, "it snowed").get_by_text("edited")).to_be_visible()
    own.get_by_role("link", name="React").click()
    page.get_by_role("button", name="Thanks").click()
    expect(message(other, "it snowed").get_by_text("Thanks 1")).to_be_visible(timeout=2000)
    own.get_by_role("link", name="Reply").click()
    page.get_by_label("Your message").fill("To myself.")
    page.keyboard.press("Control+Enter")
    answer = message(other, "To myself.")
    expect(answer.locator("blockquote")).to_have_text(
        re.compile("I was there, and it snowed"), timeout=2000
    )
    expect(message(other, "it snowed").first.get_by_text("1 answer")).to_be_visible()
    key = own.first.get_attribute("data-message")
    own.first.get_by_role("link", name="More").click()
    dialog.get_by_role("button", name="Delete").click()
    gone = other.locator(f'[data-message="{key}"]')
    expect(gone).to_have_text(re.compile("Its author deleted this message."), timeout=2000)
    expect(answer.locator("blockquote")).to_have_count(0)
    expect(message(page, "it snowed")).to_have_count(0)


def test_without_scripts_the_text_goes_through_the_login(newsroom, open_page, open_chat, chat):
    watcher = open_chat()
    page = open_page(chat, java_script_enabled=False)
    page.get_by_label("Your message").fill("No scripts were harmed.")
    page.get_by_role("button", name="log in", exact=True).click()
    register(newsroom, page, "scriptless@example.org", "Scriptless Reader")
    expect(page.get_by_label("Your message")).to_have_value("No scripts were harmed.")
    expect(message(watcher, "No scripts")).to_have_count(0)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(message(page, "No scripts were harmed.")).to_be_visible()
    expect(message(watcher, "No scripts were harmed.")).to_be_visible(timeout=2000)
    message(page, "No scripts").get_by_role("link", name="More").click()
    page.get_by_role("button", name="Agree").click()
    expect(message(watcher, "No scripts").get_by_text("Agree 1")).to_be_visible(timeout=2000)
    message(page, "No scripts").get_by_role("link", name="Reply").click()
    page.get_by_label("Your message").fill("Nor was anybody.")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(message(page, "Nor was anybody.").locator("blockquote")).to_be_visible()


def test_what_is_typed_survives_a_reload(open_chat):
    page = open_chat()
    page.get_by_label("Your message").fill("Not yet finished")
    page.reload()
    expect(page.get_by_label("Your message")).to_have_value("Not yet finished")


def test_the_drawer_lists_chats_and_opens_one_in_place(newsroom, open_page):
    page = open_page(f"{newsroom.url}/")
    expect(page.locator("[data-newsfeed-toggle]")).to_have_attribute("aria-expanded", "true")
    page.get_by_role("tab", name="Chats").click()
    lines = page.locator("#pane-chats .chat-line")
    expect(lines.first).to_be_visible()
    title = lines.first.locator(".chat-link").text_content()
    lines.first.locator(".chat-link").click()
    room = page.locator("#pane-chats chat-room")
    expect(room.locator("[data-message]").last).to_be_visible()
    expect(page.locator("#pane-chats [data-title]")).to_have_text(title)
    back = page.get_by_role("button", name="All chats")
    expect(back).to_be_in_viewport()
    _go_about_in_the_drawer(page, room)
    expect(page).to_have_url(f"{newsroom.url}/")
    expect(back).to_be_in_viewport()
    back.click()
    expect(lines.first).to_be_visible()
    lines.first.locator(".chat-link").click()
    expect(room.locator("[data-message]").last).to_be_visible()
    page.get_by_role("tab", name="Chats").click()
    expect(lines.first).to_be_visible()


def _go_about_in_the_drawer(page, room):
    """Its orders, threads and search are looked at where the chat is."""
    room.get_by_role("link", name="Featured").click()
    expect(room.locator(".chat-sorts [aria-current]")).to_have_text("Featured")
    room.get_by_role("link", name="Newest").click()
    expect(room.locator(".chat-sorts [aria-current]")).to_have_text("Newest")
    room.get_by_role("searchbox").fill("zqnothing")
    room.get_by_role("searchbox").press("Enter")
    expect(page.locator("#pane-chats .chat-page")).to_contain_text("Nobody has said anything here")
    page.locator("#pane-chats").get_by_role("link", name="Back to the discussion").click()
    expect(room.locator("[data-message]").last).to_be_visible()


def test_unread_messages_are_counted_exactly(newsroom, open_chat):
    page = open_chat()
    page.locator("[data-box]").scroll_into_view_if_needed()
    number = chat_number(page)
    newest = int(_kept(page, f"dateline:chat-read:{number}"))
    numbers = "all => all.map(one => +one.dataset.number)"
    assert newest == max(page.locator("[data-message]").evaluate_all(numbers))
    third = sorted(page.locator("[data-message].is-published").evaluate_all(numbers))[-4]
    page.evaluate(f"localStorage['dateline:chat-read:{number}'] = '{third}'")
    page.goto(f"{newsroom.url}/chats/")
    line = page.locator(f'.chat-line[data-chat="{number}"]')
    expect(line.locator("[data-unread]")).to_have_text("3 unread messages")


def _kept(page, name):
    """Return what a page keeps in its browser, once it does."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if kept := page.evaluate("name => localStorage[name]", name):
            return kept
        time.sleep(0.1)
    raise AssertionError(name)


def chat_number(page):
    return page.locator("chat-room").get_attribute("data-chat")


def test_a_chat_stands_at_the_end_of_its_story(open_page, chat):
    page = open_page(chat.removesuffix("chat/").removesuffix("/"))
    expect(page.locator("story-chat:defined")).to_be_visible()
    page.get_by_role("link", name="Read the discussion and take part").click()
    expect(page.locator("story-chat chat-room [data-message]").first).to_be_visible()
    expect(page.locator("story-chat").get_by_text("To participate")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chat_is_usable_by_everyone(newsroom, open_page, chat, width, height, scheme):
    page = open_page(chat, width=width, height=height, color_scheme=scheme)
    expect(page.get_by_role("log", name="Messages")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{newsroom.url}/chats/")
    assert Axe().run(page).response["violations"] == []
    page.goto(f"{newsroom.url}/ar/chats/")
    page.locator(".chat-link").first.click()
    expect(page.locator("chat-room")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_new_words_are_announced_once_and_politely(newsroom, open_chat):
    page = open_chat()
    status = page.locator("chat-room > [data-status]")
    expect(status).to_have_attribute("role", "status")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")


SAY = """
from django.db import transaction
from dateline.chats.actions import Words, post_message
from dateline.chats.models import Chat
from dateline.readers.models import Reader
from tests.factories import a_reader
chat = Chat.objects.get(pk={chat})
with transaction.atomic():  # All of them are told of at once.
    for name, text in {said}:
        words, known = Words(text=text), Reader.objects.filter(display_name=name)
        assert post_message(by=known.first() or a_reader(name), chat=chat, words=words).is_readable
"""
HEAR = """
window.heard = [];
const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
new MutationObserver((changes) => {
  const said = new Set(changes.map((change) => {
    const element = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    return element?.closest(live);
  }));
  for (const region of said) {
    const words = region?.textContent.trim();
    if (words) window.heard.push(words);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"""
FOUR = [
    ("Ella Quist", "The ferry was late again this morning."),
    ("Finn Dahl", "My street has had no light since Tuesday."),
    ("Greta Holm", "Who paid for the new bridge, then?"),
    ("Hugo Lind", "They promised it to us in the spring."),
]


def test_messages_that_arrive_at_once_are_one_announcement(newsroom, open_chat):
    page = open_chat()
    page.evaluate(HEAR)
    number = chat_number(page)
    newsroom.shell(SAY.format(chat=number, said=FOUR))
    expect(message(page, "They promised it to us")).to_be_visible()
    expect(page.locator("chat-room > [data-status]")).to_have_text("4 new messages")
    last = [("Ines Falk", "I live next to it, and it is fine.")]
    newsroom.shell(SAY.format(chat=number, said=last))
    said = "Ines Falk says: I live next to it, and it is fine."
    expect(page.locator("chat-room > [data-status]")).to_have_text(said)
    heard = page.evaluate("heard")
    # Meanwhile the chat may lose what readers of other tests had said who left.
    assert [one for one in heard if one != "A message is gone."] == ["4 new messages", said]


def test_what_is_muted_is_not_unread_as_it_was_said_and_as_it_comes(newsroom, open_chat):
    page = open_chat()
    page.get_by_role("button", name="register", exact=True).click()
    register(newsroom, page.get_by_role("dialog"), "quiet@example.org", "Quiet Reader")
    number = chat_number(page)
    loud = "Karl Berg"
    newsroom.shell(SAY.format(chat=number, said=[(loud, "Everybody must hear this from me.")]))
    message(page, "Everybody must hear this").get_by_role("link", name="More").click()
    page.get_by_role("dialog").get_by_role("button", name=f"Mute {loud}").click()
    expect(message(page, "Everybody must hear this")).to_have_class(re.compile("is-muted"))
    _kept(page, f"dateline:chat-read:{number}")
    page.goto(newsroom.url)
    said = [(loud, "And this as well, please."), ("Lena Dorn", "What became of the other plan?")]
    newsroom.shell(SAY.format(chat=number, said=said))
    page.goto(f"{newsroom.url}/chats/")
    unread = page.locator(f'main .chat-line[data-chat="{number}"] [data-unread]')
    expect(unread).to_have_text("1 unread message")
    said = [(loud, "I am not done with you."), ("Lena Dorn", "It was cheaper, as I remember.")]
    newsroom.shell(SAY.format(chat=number, said=said))
    expect(unread).to_have_text("2 unread messages")
