"""A session that ends in the middle of a sentence: nothing that was typed is lost."""

import sqlite3

from playwright.sync_api import expect

from tests.journeys.staff import log_in, take


def end_every_session(newsroom):
    with sqlite3.connect(newsroom.home / "dateline.sqlite3", timeout=20) as database:
        database.execute("DELETE FROM people_session")
    database.close()


def sign_in_again(page, newsroom):
    """Follow the notice to a login page in another tab, sign in there and close it."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    tab = opened.value
    name, password = newsroom.login
    tab.fill("input[name=username]", name)
    tab.fill("input[name=password]", password)
    tab.click("button[type=submit]")
    expect(tab.get_by_role("heading", name="You are signed in")).to_be_visible()
    tab.close()


def open_editor(newsroom, open_page, tmp_path, headline):
    take(newsroom, tmp_path, headline)
    desk = open_page(f"{newsroom.url}/newsroom/")
    log_in(desk, newsroom)
    desk.goto(f"{newsroom.url}/newsroom/stories/?q={headline.replace(' ', '+')}")
    desk.get_by_role("link", name=headline).first.click()
    expect(desk.locator("[name=headline]")).to_have_value(headline)
    return desk


def notice(page):
    return page.get_by_role("alertdialog", name="Your session has ended")


def kept(newsroom, headline):
    with sqlite3.connect(newsroom.home / "dateline.sqlite3", timeout=20) as database:
        found = database.execute(
            "SELECT COUNT(*) FROM wagtailcore_revision WHERE content LIKE ?", (f"%{headline}%",)
        ).fetchone()[0]
    database.close()
    return found > 0


def test_what_is_typed_while_the_session_ends_is_saved_after_the_next_sign_in(
    newsroom, open_page, tmp_path
):
    page = open_editor(newsroom, open_page, tmp_path, "Clerk counts the chairs")
    page.locator("[name=headline]").press_sequentially(" twice", delay=20)
    end_every_session(newsroom)
    page.locator("[name=headline]").press("End")
    page.locator("[name=headline]").press_sequentially(" and finds one more", delay=120)
    expect(notice(page)).to_be_visible(timeout=15_000)
    page.locator("[name=headline]").press_sequentially(" than before", delay=20)
    typed = page.locator("[name=headline]").input_value()
    assert typed.endswith("and finds one more than before")
    assert not kept(newsroom, "than before")
    sign_in_again(page, newsroom)
    expect(notice(page)).to_be_hidden(timeout=10_000)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible(timeout=10_000)
    page.wait_for_timeout(2500)
    assert page.locator("[name=headline]").input_value() == typed
    assert kept(newsroom, "and finds one more than before")


def test_a_story_saved_by_key_after_the_session_ended_waits_for_the_sign_in(
    newsroom, open_page, tmp_path
):
    page = open_editor(newsroom, open_page, tmp_path, "Porter loses the keys")
    end_every_session(newsroom)
    page.locator("[name=headline]").press("End")
    page.keyboard.type(" again")
    page.keyboard.press("Control+s")
    expect(notice(page)).to_be_visible(timeout=15_000)
    assert page.locator("[name=headline]").input_value() == "Porter loses the keys again"
    sign_in_again(page, newsroom)
    expect(page.locator(".messages .success").first).to_be_visible(timeout=15_000)
    expect(page.locator("[name=headline]")).to_have_value("Porter loses the keys again")
    assert kept(newsroom, "Porter loses the keys again")
