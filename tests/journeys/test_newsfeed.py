"""Two tabs of one reader: one number says in both what is unread."""

import json

from playwright.sync_api import expect

BADGE = ".newsfeed-toggle [data-count]"
CURSOR = "dateline:newsfeed-read:en"


def test_two_tabs_count_alike_and_reading_in_one_reads_in_both(newsroom, open_page):
    lines = json.loads(
        open_page(f"{newsroom.url}/").request.get(f"{newsroom.url}/newsfeed/index.json").text()
    )["lines"]
    fifth = lines[4][0]
    one = open_page(f"{newsroom.url}/topics/")
    one.evaluate(f"localStorage['{CURSOR}'] = '{fifth}'")
    one.reload()
    expect(one.locator(BADGE)).to_have_text("4")
    expect(one).to_have_title("(4) Topics · Meridian")
    other = one.context.new_page()
    other.goto(f"{newsroom.url}/archive/")
    expect(other.locator(BADGE)).to_have_text("4")
    toggle = other.locator("[data-newsfeed-toggle]")
    expect(toggle).to_have_attribute("aria-label", "Newsfeed, 4 unread stories")
    toggle.click()
    expect(other.locator("#newsfeed .is-unread")).to_have_count(4)
    expect(other.locator("#newsfeed .feed-left")).to_be_visible()
    expect(other.locator(BADGE)).to_have_text("")
    expect(one.locator(BADGE)).to_have_text("")
    expect(other.locator("#newsfeed .is-unread")).to_have_count(0)
    line = other.locator("#newsfeed .feed-line").nth(2)
    line.hover()
    line.locator("[data-unread-from]").click()
    expect(one.locator(BADGE)).to_have_text("3")
    other.locator("[data-read-all]").click()
    expect(one.locator(BADGE)).to_have_text("")


def test_a_filter_is_kept_and_agrees_with_the_page(newsroom, open_page):
    page = open_page(f"{newsroom.url}/topics/", width=390, height=844)
    page.evaluate(f"localStorage['{CURSOR}'] = '0'")
    page.reload()
    page.locator("[data-newsfeed-toggle]").click()
    page.locator("[data-filters]").click()
    page.locator("#newsfeed [name=kind]").select_option("feature")
    expect(page.locator("#newsfeed .feed-line:not(.kind-feature)")).to_have_count(0)
    expect(page.locator("#newsfeed .feed-line").first).to_be_visible()
    there = page.locator("#newsfeed .feed-line").count()
    page.keyboard.press("Escape")
    other = page.context.new_page()
    other.goto(f"{newsroom.url}/newsfeed/?kind=feature")
    expect(other.locator(".feed-line")).to_have_count(there)
    other.goto(f"{newsroom.url}/archive/")
    other.locator("[data-newsfeed-toggle]").click()
    expect(other.locator("#newsfeed .feed-line")).to_have_count(there)
    other.keyboard.press("c")
    expect(other.get_by_role("tabpanel", name="Chats")).to_be_visible()
    expect(other.get_by_role("tab", name="Chats")).to_have_attribute("aria-selected", "true")
