"""What a reader does on many journeys: come in, say something, look for what was said."""

from playwright.sync_api import expect

from tests.journeys.mailbox import code_for


def register(newsroom, page, mail, name):
    """Fill in the three pages of the way in."""
    page.get_by_label("Mail address").fill(mail)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_for(newsroom, mail))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Register").click()


def enter(newsroom, page, mail, name):
    """Register from a chat's page, where the reader is then back."""
    expect(page.locator("chat-room:defined")).to_be_visible()
    page.get_by_role("button", name="register", exact=True).click()
    register(newsroom, page.get_by_role("dialog"), mail, name)
    expect(page.get_by_text(f"You write as {name}")).to_be_visible()


def say(page, words):
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(message(page, words)).to_be_visible()


def message(page, words):
    return page.locator("[data-messages] [data-message]").filter(has_text=words)
