"""Readers come in, with and without scripts, and go."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.mailbox import code_for
from tests.journeys.readers import register

SIZES = [(390, 844), (1440, 900)]


def a_story(newsroom, open_page, **options):
    page = open_page(f"{newsroom.url}/", **options)
    address = page.locator("main .card-link").first.get_attribute("href")
    page.goto(f"{newsroom.url}{address}")
    return page, address


def test_a_reader_registers_without_scripts_and_is_back_at_the_story(newsroom, open_page):
    page, address = a_story(newsroom, open_page, java_script_enabled=False)
    page.get_by_role("link", name="Log in").click()
    register(newsroom, page, "plain@example.org", "Plain Reader")
    expect(page).to_have_url(f"{newsroom.url}{address}")
    page.get_by_role("link", name="Log in").click()
    page.goto(f"{newsroom.url}/account/")
    expect(page.locator(".account-name")).to_have_text("Plain Reader")
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{newsroom.url}/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in or register")


def test_with_scripts_the_page_stays_where_it_is(newsroom, open_page):
    page, address = a_story(newsroom, open_page)
    page.evaluate("scrollTo(0, 400)")
    # Without the pointer, which the browser's driver would first scroll to.
    page.get_by_role("link", name="Log in").evaluate("link => link.click()")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Mail address")).to_be_focused()
    register(newsroom, page, "quick@example.org", "Quick Reader")
    expect(dialog).to_have_count(0)
    expect(page).to_have_url(f"{newsroom.url}{address}")
    assert page.evaluate("scrollY") == 400
    expect(page.locator("[data-account] img")).to_have_attribute("alt", "Quick Reader")
    page.reload()
    expect(page.locator("[data-account] img")).to_have_attribute("alt", "Quick Reader")
    page.locator("[data-account]").click()
    expect(page.locator(".account-name")).to_have_text("Quick Reader")


def test_a_wrong_code_is_said_and_the_right_one_still_works(newsroom, open_page):
    page = open_page(f"{newsroom.url}/account/login/")
    page.get_by_label("Mail address").fill("clumsy@example.org")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("0000 0000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This is not the code")).to_be_visible()
    page.get_by_label("Code").fill(code_for(newsroom, "clumsy@example.org"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a name")


def test_a_password_is_changed_and_the_account_deleted_and_kept(newsroom, open_page):
    page = open_page(f"{newsroom.url}/account/login/")
    register(newsroom, page, "leaver@example.org", "Leaver")
    page.get_by_role("link", name="Password").click()
    page.get_by_label("New password").fill("correct-horse-battery")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.get_by_role("link", name="Take everything along").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "everything.zip"
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("This account will be deleted on")).to_be_visible()
    page.get_by_role("link", name="Take everything along").click()
    page.get_by_role("button", name="Keep the account").click()
    expect(page.get_by_text("This account will be deleted on")).to_have_count(0)
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{newsroom.url}/account/login/?next=/newsfeed/")
    page.get_by_label("Mail address").fill("leaver@example.org")
    page.get_by_text("Log in with a password").click()
    page.get_by_label("Password").fill("correct-horse-battery")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page).to_have_url(f"{newsroom.url}/newsfeed/")


def test_a_passkey_logs_in_by_itself(newsroom, open_page):
    page = open_page(f"{newsroom.url}/account/login/")
    register(newsroom, page, "key@example.org", "Key Holder")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    page.goto(f"{newsroom.url}/account/second-factor/webauthn/add/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto(f"{newsroom.url}/account/")
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{newsroom.url}/account/login/?next=/newsfeed/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page).to_have_url(f"{newsroom.url}/newsfeed/")
    expect(page.locator("[data-account] img")).to_have_attribute("alt", "Key Holder")


PAGES = [
    "",
    "rename/",
    "picture/",
    "preferences/",
    "muted/",
    "password/",
    "mail/",
    "sessions/",
    "leaving/",
    "logout/",
    "second-factor/",
    "second-factor/totp/activate/",
    "second-factor/webauthn/",
    "second-factor/webauthn/add/",
]


@pytest.mark.parametrize("look", ["en", "ar", "dark"])
def test_every_page_of_the_account_is_for_everybody(newsroom, open_page, look):
    options = {"color_scheme": "dark"} if look == "dark" else {}
    edition = "ar" if look == "ar" else "en"
    page = open_page(f"{newsroom.url}/account/login/?edition=en", **options)
    found = {"login": problems(page)}
    register(newsroom, page, f"axe-{look}@example.org", f"Axe {look}")
    for name in PAGES:
        page.goto(f"{newsroom.url}/account/{name}?edition={edition}")
        assert page.locator("html").get_attribute("lang") == edition
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        found[name] = problems(page)
    assert {name: told for name, told in found.items() if told} == {}


def problems(page):
    return [
        (one["id"], node["html"][:200])
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
