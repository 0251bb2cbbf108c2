"""An editor puts a newsletter together, counts, calls back, sends; a reader gets and reads it."""

import re

from playwright.sync_api import expect

from tests.journeys.mailbox import letter_to, text_of

READER = "morning-reader@news.example"
MAKE = f"""
from dateline.subscriptions.actions import *
from dateline.subscriptions.models import Newsletter
from dateline.topics.models import Edition
edition = Edition.objects.get(code="en")
made = Newsletter(edition=edition, slug="dawn", title="Dawn letter")
made = save_newsletter(by=None, newsletter=made)
who = subscriber_for(by=None, mail={READER!r}, edition=edition)
follow(by=None, subscriber=who, choice=Choice(subject=made.subject, edition=edition))
"""
LATER = """
from dateline.common import clock
from dateline.subscriptions.models import Issue
Issue.objects.filter(due_at__isnull=False, sent_at__isnull=True).update(due_at=clock.now())
"""
SOON = """
from datetime import timedelta
from dateline.common import clock
from dateline.subscriptions.models import Issue
waiting = Issue.objects.filter(due_at__isnull=False, sent_at__isnull=True)
waiting.update(due_at=clock.now() + timedelta(seconds=3))
"""


def signed_in(newsroom, page):
    who, password = newsroom.login
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


UNKEPT = """
from dateline.subscriptions.actions import *
from dateline.subscriptions.models import Newsletter
from dateline.topics.models import Edition
edition = Edition.objects.get(code="en")
made = Newsletter(edition=edition, slug="dusk", title="Dusk letter")
made = save_newsletter(by=None, newsletter=made)
print(begin_issue(by=None, newsletter=made).pk)
"""


def test_words_that_are_not_kept_are_not_left_without_a_question(newsroom, open_page):
    number = newsroom.shell(UNKEPT).strip()
    page = open_page(f"{newsroom.url}/newsroom/newsletters/issues/{number}/")
    signed_in(newsroom, page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    subject = page.get_by_label("Subject", exact=True)
    page.wait_for_timeout(2500)  # Wagtail looks for changes from then on.
    subject.press_sequentially("Half a sentence")
    page.wait_for_timeout(500)
    page.get_by_role("link", name="All newsletters").click()
    expect(subject).to_have_value("Half a sentence")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The letter is saved.")).to_be_visible()
    page.get_by_role("link", name="All newsletters").click()
    expect(page.get_by_role("region", name="Dusk letter")).to_be_visible()
    assert asked == ["beforeunload"]


def test_from_an_empty_letter_to_a_readers_screen(newsroom, open_page):
    newsroom.shell(MAKE)
    page = open_page(f"{newsroom.url}/newsroom/newsletters/")
    signed_in(newsroom, page)
    made = page.get_by_role("region", name="Dawn letter")
    expect(made.get_by_text("1 subscriber")).to_be_visible()
    made.get_by_role("button", name="New letter").click()
    page.get_by_label("Subject", exact=True).fill("A bridge and a sturgeon")
    page.get_by_label("Intro").fill("Good **morning**.")
    put = page.get_by_role("button", name=re.compile("^Put in: ")).first
    headline = put.get_attribute("aria-label").removeprefix("Put in: ")
    put.click()
    expect(page.locator("#newsletter-find")).to_be_in_viewport()
    expect(page.locator(".newsletter-part").get_by_text(headline)).to_be_visible()

    page.get_by_role("button", name="Look and send").click()
    expect(page.locator("[data-count]")).to_have_text("1")
    phone = page.frame_locator(".newsletter-phone")
    expect(phone.get_by_role("heading", name="A bridge and a sturgeon")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 900})
    when = page.get_by_label("Leave at").bounding_box()
    assert when["x"] + when["width"] <= 320
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Dark", exact=True).click()
    expect(page.frame_locator(".newsletter-phone").locator("body")).to_have_css(
        "background-color", "rgb(16, 20, 22)"
    )

    page.get_by_role("button", name="Send to 1 reader").click()
    page.get_by_role("button", name="Call it back").click()
    expect(page.get_by_text("The letter is a draft again. Nobody got it.")).to_be_visible()
    page.get_by_role("button", name="Send to 1 reader").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^It leaves in (1:00|0:\d\d)\.$"))
    expect(page.get_by_role("button", name="Call it back")).to_be_visible()
    newsroom.shell(SOON)
    page.reload()
    expect(page.locator(".newsletter-state")).to_contain_text("It left on", timeout=30_000)
    expect(page.get_by_role("timer")).to_have_count(0)
    expect(page.locator("[data-count]")).to_have_count(0)
    expect(page.get_by_role("link", name="How it fares")).to_be_visible()

    _name, letter = letter_to(newsroom, READER, "A bridge and a sturgeon")
    assert headline in text_of(letter)
    page.goto(re.search(r"https?://\S+/newsletters/\S+", text_of(letter))[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("A bridge and a sturgeon")
    expect(page.get_by_role("link", name=headline).first).to_be_visible()
