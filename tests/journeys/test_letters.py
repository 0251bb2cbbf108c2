"""A reader subscribes by mail, gets a story for what they follow, and leaves by one click."""

import pytest
from playwright.sync_api import expect

from tests.journeys.mailbox import letter_to, link_in, text_of
from tests.journeys.staff import publish


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_subscribe_confirm_read_and_leave(newsroom, open_page, scripts):
    mail = f"follower-{'js' if scripts else 'plain'}@news.example"
    headline = f"Envoys meet again {'by day' if scripts else 'by night'}"
    page = open_page(f"{newsroom.url}/topics/ostrel/", java_script_enabled=scripts, width=390)
    page.get_by_role("link", name="Follow", exact=True).click()
    form = page.locator(".door-dialog form" if scripts else ".account-page form")
    expect(form.get_by_label("Ostrel")).to_be_checked()
    form.get_by_label("Mail address").fill(mail)
    form.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    _name, asked = letter_to(newsroom, mail, "Confirm that you want letters")
    page.goto(link_in(asked, "/subscribe/confirm/"))
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("status")).to_have_text("Done. From now on we write to you.")

    publish(newsroom, headline)
    _name, letter = letter_to(newsroom, mail, headline)
    assert "You get this because you follow the place Ostrel." in text_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    link = page.get_by_role("link", name="What I follow (JSON Feed)")
    expect(link).to_have_count(0)  # Letters are passed on: this page is for whoever has one.
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    _name, own = letter_to(newsroom, mail, "The link to your letters")
    page.goto(link_in(own, "/letters/"))
    first = newsroom.url + link.get_attribute("href")
    assert page.request.get(first).json()["items"][0]["title"] == headline
    page.get_by_role("button", name="Make a new address").click()
    expect(page.get_by_role("status")).to_contain_text("Your feed has a new address.")
    assert page.request.get(first).status == 404
    assert page.request.get(newsroom.url + link.get_attribute("href")).ok

    page.goto(link_in(letter, "/stop/"))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is done")
    page.get_by_role("link", name="Choose what you get").click()
    expect(page.get_by_text("You follow nothing yet.")).to_be_visible()
    page.goto(link_in(own, "/letters/"))
    expect(page.get_by_text(headline)).to_be_visible()


def test_the_desk_explains_each_letter(newsroom, open_page):
    mail = "explained@news.example"
    newsroom.shell(
        "from dateline.subscriptions.actions import *\n"
        "from dateline.subscriptions.rules import subject_of\n"
        "from dateline.topics.models import Edition\n"
        "edition = Edition.objects.get(code='en')\n"
        f"who = subscriber_for(by=None, mail={mail!r}, edition=edition)\n"
        "choice = Choice(subject=subject_of('front:en'), edition=edition)\n"
        "follow(by=None, subscriber=who, choice=choice)\n"
    )
    publish(newsroom, "Bridge opens to walkers")
    name, _letter = letter_to(newsroom, mail, "Bridge opens to walkers")
    page = open_page(f"{newsroom.url}/newsroom/letters/?reader={mail}")
    who, password = newsroom.login
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("since they follow every story (Meridian)")).to_be_visible()
    page.goto(f"{newsroom.url}/newsroom/mail/{name}/")
    framed = page.frame_locator("iframe.demo-letter")
    expect(framed.get_by_role("heading", name="Bridge opens to walkers")).to_be_visible()
