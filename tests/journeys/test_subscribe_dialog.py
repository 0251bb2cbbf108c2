"""What and how in one place: a topic is followed by this browser alone, without an address."""

import pytest
from playwright.sync_api import expect

from tests.journeys.mailbox import letter_to
from tests.journeys.notified import Reader, dialog_of, follow_here, no_complaint, service

__all__ = ["service"]


@pytest.fixture
def reader(newsroom, open_page, service):
    page = open_page(f"{newsroom.url}/offline/", width=390, height=844)
    page.context.grant_permissions(["notifications"], origin=newsroom.url)
    return Reader(page, service)


def test_a_topic_is_followed_by_this_browser_alone(newsroom, reader):
    page = reader.page
    dialog = dialog_of(page, newsroom)
    expect(dialog.get_by_label("Mail address")).to_be_visible()
    dialog.get_by_label("Notifications in this browser").check()
    expect(dialog.get_by_label("Mail address")).to_be_hidden()
    expect(dialog.get_by_role("status")).to_contain_text("It will ask you whether you allow them")
    assert page.evaluate("localStorage.stub") is None
    with no_complaint(page):
        dialog.get_by_role("button", name="Turn on notifications").click()
        expect(dialog.get_by_role("status")).to_have_text("Notifications are on in this browser.")

    dialog.get_by_role("link", name="All notifications of this browser").click()
    page.wait_for_url("**/preferences/")
    expect(page.get_by_label("Ostrel")).to_be_checked()
    page.get_by_label("Culture").check()
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Ostrel")).to_be_checked()
    expect(page.get_by_label("Culture")).to_be_checked()
    expect(page.get_by_label("Breaking news")).not_to_be_checked()
    page.get_by_role("button", name="Turn off notifications").click()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()


@pytest.mark.parametrize("forget", ["", "localStorage.removeItem('dateline:notified-of')"])
def test_pages_say_what_this_browser_follows_and_end_it(newsroom, reader, forget):
    page = reader.page
    dialog = dialog_of(page, newsroom)
    link = page.locator(".follow-link").first
    expect(dialog.get_by_text("This browser is notified of:")).to_be_hidden()
    follow_here(dialog)
    expect(dialog.get_by_role("button", name="Stop: Ostrel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_have_text("Following")
    page.evaluate(forget)
    page.reload()
    expect(link).to_have_text("Following")

    link.click()
    with no_complaint(page):
        dialog.get_by_role("button", name="Stop: Ostrel").click()
        expect(dialog.get_by_role("status")).to_have_text("You are not notified of this any more.")
        expect(dialog.get_by_text("This browser is notified of:")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(link).to_have_text("Follow")
    assert page.evaluate("localStorage.stub") is None  # That was all: nothing is on any more.


def test_what_the_preferences_end_no_page_says(newsroom, reader):
    page = reader.page
    follow_here(dialog_of(page, newsroom))
    page.goto(f"{newsroom.url}/preferences/")
    expect(page.get_by_label("Ostrel")).to_be_checked()
    page.get_by_label("Breaking news").check()
    expect(page.get_by_text("Your choice is kept.")).to_be_visible()
    with page.expect_response("**/-/notify/leave"):
        page.get_by_label("Ostrel").uncheck()
    expect(page.locator("browser-notices:not([aria-busy])")).to_be_visible()
    dialog = dialog_of(page, newsroom)
    expect(page.locator(".follow-link").first).to_have_text("Follow")
    expect(dialog.get_by_role("button", name="Stop: Breaking news")).to_be_visible()


def test_whoever_says_not_now_can_be_asked_again(newsroom, reader):
    page = reader.page
    page.context.add_init_script(
        "let asked = 0; Notification.requestPermission ="
        " async () => (asked++ ? 'granted' : 'default')"
    )
    dialog = dialog_of(page, newsroom)
    dialog.get_by_label("Notifications in this browser").check()
    dialog.get_by_role("button", name="Turn on notifications").click()
    expect(dialog.get_by_role("status")).to_contain_text("Press again")
    dialog.get_by_role("button", name="Turn on notifications").click()
    expect(dialog.get_by_role("status")).to_have_text("Notifications are on in this browser.")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })",
            "You have forbidden notifications of this site.",
        ),
        ("delete window.PushManager", "This browser knows no notifications."),
    ],
)
def test_where_there_are_none_it_is_said_and_mail_is_left(newsroom, open_page, script, words):
    page = open_page(f"{newsroom.url}/offline/", width=320, color_scheme="dark")
    page.context.add_init_script(script)
    dialog = dialog_of(page, newsroom)
    dialog.get_by_label("Notifications in this browser").check()
    expect(dialog.get_by_role("status")).to_contain_text(words)
    expect(dialog.get_by_role("button", name="Turn on notifications")).to_be_disabled()
    with no_complaint(page):
        dialog.get_by_label("By mail, once a week").check()
    expect(dialog.get_by_label("Mail address")).to_be_visible()
    expect(dialog.get_by_role("button", name="Subscribe")).to_be_enabled()


def test_another_language_is_chosen_in_the_dialog(newsroom, open_page):
    page = open_page(f"{newsroom.url}/offline/", width=1440)
    dialog = dialog_of(page, newsroom, "/", ".subscribe-link")
    languages = dialog.locator(".account-note [hreflang]")
    assert sorted(languages.all_inner_texts()) == ["Русский", "العربية"]
    dialog.get_by_role("link", name="العربية").click()
    place = dialog.locator("[data-place]")
    expect(place).to_have_attribute("dir", "rtl")
    expect(place).to_have_attribute("lang", "ar")
    assert sorted(languages.all_inner_texts()) == ["English", "Русский"]
    with no_complaint(page):
        expect(dialog.get_by_label("كل المواد")).to_be_visible()


def test_without_scripts_there_is_mail_and_the_feed(newsroom, open_page):
    page = open_page(f"{newsroom.url}/topics/ostrel/", java_script_enabled=False)
    page.get_by_role("link", name="Follow", exact=True).click()
    expect(page.get_by_label("Notifications in this browser")).to_be_hidden()
    expect(page.get_by_text("There are no notifications here: they need scripts")).to_be_visible()
    link = page.get_by_role("main").get_by_role("link", name="Ostrel", exact=True)
    assert page.request.get(newsroom.url + link.get_attribute("href")).ok


def test_without_a_network_what_was_typed_stays_and_pressed_twice_it_is_one_letter(
    newsroom, open_page
):
    mail = "pressed-twice@news.example"
    page = open_page(f"{newsroom.url}/offline/", width=390, height=844)
    dialog = dialog_of(page, newsroom)
    dialog.get_by_label("Mail address").fill(mail)
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Subscribe").click()
    expect(dialog.get_by_role("status")).to_contain_text("Check the network and try again.")
    expect(dialog.get_by_label("Mail address")).to_have_value(mail)
    page.context.set_offline(False)
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    dialog.get_by_role("button", name="Subscribe").dblclick()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    letter_to(newsroom, mail, "Confirm that you want letters")
    assert sent.count("POST") == 1
