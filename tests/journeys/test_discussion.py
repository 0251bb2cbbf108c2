"""A discussion: from the first words of somebody without an account to the last trace of them.

The same story twice: with scripts nothing is loaded again, without them each page is.
"""

import json
import re
import time
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.moderators import desk, fill, row
from tests.journeys.readers import message, register

AT_ONCE = 5.0
"""Seconds, on a machine that does other things too; what it took is on record."""
GRACE_GOES_BY = """
from django.db.models import F
from dateline.readers.models import Departure
Departure.objects.filter(reader__account__email={mail!r}).update(leaves_at=F("asked_at"))
"""
WHAT_IS_LEFT = """
from django.db import connection
from tests.readers.traces import traces
if connection.vendor == "sqlite":
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
print("LEFT", traces({mark!r}))
"""


class Talk:
    """One chat, with a browser of its own for each who takes part."""

    def __init__(self, newsroom, open_page, scripts):
        self.newsroom, self.scripts = newsroom, scripts
        self.mark = "zqquick" if scripts else "zqplain"
        self.mail, self.name = f"{self.mark}@example.org", f"{self.mark} reader"
        self.question = f"Has anybody seen the {'old' if scripts else 'new'} pier at night?"
        self.said = f"I have, and {self.mark} it *rained*."
        self.shown = f"I have, and {self.mark} it rained."
        self.chat = newsroom.url + fill(newsroom, f"Pier {scripts}", self.question)
        self.other = open_page(self.chat, java_script_enabled=scripts)
        self.reader = open_page(self.chat, java_script_enabled=scripts)
        phone = {"width": 390, "height": 844, "has_touch": True, "java_script_enabled": scripts}
        self.moderator = desk(newsroom, open_page, "new", **phone)
        if scripts:
            for page in (self.other, self.reader):
                expect(page.locator("chat-room:defined")).to_be_visible()
                page.evaluate("window.here = true")
            expect(self.moderator.locator("chats-desk:defined")).to_be_visible()

    def sees(self, page, what):
        """Wait until a page shows something; return after how many seconds it did."""
        began = time.monotonic()
        if not self.scripts:
            page.goto(self.chat)
        expect(what).to_be_visible(timeout=AT_ONCE * 1000)
        assert not self.scripts or page.evaluate("window.here")
        return round(time.monotonic() - began, 2)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_from_the_first_words_of_a_stranger_to_their_last_trace(
    newsroom, open_page, record_property, scripts
):
    talk = Talk(newsroom, open_page, scripts)
    a_reader_without_account_writes(talk)
    registers_by_code(talk)
    returns_to_the_line_with_the_text(talk)
    posts_and_the_other_browser_shows_it(talk, record_property)
    a_moderator_rejects_it_and_it_vanishes_from_both(talk, record_property)
    the_reader_takes_everything_along(talk)
    leaves_and_nothing_is_left(talk)


def a_reader_without_account_writes(talk):
    page = talk.reader
    message(page, talk.question).get_by_role("link", name="Reply").click()
    page.get_by_label("Your message").fill(talk.said)


def registers_by_code(talk):
    page = talk.reader
    page.get_by_role("button", name="register", exact=True).click()
    form = page.get_by_role("dialog") if talk.scripts else page
    register(talk.newsroom, form, talk.mail, talk.name)


def returns_to_the_line_with_the_text(talk):
    page = talk.reader
    expect(page.get_by_label("Your message")).to_have_value(talk.said)
    if talk.scripts:
        expect(page).to_have_url(talk.chat)
        expect(page.locator("[data-answering]")).to_contain_text(talk.question)
        expect(page.get_by_text(f"You write as {talk.name}")).to_be_visible()
    else:
        expect(page.locator(".messages")).to_contain_text(talk.question)
    expect(message(talk.other, talk.mark)).to_have_count(0)


def posts_and_the_other_browser_shows_it(talk, record_property):
    page, other = talk.reader, talk.other
    page.get_by_role("button", name="Post", exact=True).click()
    expect(message(page, talk.shown)).to_be_visible()
    took = talk.sees(other, message(other, talk.shown))
    record_property("seconds until another browser shows a message", took)
    expect(message(other, talk.shown).locator("blockquote")).to_contain_text(talk.question)


def a_moderator_rejects_it_and_it_vanishes_from_both(talk, record_property):
    key = message(talk.other, talk.shown).get_attribute("data-message")
    page = talk.moderator
    page.reload()
    told = row(page, talk.mark)
    told.locator(".mod-reject summary").tap()
    told.get_by_label("To its author").fill("Nobody may stand there.")
    told.get_by_role("button", name="False claim of fact").tap()
    expect(told).to_have_count(0)
    for name, page in (("author", talk.reader), ("other", talk.other)):
        line = page.locator(f'[data-message="{key}"]')
        took = talk.sees(page, line.get_by_text("A moderator removed this message."))
        record_property(f"seconds until the {name} sees that a message was removed", took)
        expect(message(page, talk.mark)).to_have_count(0)
    talk.reader.goto(f"{talk.newsroom.url}/account/")
    decided = talk.reader.locator("[data-decided]")
    expect(decided).to_contain_text("Because of: False claim of fact.")
    expect(decided).to_contain_text("Nobody may stand there.")


def the_reader_takes_everything_along(talk):
    page = talk.reader
    page.get_by_role("link", name="Take everything along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        talked = json.loads(packed.read("chats.json"))
    assert [one["text"] for one in talked["messages"]] == [talk.said]


def leaves_and_nothing_is_left(talk):
    page = talk.reader
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("This account will be deleted on")).to_be_visible()
    assert what_is_left(talk) != []
    talk.newsroom.shell(GRACE_GOES_BY.format(mail=talk.mail))
    end = time.monotonic() + 30
    while page.get_by_role("heading", name="Log in or register").count() == 0:
        assert time.monotonic() < end, "the runner removes nobody"
        page.goto(f"{talk.newsroom.url}/account/")
    assert what_is_left(talk) == []
    assert talk.mark not in talk.newsroom.log
    talk.other.goto(talk.chat)
    expect(message(talk.other, talk.question)).to_be_visible()
    expect(talk.other.get_by_text(talk.name)).to_have_count(0)


def what_is_left(talk):
    """Return the tables and files in which something is left of the reader."""
    told = talk.newsroom.shell(WHAT_IS_LEFT.format(mark=talk.mark))
    found = re.search(r"LEFT \[(.*)\]", told)[1]
    return [one.strip("' ") for one in found.split(",") if one]
