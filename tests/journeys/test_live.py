"""An open page follows live coverage: a post, an edit, a deletion, and the text stays still."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.journeys.running import environment

DO = """
from dateline.live import actions
from dateline.live.models import LivePost, LiveStory
live = LiveStory.objects.get()
def copy(text):
    return actions.PostCopy(body=[{{"type": "paragraph", "value": f"<p>{{text}}</p>"}}])
def send(text):
    actions.send_post(by=None, live_story=live, copy=copy(text), client_key=text)
def post(text):
    return LivePost.objects.get(live_story=live, client_key=text)
{what}
"""


@pytest.fixture
def desk(newsroom):
    def do(what):
        shell = [sys.executable, "-m", "dateline", "manage", "shell", "--no-imports", "-c"]
        done = subprocess.run(
            [*shell, DO.format(what=what)],
            env=environment(newsroom.settings) | {"DATELINE_HOME": str(newsroom.home)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return do


def first_text(page):
    return page.locator("[data-posts] .live-post").nth(2)


def test_an_open_page_follows_and_stays_still(newsroom, open_page, desk):
    page = open_page(newsroom.url + desk("print(live.story.address)"))
    expect(page.locator("[data-posts] .live-post")).to_have_count(30)
    page.wait_for_timeout(800)
    desk("send('Lamps are lit in Hollin.')")
    expect(page.get_by_text("Lamps are lit in Hollin.")).to_be_visible(timeout=3000)
    read = first_text(page)
    read.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    before = read.bounding_box()["y"]
    desk("send('The horn is silent.')")
    button = page.locator(".live-new")
    expect(button).to_have_text("1 new", timeout=3000)
    assert read.bounding_box()["y"] == pytest.approx(before, abs=2)
    expect(page.get_by_text("The horn is silent.")).to_have_count(0)
    lamps = "post('Lamps are lit in Hollin.')"
    desk(f"actions.edit_post(by=None, post={lamps}, copy=copy('Out again. ' * 60))")
    expect(page.get_by_text("Out again.")).to_have_count(1, timeout=3000)
    assert read.bounding_box()["y"] == pytest.approx(before, abs=2)
    button.click()
    expect(page.get_by_text("The horn is silent.")).to_be_visible()
    expect(button).to_be_hidden()
    desk("actions.delete_post(by=None, post=post('The horn is silent.'))")
    expect(page.get_by_text("The horn is silent.")).to_have_count(0, timeout=3000)
    desk("actions.close_coverage(by=None, live_story=live)")
    expect(page.get_by_text("This coverage has ended.")).to_be_visible(timeout=3000)
    desk("actions.reopen_coverage(by=None, live_story=live)")
    expect(page.locator("[data-state]")).to_contain_text("is running", timeout=3000)


def test_without_scripts_there_is_everything(newsroom, browser, desk):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(newsroom.url + desk("print(live.story.address)"))
    page.get_by_role("link", name="Earlier posts").click()
    expect(page.get_by_text("Agda makes landfall")).to_be_visible()
    page.get_by_role("link", name="Newest posts").click()
    page.get_by_role("link", name="Oldest first").click()
    expect(page.locator("[data-posts] h3").first).to_have_text("Agda makes landfall")
    context.close()
