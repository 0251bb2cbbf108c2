"""Two who follow a topic, by mail and by notification: what each gets, and what the ledger says."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.mailbox import letter_to
from tests.journeys.notified import Reader, await_shown, dialog_of, follow_here, press, service
from tests.journeys.staff import log_in, publish

__all__ = ["service"]
MAIL = "two-follow@news.example"
WATCHER = "reads-all@news.example"
WATCH = f"""
from dateline.subscriptions.actions import Choice, follow, subscriber_for
from dateline.subscriptions.rules import subject_of
from dateline.topics.models import Edition
edition = Edition.objects.get(code="en")
who = subscriber_for(by=None, mail={WATCHER!r}, edition=edition)
follow(by=None, subscriber=who, choice=Choice(subject=subject_of("front:en"), edition=edition))
"""
"""Somebody gets everything: when they have the last story, the others would have it too."""
TALKS, BRIDGE = "Envoys find the missing article", "Bridge at Tolm closes for paint"


@pytest.fixture
def desk(newsroom, open_page):
    page = open_page(f"{newsroom.url}/newsroom/")
    log_in(page, newsroom)
    return page


@pytest.fixture
def by_mail(newsroom, open_page):
    return open_page(f"{newsroom.url}/topics/ostrel/", width=390)


@pytest.fixture
def by_push(newsroom, open_page, service):
    page = open_page(f"{newsroom.url}/offline/", width=390)
    page.context.grant_permissions(["notifications"], origin=newsroom.url)
    return Reader(page, service)


def test_what_two_who_follow_a_topic_get_and_why(newsroom, desk, by_mail, by_push):
    newsroom.shell(WATCH)
    one_subscribes_by_mail_and_proves_the_address(newsroom, desk, by_mail)
    another_by_notification(newsroom, by_push)
    publish(newsroom, TALKS)
    the_letter_lies_in_the_sink_with_its_reason(newsroom, desk)
    the_notification_leads_to_the_story(newsroom, by_push)
    both_leave_by_one_press(newsroom, by_mail, by_push)
    publish(newsroom, BRIDGE)
    letter_to(newsroom, WATCHER, BRIDGE)
    the_ledger_explains_each(newsroom, desk)


def one_subscribes_by_mail_and_proves_the_address(newsroom, desk, page):
    dialog = dialog_of(page, newsroom)
    expect(dialog.get_by_label("Ostrel")).to_be_checked()
    dialog.get_by_label("Mail address").fill(MAIL)
    dialog.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    letter = in_the_sink(newsroom, desk, "Confirm that you want letters")
    page.goto(letter.locator("a[href*='/subscribe/confirm/']").first.get_attribute("href"))
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("status")).to_have_text("Done. From now on we write to you.")


def in_the_sink(newsroom, desk, subject):
    """Open a letter in the demonstration's own mail program, as its start shows the way."""
    letter_to(newsroom, MAIL, subject)
    shown = re.search(r"Mail +(\S+/newsroom/mail/)", newsroom.log)[1]
    desk.goto(shown)
    line = desk.get_by_role("row").filter(has_text=MAIL).filter(has_text=subject)
    line.get_by_role("link").first.click()
    return desk.frame_locator("iframe.demo-letter")


def another_by_notification(newsroom, reader):
    follow_here(dialog_of(reader.page, newsroom))


def the_letter_lies_in_the_sink_with_its_reason(newsroom, desk):
    letter = in_the_sink(newsroom, desk, TALKS)
    expect(letter.get_by_role("heading", name=TALKS)).to_be_visible()
    expect(letter.get_by_text("You get this because you follow the place Ostrel.")).to_be_visible()


def the_notification_leads_to_the_story(newsroom, reader):
    page = reader.page
    [told] = reader.came(1, about="story:")
    assert told["title"] == "Place: Ostrel"
    page.goto(f"{newsroom.url}/culture/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reader.hand_over(told, newsroom.url)
    await_shown(page, [[told["title"], TALKS, told["tag"]]])
    press(page)
    expect(page.get_by_role("heading", level=1, name=TALKS)).to_be_visible()


def both_leave_by_one_press(newsroom, page, reader):
    _name, letter = letter_to(newsroom, MAIL, TALKS)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(https?://[^>]+)>", letter["List-Unsubscribe"])[1]
    mail_program = page.context.browser.new_context()
    answer = mail_program.request.post(address, form={"List-Unsubscribe": "One-Click"})
    mail_program.close()
    assert answer.ok
    dialog = dialog_of(reader.page, newsroom)
    dialog.get_by_role("button", name="Stop: Ostrel").click()
    expect(dialog.get_by_role("status")).to_have_text("You are not notified of this any more.")


def the_ledger_explains_each(newsroom, desk):
    desk.goto(f"{newsroom.url}/newsroom/letters/")
    desk.get_by_label("What did we send to").fill(MAIL)
    desk.get_by_role("button", name="Look").click()
    desk.wait_for_url("**reader=**")
    sent = desk.locator(".ledger-lines > li")
    expect(sent.filter(has_text=TALKS)).to_contain_text("since they follow the place Ostrel")
    expect(sent.filter(has_text=TALKS)).to_contain_text("Sent")
    expect(sent.filter(has_text=BRIDGE)).to_have_count(0)
