"""Moderators arrange chats: open pages follow at once; axe looks at every screen of theirs."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.moderators import desk, fill, row

SCREENS = ("?queue=reported", "?queue=held", "?queue=new", "?queue=legal", "?queue=appeals")
SCREENS += ("rooms/", "rooms/?closed=on", "decisions/", "figures/", "words/")


def arrange(page, reader, **fields):
    """Have a moderator change how the chat goes that a reader has open."""
    number = reader.locator("chat-room").get_attribute("data-chat")
    page.goto(re.sub(r"/newsroom/.*", f"/newsroom/chats/chat/{number}/", page.url))
    for label, value in fields.items():
        field = page.get_by_label(label.replace("_", " "))
        if label == "Mode":
            field.select_option(label=value)
        else:
            field.fill(value)
    if fields:
        page.get_by_role("button", name="Put it in force").click()
        expect(page.locator(".messages")).to_contain_text("The chat is told.")


def test_a_chat_closes_and_goes_on_under_its_readers_eyes(newsroom, open_page):
    address = fill(newsroom, "Closing", "The doors of the harbour were open.")
    reader = open_page(f"{newsroom.url}{address}")
    box = reader.locator("[data-box]")
    expect(box).to_be_visible()
    page = desk(newsroom, open_page, "held")
    arrange(page, reader)
    page.get_by_role("button", name="Close the chat").click()
    expect(reader.locator("[data-state]")).to_contain_text("This chat is closed.", timeout=3000)
    expect(box).to_be_hidden()
    page.get_by_role("button", name="Let it go on").click()
    expect(box).to_be_visible(timeout=3000)
    arrange(page, reader, Hours_in_which_it_takes_messages="00:00-00:01")
    expect(reader.locator("[data-state]")).to_contain_text("This chat rests.", timeout=3000)
    arrange(page, reader, Hours_in_which_it_takes_messages="")


def test_where_questions_are_asked_only_the_guest_is_offered_to_answer(newsroom, open_page):
    address = fill(newsroom, "Asking", "What becomes of the harbour, asks the first?")
    reader = open_page(f"{newsroom.url}{address}")
    answer = reader.locator(".message", has_text="asks the first?").locator("[data-reply]")
    expect(answer).to_be_visible()
    page = desk(newsroom, open_page, "held")
    guests = {"Guests_who_answer_questions": "Walker 0 Asking"}
    arrange(page, reader, Mode="Questions and answers", **guests)
    expect(reader.locator("[data-state]")).to_contain_text("Walker 0 Asking", timeout=3000)
    expect(answer).to_be_hidden()
    arrange(page, reader, Mode="Open")
    expect(answer).to_be_visible(timeout=3000)


def axe(page):
    found = Axe().run(page, context="main").response["violations"]
    nodes = ((one["id"], node["html"][:140]) for one in found for node in one["nodes"])
    return [f"{page.url} {rule} {html}" for rule, html in nodes]


def test_axe_finds_nothing_on_any_screen(newsroom, open_page):
    fill(newsroom, "Axe", "You idiot, for axe to see.", "The mayor sold it, for axe.", report=True)
    page = desk(newsroom, open_page, "held")
    base = f"{newsroom.url}/newsroom/chats/"
    message = row(page, "for axe to see").get_attribute("data-message")
    page.goto(f"{base}rooms/")
    room = page.locator(".mod-row a").first.get_attribute("href")
    page.goto(f"{base}message/{message}/")
    reader = page.locator(".mod-panel h2 a").first.get_attribute("href")
    addresses = [f"{base}{screen}" for screen in SCREENS]
    addresses += [f"{base}message/{message}/", *(f"{newsroom.url}{one}" for one in (room, reader))]
    found = []
    for address in addresses:
        for width, scheme in ((390, "dark"), (1440, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            found += axe(page)
    assert "\n".join(found) == ""
