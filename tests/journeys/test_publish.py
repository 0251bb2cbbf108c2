"""From copy to an open screen, and from the newsroom to every page."""

import os
import signal
import time

from playwright.sync_api import expect

from tests.journeys.staff import log_in, take


def feed_line(page, words):
    return page.locator("#newsfeed [data-lines]").get_by_text(words)


def test_copy_reaches_an_open_screen_without_reload(newsroom, open_page, tmp_path):
    page = open_page(f"{newsroom.url}/")
    page.evaluate("window.here = true")
    take(newsroom, tmp_path, "Envoys leave Brdo without a text")
    expect(feed_line(page, "Envoys leave Brdo without a text")).to_be_visible(timeout=1000)
    assert page.evaluate("window.here") is True
    page.goto(f"{newsroom.url}/world/")
    page.get_by_role("link", name="Envoys leave Brdo without a text").first.click()
    page.wait_for_url("**/envoys-leave-brdo-without-a-text-*.html")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Envoys leave Brdo without a text")
    dateline = page.locator(".dateline").first
    expect(dateline).to_contain_text("BRDO")
    expect(dateline).to_contain_text("Agency")
    text = page.locator("article").inner_text()
    assert text.count("Envoys of the two blocs left") == 1
    assert "(Agency) -" not in page.locator("article p").nth(0).inner_text()


def test_an_edit_changes_front_section_and_story_at_once(newsroom, open_page, tmp_path):
    take(newsroom, tmp_path, "Mediator runs out of paper")
    reader = open_page(f"{newsroom.url}/")
    desk = open_page(f"{newsroom.url}/newsroom/")
    log_in(desk, newsroom)
    desk.goto(f"{newsroom.url}/newsroom/stories/?q=Mediator+runs")
    desk.get_by_role("link", name="Mediator runs out of paper").first.click()
    desk.fill("[name=headline]", "Mediator finds more paper")
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.wait_for_url("**/newsroom/stories/")
    expect(feed_line(reader, "Mediator finds more paper")).to_be_visible(timeout=1000)
    for path in ("/", "/world/"):
        answer = reader.request.get(f"{newsroom.url}{path}")
        assert "Mediator finds more paper" in answer.text()
        assert "Mediator runs out of paper" not in answer.text()


def test_a_killed_server_comes_back_and_the_open_screen_misses_nothing(
    newsroom, open_page, tmp_path
):
    page = open_page(f"{newsroom.url}/")
    page.wait_for_timeout(1000)
    for child in newsroom.children():
        os.kill(child, signal.SIGKILL)
    take(newsroom, tmp_path, "Published while the server was away")
    line = feed_line(page, "Published while the server was away")
    expect(line).to_be_visible(timeout=15_000)
    time.sleep(0.5)
    assert line.count() == 1
