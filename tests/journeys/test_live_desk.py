"""Two members of staff on one coverage: by key, at once, undone, and through a line that drops."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.staff import log_in

KEY = "Control+Enter"


@pytest.fixture
def coverage(newsroom, open_page):
    """Return the address of a coverage that readers see, opened by the desk."""
    page = open_page(f"{newsroom.url}/newsroom/")
    log_in(page, newsroom)
    page.goto(f"{newsroom.url}/newsroom/live/")
    opened = page.locator(".live-coverages a")
    if not opened.count():
        page.get_by_role("button", name="Open its coverage").click()
        page.wait_for_url("**/newsroom/live/*/")
        return page.url
    return f"{newsroom.url}{opened.first.get_attribute('href')}"


def desk(newsroom, open_page, coverage, **options):
    page = open_page(f"{newsroom.url}/newsroom/", **options)
    log_in(page, newsroom)
    page.goto(coverage)
    expect(page.locator("[data-tools]").first).to_be_visible()
    return page


def box(page):
    return page.get_by_label("Text", exact=True).first


def out(page, words=""):
    return page.locator("[data-lane=published] > li", has_text=words)


def lane(page, name, words):
    return page.locator(f"[data-lane={name}] > li", has_text=words)


def write(page, words):
    box(page).fill(words)
    box(page).press(KEY)


def test_a_post_by_key_arrives_at_the_colleague_and_is_undone(newsroom, open_page, coverage):
    mine = desk(newsroom, open_page, coverage)
    theirs = desk(newsroom, open_page, coverage)
    write(mine, "The bells ring at noon.")
    expect(out(mine, "The bells ring at noon.")).to_have_count(1)
    expect(box(mine)).to_have_value("")
    expect(out(theirs, "The bells ring at noon.")).to_have_count(1, timeout=5000)
    expect(mine.get_by_role("button", name=re.compile("Undo"))).to_be_visible()
    mine.locator("body").press("Control+z")
    expect(out(mine, "The bells ring at noon.")).to_have_count(0)
    expect(out(theirs, "The bells ring at noon.")).to_have_count(0, timeout=5000)
    expect(box(mine)).to_have_value("The bells ring at noon.")
    box(mine).press(KEY)
    expect(out(theirs, "The bells ring at noon.")).to_have_count(1, timeout=5000)
    expect(lane(theirs, "draft", "The bells ring at noon.")).to_have_count(0)


def test_posts_written_while_the_line_is_down_are_sent_once_and_in_order(
    newsroom, open_page, coverage
):
    mine = desk(newsroom, open_page, coverage)
    theirs = desk(newsroom, open_page, coverage)
    mine.context.set_offline(True)
    for words in ("First from the cellar.", "Second from the cellar."):
        write(mine, words)
    expect(mine.locator("[data-unsent] li")).to_have_count(2)
    expect(mine.get_by_role("status").filter(has_text="The line is down")).to_be_visible()
    box(mine).fill("Half a sentence")
    mine.context.set_offline(False)
    for page in (mine, theirs):
        expect(out(page, "from the cellar.")).to_have_count(2, timeout=20_000)
        [second, first] = out(page, "from the cellar.").all_inner_texts()
        assert "Second" in second
        assert "First" in first
    expect(mine.locator("[data-unsent] li")).to_have_count(0)
    mine.reload()
    expect(box(mine)).to_have_value("Half a sentence")
    expect(out(mine, "from the cellar.")).to_have_count(2)


def test_a_post_is_edited_and_corrected_in_place_and_its_words_survive_a_reload(
    newsroom, open_page, coverage
):
    page = desk(newsroom, open_page, coverage)
    write(page, "Twelve voted for it.")
    post = out(page, "Twelve voted for it.")
    post.get_by_role("link", name="Edit").click()
    text = post.get_by_label("Text", exact=True)
    text.fill("Thirteen voted for it.")
    page.reload()
    expect(out(page, "Twelve").get_by_label("Text", exact=True)).to_have_value(
        "Thirteen voted for it."
    )
    post = out(page, "Twelve")
    post.get_by_text("Correct in the open").click()
    post.get_by_label("What was wrong").fill("It was said to be twelve.")
    post.get_by_role("button", name="Publish the correction").click()
    corrected = out(page, "Thirteen voted for it.")
    expect(corrected.get_by_text("It was said to be twelve.")).to_be_visible()
    corrected.get_by_text("Delete", exact=True).click()
    corrected.get_by_role("button", name="Delete this post").click()
    expect(out(page, "Thirteen voted for it.")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Undo")).click()
    expect(out(page, "Thirteen voted for it.")).to_have_count(1)


def test_the_screen_fits_a_telephone(newsroom, open_page, coverage):
    page = desk(newsroom, open_page, coverage, width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    box(page).fill("From the stairs.")
    button = page.get_by_role("button", name="Publish", exact=False).first
    assert button.bounding_box()["height"] >= 40
    button.click()
    expect(out(page, "From the stairs.")).to_have_count(1)


def test_a_picture_is_chosen_into_the_text(newsroom, pictures, open_page, coverage):
    page = desk(newsroom, open_page, coverage)
    page.get_by_role("button", name="Picture").first.click()
    page.locator(
        ".modal-dialog a.image-choice, .modal-dialog [data-chooser-modal-choice]"
    ).first.click()
    expect(box(page)).to_have_value(re.compile(r"^\[picture \d+\]$"))
    box(page).press(KEY)
    expect(page.locator("[data-lane=published] > li figure img").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(newsroom, open_page, coverage, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = desk(newsroom, open_page, coverage, color_scheme=scheme)
    write(page, "One for the record.")
    expect(out(page, "One for the record.").first).to_be_visible()
    found = Axe().run(page, context=".live").response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
