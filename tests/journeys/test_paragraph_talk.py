"""Words chosen in a paragraph begin a talk about it, and the paragraph shows that there is one."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.readers import enter, message, say
from tests.journeys.test_chats import chat

__all__ = ["chat"]
CHOOSE = """paragraph => {
  const range = document.createRange();
  range.selectNodeContents(paragraph.lastChild);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""
PARAGRAPH = ".story-text > p[id^='b-']"


@pytest.fixture
def story(newsroom, open_page):
    """Return the address of a story with a chat that is open."""
    page = open_page(f"{newsroom.url}/world/?kind=news")
    link = page.locator("main a.card-link[href*=talks-on-the-status]")  # It has paragraphs.
    path = link.first.get_attribute("href")
    newsroom.await_words(path, "<story-chat")  # The runner opens chats one after the other.
    return newsroom.url + path


def test_chosen_words_begin_a_talk_and_the_paragraph_counts_it(newsroom, open_page, story):
    page = open_page(f"{story}/chat/")
    enter(newsroom, page, "chooses@example.org", "Choosing Reader")
    with page.expect_response(re.compile(r"/blocks\.json$"), timeout=20_000):
        page.goto(story)
    paragraph = page.locator(PARAGRAPH).nth(1)
    offer = page.get_by_role("button", name="Talk about this paragraph")
    paragraph.evaluate(CHOOSE)
    expect(offer).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    offer.press("Enter")
    box = page.locator("story-chat [data-box]")
    expect(box.get_by_text("About the paragraph")).to_be_visible(timeout=20_000)
    expect(offer).to_have_count(0)
    say(page, "Is that all of it?")
    expect(message(page, "Is that all of it?").locator(".message-about")).to_be_visible()
    page.goto(story)
    count = page.get_by_role("link", name="1 message about this paragraph")
    expect(count).to_be_visible(timeout=20_000)
    assert Axe().run(page).response["violations"] == []
    count.click()
    expect(page.get_by_text("Messages about one paragraph.")).to_be_visible(timeout=20_000)
    expect(message(page, "Is that all of it?")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (page.url, story):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_invitation_counts_messages_as_they_come(newsroom, open_page, story):
    writer = open_page(f"{story}/chat/")
    enter(newsroom, writer, "counts@example.org", "Counting Reader")
    say(writer, "One for the count.")
    reader = open_page(story)
    reader.locator("story-chat").scroll_into_view_if_needed()
    tally = reader.locator("[data-tally]")
    expect(tally).to_have_text(re.compile(r"^\d+ messages?$"), timeout=20_000)
    before = int(tally.inner_text().split()[0])
    say(writer, "Another for the count.")
    expect(tally).to_have_text(f"{before + 1} messages", timeout=20_000)
