"""What is one reader's own of the chats: what they are told of, follow and hide."""

import re
from contextlib import suppress

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.readers import enter, message, say
from tests.journeys.test_chats import chat

__all__ = ["chat"]
SIZES = [(320, 640), (1440, 900)]


def test_a_reader_is_told_of_an_answer_and_follows_it_home(newsroom, open_page, chat):
    asks, answers = open_page(chat), open_page(chat)
    enter(newsroom, asks, "asks@example.org", "Asking Reader")
    say(asks, "Has anybody seen the harbour at night?")
    enter(newsroom, answers, "answers@example.org", "Answering Reader")
    message(answers, "the harbour at night").get_by_role("link", name="Reply").click()
    say(answers, "I have, from the pier.")
    account = asks.locator("[data-account]")
    for _ in range(20):  # A page counts as it comes; the runner tells of an answer a little later.
        asks.goto(f"{newsroom.url}/")
        with suppress(AssertionError):
            expect(account).to_have_attribute("data-unseen", "1", timeout=1000)
            break
    expect(account).to_have_attribute("data-unseen", "1")
    expect(account).to_have_accessible_name("Asking Reader, 1 unread reply or mention")
    asks.get_by_role("tab", name=re.compile("Chats")).click()
    asks.get_by_role("link", name="Replies and mentions").click()
    notice = asks.get_by_role("link", name="Answering Reader answered you")
    expect(notice).to_be_visible()
    expect(asks.locator(".chat-line.is-new")).to_have_count(1)
    notice.click()
    expect(message(asks, "I have, from the pier.")).to_be_visible()
    expect(account).to_have_attribute("data-unseen", "")
    _without_scripts(newsroom, open_page, asks)


def _without_scripts(newsroom, open_page, page):
    """The same stands on a page of its own, for whoever has no scripts."""
    plain = open_page(f"{newsroom.url}/", java_script_enabled=False)
    plain.context.add_cookies(page.context.cookies())
    plain.goto(f"{newsroom.url}/account/")
    plain.get_by_role("link", name="Replies and mentions").click()
    expect(plain.get_by_role("heading", name="Replies and mentions")).to_be_visible()
    plain.get_by_role("link", name="Answering Reader answered you").click()
    expect(message(plain, "I have, from the pier.")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for code in ("", "ar"):
            page.goto(f"{newsroom.url}/chats/notices/?edition={code}")
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_chat_is_followed_and_comes_first(newsroom, open_page, chat):
    page = open_page(chat)
    enter(newsroom, page, "follows@example.org", "Following Reader")
    follow = page.get_by_role("button", name="Follow")
    expect(follow).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/follow"):  # Pressed at once; kept when it is answered.
        follow.press("Enter")
    expect(follow).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(follow).to_have_attribute("aria-pressed", "true")
    page.goto(f"{newsroom.url}/chats/")
    first = page.locator(".chat-line").first
    expect(first).to_have_class(re.compile("is-mine"))
    assert first.locator(".chat-link").get_attribute("href") == chat.removeprefix(newsroom.url)
    plain = open_page(chat, java_script_enabled=False)
    plain.context.add_cookies(page.context.cookies())
    plain.get_by_role("link", name="Follow").click()
    plain.get_by_role("button", name="Do not follow it any more").click()
    expect(plain).to_have_url(chat)
    page.goto(chat)
    expect(follow).to_have_attribute("aria-pressed", "false")


def test_a_chat_is_searched(open_page, chat):
    page = open_page(chat)
    word = max(page.locator(".message-text").first.text_content().split(), key=len)
    page.get_by_role("searchbox", name="Search this chat").fill(word.upper().strip(".,"))
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page.locator(".chat-extract mark").first).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.locator(".chat-link").last.click()
    expect(page.locator(".message:target")).to_be_visible(timeout=20_000)


def test_whoever_wants_no_chats_sees_none(newsroom, open_page, chat):
    page = open_page(f"{newsroom.url}/preferences/")
    expect(page.locator("reader-preferences:defined")).to_be_visible()
    page.get_by_label(re.compile("No chats")).check()
    page.goto(chat.removesuffix("chat/").removesuffix("/"))
    expect(page.locator(".story-text, .live").first).to_be_visible()
    expect(page.get_by_role("link", name="Read the discussion and take part")).to_be_hidden()
    page.goto(f"{newsroom.url}/")
    expect(page.get_by_role("tab", name="Newsfeed")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(1)
    page.keyboard.press("c")
    expect(page.locator("#pane-newsfeed")).to_be_visible()
