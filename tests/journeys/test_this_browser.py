"""What a reader's own browser keeps: preferences, saved stories, and a page without a network."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_in_place import SIZES, card, open_card, over
from tests.journeys.test_quality import SHIFTS


def no_barrier(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("width", "light"), SIZES)
def test_the_pages_and_dialogs_have_no_barrier(newsroom, open_page, width, light):
    page = open_page(f"{newsroom.url}/", width=width, color_scheme=light)
    for path in ("/preferences/", "/saved/", "/offline/", "/?before=9999999999999999-9"):
        page.goto(f"{newsroom.url}{path}")
        page.wait_for_timeout(300)
        no_barrier(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    page.get_by_role("link", name="Preferences").first.click()
    expect(page.get_by_role("dialog", name="Preferences")).to_be_visible()
    no_barrier(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    no_barrier(page)


def test_preferences_hold_before_the_first_paint_of_every_page(newsroom, open_page):
    page = open_page(f"{newsroom.url}/preferences/", color_scheme="light")
    page.get_by_label("Dark").check()
    page.get_by_label("Larger").check()
    page.get_by_label("No shortcuts of a single key").check()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(f"{newsroom.url}/world/")
    root = page.evaluate("({...document.documentElement.dataset})")
    assert (root["theme"], root["textSize"]) == ("dark", "larger")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.goto(f"{newsroom.url}/preferences/")
    expect(page.get_by_label("Dark")).to_be_checked()
    page.get_by_label("As the system").check()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_keys_walk_lists_and_open_stories(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(card(page, place)).to_be_focused()
    page.keyboard.press("o")
    expect(over(page).locator("article h1")).to_be_focused()
    page.wait_for_timeout(300)
    page.keyboard.press("s")
    expect(over(page).get_by_role("button", name="Saved")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page, 1)).to_be_focused()


def a_context(browser, newsroom, **options):
    context = browser.new_context(viewport={"width": 390, "height": 844}, **options)
    page = context.new_page()
    page.goto(f"{newsroom.url}/world/")
    return context, page


def test_a_saved_story_is_read_without_a_network(browser, newsroom):
    context, page = a_context(browser, newsroom)
    open_card(page)
    story = page.url
    over(page).get_by_role("button", name="Save").first.click()
    expect(over(page).get_by_role("button", name="Saved")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("async url => !!(await caches.match(url))", arg=story)
    page.wait_for_function("async () => !!(await caches.match('/saved/'))")
    page.wait_for_timeout(500)
    context.set_offline(True)
    page.goto(f"{newsroom.url}/culture/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")
    page.goto(f"{newsroom.url}/saved/")
    expect(page.locator(".saved-story")).to_have_count(1)
    page.locator(".saved-story a").click()
    expect(over(page).locator("article")).to_be_visible()
    page.goto(story)
    expect(page.locator("main article")).to_be_visible()
    context.set_offline(False)
    page.goto(f"{newsroom.url}/culture/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Culture")
    kept = page.evaluate(
        "(async () => { const all = []; for (const name of await caches.keys())"
        " all.push(...(await (await caches.open(name)).keys()).map(one => one.url));"
        " return all; })()"
    )
    own = ("/offline/", "/saved/", "/-/parts", "/-/static/", "/media/", story)
    assert [url for url in kept if not any(part in url for part in own)] == []
    context.close()


def test_removing_a_saved_story_can_be_undone(newsroom, open_page):
    page = open_page(f"{newsroom.url}/saved/")
    expect(page.locator("[data-empty]")).to_be_visible()
    page.goto(f"{newsroom.url}/world/")
    card(page, 2).hover()
    page.locator(".card-save").first.click()
    page.goto(f"{newsroom.url}/saved/")
    row = page.locator(".saved-story")
    row.get_by_role("button", name="Remove").click()
    expect(row.get_by_role("button", name="Undo")).to_be_focused()
    row.get_by_role("button", name="Undo").click()
    page.reload()
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Remove").click()
    page.reload()
    expect(row).to_have_count(0)


def test_a_thumb_saves_a_story_from_its_card(browser, newsroom):
    context, page = a_context(browser, newsroom, has_touch=True, is_mobile=True)
    page.goto(f"{newsroom.url}/")
    page.evaluate(SHIFTS)
    cards = page.locator("main .card[data-story]")
    expect(cards.locator(".card-save")).to_have_count(0)
    page.locator(".nameplate").tap()
    expect(cards.locator(".card-save")).to_have_count(cards.count())
    for button in cards.locator(".card-save").all()[:12]:
        box = button.bounding_box()
        assert (round(box["width"]), round(box["height"])) >= (44, 44)
        assert 0 <= box["x"] <= 390 - 44
    assert page.evaluate("window.shifts") == []
    no_barrier(page)
    lead = page.locator(".lead .card-save")
    lead.tap()
    expect(lead).to_have_attribute("aria-pressed", "true")
    words = page.locator(".lead .card-link").inner_text()
    page.goto(f"{newsroom.url}/saved/")
    expect(page.locator(".saved-story a")).to_have_text(words)
    page.locator("h1").tap()
    page.wait_for_timeout(300)
    expect(page.locator(".saved-story .card-save")).to_have_count(0)
    context.close()


def test_a_withdrawn_story_leaves_the_saved_ones(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/", service_workers="block")
    words = open_card(page)
    story = page.url
    over(page).get_by_role("button", name="Save").first.click()
    page.wait_for_function("async url => !!(await caches.match(url))", arg=story)
    page.route(story, lambda route: route.fulfill(status=410, body="<main></main>"))
    page.goto(f"{newsroom.url}/saved/")
    expect(page.locator(".saved-withdrawn")).to_contain_text(words[:20])
    expect(page.locator(".saved-story")).to_have_count(0)
    assert page.evaluate("caches.match(location.pathname)") is None
    assert page.evaluate("url => caches.match(url).then(Boolean)", story) is False


def test_share_gives_the_short_address(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    open_card(page)
    story = page.url
    over(page).get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog", name="Share this story")
    expect(dialog).to_be_visible()
    no_barrier(page)
    short = dialog.locator("[data-address]").input_value()
    assert re.fullmatch(rf"{newsroom.url}/s/\d+", short)
    assert dialog.locator("[data-mail]").get_attribute("href").startswith("mailto:?subject=")
    page.keyboard.press("Escape")
    expect(over(page).get_by_role("button", name="Share")).to_be_focused()
    page.goto(short)
    assert page.url == story


def test_pictures_are_seen_large(newsroom, pictures, open_page):
    page = open_page(f"{newsroom.url}/world/", service_workers="block")
    picture = re.compile(r'<figure class="lead-picture">.*?</figure>', re.DOTALL)

    def add_pictures(route):
        answer = route.fetch()
        html = answer.text()
        figure = picture.search(html)
        more = figure[0].replace("lead-picture", "more") * 2 if figure else ""
        html = html.replace('<div class="story-text">', f'<div class="story-text">{more}', 1)
        route.fulfill(response=answer, body=html)

    page.route("**/*.html", add_pictures)
    page.locator("main .has-picture a.card-link").first.click()
    buttons = over(page).locator("button.enlarge")
    expect(buttons).to_have_count(3)
    buttons.nth(0).click()
    box = page.locator("dialog.lightbox[open]")
    expect(box.locator("[data-count]")).to_have_text("1 of 3")
    assert box.locator("figcaption").inner_text() != ""
    no_barrier(page)
    page.keyboard.press("ArrowRight")
    expect(box.locator("[data-count]")).to_have_text("2 of 3")
    page.keyboard.press("End")
    expect(box.locator("[data-count]")).to_have_text("3 of 3")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(buttons.nth(0)).to_be_focused()
    buttons.nth(1).click()
    expect(box).to_be_visible()
    page.go_back()
    expect(box).to_have_count(0)
    expect(over(page)).to_be_visible()


def test_paper_holds_the_story_with_its_address_and_whole_times(newsroom, open_page):
    page = open_page(f"{newsroom.url}/world/")
    open_card(page)
    page.emulate_media(media="print")
    expect(page.locator(".strip").first).to_be_hidden()
    expect(over(page).locator(".over-bar")).to_be_hidden()
    expect(over(page).locator(".story-actions")).to_be_hidden()
    line = over(page).locator(".print-only").first
    expect(line).to_be_visible()
    expect(line).to_contain_text(page.url)
    time = over(page).locator(".story-meta time").first
    assert time.evaluate("node => getComputedStyle(node).fontSize") == "0px"
    words = time.evaluate("node => getComputedStyle(node, '::after').content").strip('"')
    assert words == time.get_attribute("title")
