"""A reader comes in by another house, from the drawer's way in, and is back with what was typed."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.running import Running
from tests.openid_double import CLIENT, SECRET, openid_double


@pytest.fixture(scope="module")
def house():
    person = {"sub": "g-17", "email": "guild@example.org", "email_verified": True}
    with openid_double(**person) as house:
        yield house


@pytest.fixture(scope="module")
def with_house(tmp_path_factory, house):
    told = {"id": "guild", "name": "Press Guild", "server": house.url}
    told |= {"client_id": CLIENT, "secret": SECRET}
    settings = {"log_in_with": json.dumps([told]), "sample_pictures": "false"}
    running = Running(tmp_path_factory.mktemp("houses") / "newsroom", settings=settings).start()
    running.await_words("/chats/", "chat-link")
    yield running
    assert running.stop() == 0, running.log


def chat_box(page, newsroom, *, has_scripts=True):
    """Go to a chat and return its box."""
    page.goto(f"{newsroom.url}/chats/")
    page.goto(newsroom.url + page.locator(".chat-link").nth(1).get_attribute("href"))
    if has_scripts:
        expect(page.locator("chat-room:defined")).to_be_visible()
    return page.get_by_label("Your message")


def choose(page, name):
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a name")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Register").click()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_comes_by_a_house_and_is_back_with_the_text(
    with_house, house, open_page, has_scripts
):
    name = "Guild Reader" if has_scripts else "Guilder"
    house.person |= {"sub": name, "email": f"{len(name)}@example.org"}
    page = open_page(f"{with_house.url}/", java_script_enabled=has_scripts)
    box = chat_box(page, with_house, has_scripts=has_scripts)
    box.fill("What I meant to say.")
    page.get_by_role("button", name="log in", exact=True).click()
    page.get_by_role("button", name="Log in with Press Guild").click()
    choose(page, name)
    expect(box).to_have_value("What I meant to say.")
    assert re.search(r"#say-\d+$", page.url) or not has_scripts
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".message-text").last).to_have_text("What I meant to say.")


def test_a_consent_that_is_refused_is_said_and_the_text_waits(with_house, house, open_page):
    house.person |= {"sub": "refuser", "email": "refuser@example.org"}
    page = open_page(f"{with_house.url}/")
    box = chat_box(page, with_house)
    box.fill("Kept.")
    page.get_by_role("button", name="log in", exact=True).click()
    house.refuses = True
    page.get_by_role("button", name="Log in with Press Guild").click()
    expect(page.get_by_text("You did not let Press Guild")).to_be_visible()
    house.refuses = False
    page.get_by_role("link", name="Log in another way").click()
    page.get_by_role("button", name="Log in with Press Guild").click()
    choose(page, "Refuser")
    expect(box).to_have_value("Kept.")
    expect(page.get_by_text("You write as Refuser")).to_be_visible()
