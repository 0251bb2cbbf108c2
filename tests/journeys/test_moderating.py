"""A moderator's minute: by key and by thumb, undone, and what other screens show of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.moderators import desk, fill, row


def test_one_key_decides_and_the_next_is_at_hand(newsroom, open_page):
    fill(newsroom, "Keys", "You idiot, said the first.", "You moron, said the second.")
    page = desk(newsroom, open_page, "held")
    first, second = row(page, "said the first."), row(page, "said the second.")
    first.focus()
    expect(page.locator("[data-panel]")).to_contain_text("Around it")
    page.keyboard.press("a")
    expect(first).to_have_count(0)
    expect(second).to_be_focused()
    expect(page.locator("[data-undo]")).to_contain_text("1 message approved.")
    page.keyboard.press("u")
    expect(first).to_have_count(1)
    second.focus()
    page.keyboard.press("r")
    page.keyboard.press("1")
    expect(second).to_have_count(0)
    page.reload()
    expect(row(page, "said the first.")).to_have_count(1)
    expect(row(page, "said the second.")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_rejected_vanishes_from_an_open_chat(newsroom, open_page, scripts):
    words = f"sold the old harbour {'at once' if scripts else 'by and by'}"
    address = fill(newsroom, f"Open {scripts}", f"The mayor {words}, all of it.", report=True)
    reader = open_page(f"{newsroom.url}{address}")
    shown = reader.locator(".message", has_text=words)
    expect(shown).to_have_count(1)
    phone = {"width": 390, "height": 844, "has_touch": True, "java_script_enabled": scripts}
    page = desk(newsroom, open_page, "reported", **phone)
    told = row(page, words)
    told.locator(".mod-reject summary").tap()
    told.get_by_role("button", name="False claim of fact").tap()
    expect(told).to_have_count(0)
    expect(shown).to_have_count(0, timeout=5000)


def test_a_queue_that_is_open_tells_that_a_chat_heats_up(newsroom, open_page):
    page = desk(newsroom, open_page, "held")
    expect(page.locator("chats-desk:defined")).to_be_visible()
    place = page.locator("[data-hot-place]")
    before = place.locator("[data-hot]").get_attribute("data-hot")
    said = [f"The pier number {n} is dry today, and wide." for n in range(3)]
    fill(newsroom, "Hot", *said, report=True, order="pk")
    expect(place.locator("[data-hot]")).not_to_have_attribute("data-hot", before, timeout=15_000)
    expect(place).to_contain_text("heats up")


def test_a_warning_beside_the_queue_leaves_it_where_it_is(newsroom, open_page):
    fill(newsroom, "Warned", "You idiot, said the warned.")
    page = desk(newsroom, open_page, "held")
    row(page, "said the warned.").focus()
    panel = page.locator("[data-panel]")
    panel.get_by_text("Warn, slow down, suspend or ban").click()
    panel.get_by_label("Sanction").select_option("suspend")
    panel.get_by_role("button", name="Put it in force").click()
    expect(page.locator("[data-status]")).to_contain_text("Choose for how many days")
    panel.get_by_label("For how many days").select_option("7")
    panel.get_by_role("button", name="Put it in force").click()
    expect(page.locator("[data-status]")).to_contain_text("The sanction is in force")
    expect(panel.locator(".mod-sanction")).to_contain_text("Suspended")
    expect(row(page, "said the warned.")).to_have_count(1)


@pytest.mark.parametrize("queue", ["held", "reported"])
def test_several_are_decided_at_once_without_scripts(newsroom, open_page, queue):
    texts = ("You idiot, batch one.", "You idiot, batch two.")
    if queue == "reported":
        texts = ("Batch three is said here.", "Batch four is said here.")
    fill(newsroom, f"Batch {queue}", *texts, report=queue == "reported")
    page = desk(newsroom, open_page, queue, java_script_enabled=False)
    for text in texts:
        row(page, text).locator("input[type=checkbox]").check()
    page.locator("[data-batch]").get_by_role("button", name="Approve").click()
    expect(page.locator(".messages")).to_contain_text("2 messages approved.")
    for text in texts:
        expect(row(page, text)).to_have_count(0)


def test_a_message_is_copied_for_the_desk(newsroom, open_page):
    fill(newsroom, "Quotes", "The pier stood dry at noon.")
    page = desk(newsroom, open_page, "new", permissions=["clipboard-read", "clipboard-write"])
    row(page, "stood dry at noon.").focus()
    page.get_by_role("button", name="Copy quote").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“The pier stood dry at noon.” – ")
    assert re.search(rf"\n{newsroom.url}/m/\w+$", copied)
