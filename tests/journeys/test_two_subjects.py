"""An editor tries two subjects of a letter where opens are counted; the archive has the better."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.mailbox import letter_to, link_in
from tests.journeys.running import Running
from tests.journeys.test_newsletters import LATER, signed_in

FIRST, SECOND = "Talks end without a date", "No date after Brenn"
READERS = 60
MAKE = f"""
from dateline.subscriptions.actions import *
from dateline.subscriptions.models import Newsletter
from dateline.topics.models import Edition
edition = Edition.objects.get(code="en")
made = save_newsletter(by=None, newsletter=Newsletter(edition=edition, slug="dusk", title="Dusk"))
for number in range({READERS}):
    who = subscriber_for(by=None, mail=f"dusk{{number}}@news.example", edition=edition)
    follow(by=None, subscriber=who, choice=Choice(subject=made.subject, edition=edition))
"""
TRIED = """
import time
from dateline.subscriptions.models import Delivery
for _ in range(600):
    rows = Delivery.objects.filter(sending__issue__title__in={titles!r})
    waiting = rows.filter(state__in=("planned", "sending"))
    if rows.exists() and not waiting.exclude(variant="").exists():
        break
    time.sleep(0.1)
print(*(f"{{d.subscriber.mail}} {{d.variant}}" for d in rows.exclude(variant="")), sep=chr(10))
"""
DECIDE = """
from dateline.common import clock
from dateline.subscriptions.models import Delivery, Trial
Trial.objects.filter(decided_at__isnull=True).update(decides_at=clock.now())
Delivery.objects.filter(state="planned", sending__issue__trial__isnull=False).update(
    due_at=clock.now()
)
"""


@pytest.fixture
def counting(tmp_path):
    """A newsroom that counts opened letters."""
    inside = {"sample_pictures": "no", "networks_inside": "127.0.0.0/8", "counts_opens": "yes"}
    running = Running(tmp_path / "newsroom", settings=inside).start()
    yield running
    assert running.stop() == 0, running.log


def ask_for_a_trial(page):
    """Fill a trial's fields, and see that what is wrong with one is told when it is folded up."""
    fold = page.locator("summary", has_text="Two subjects")
    fold.click()
    page.get_by_label("Second subject").fill(SECOND)
    page.get_by_label("Tried on so many percent").fill("99")
    fold.click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Ensure this value is less than or equal to 50.")
    page.get_by_label("Tried on so many percent").fill("50")


def test_the_better_subject_goes_to_the_rest_and_stays(counting, open_page):
    counting.shell(MAKE)
    page = open_page(f"{counting.url}/newsroom/newsletters/")
    signed_in(counting, page)
    page.get_by_role("region", name="Dusk").get_by_role("button", name="New letter").click()
    page.get_by_label("Subject", exact=True).fill(FIRST)
    ask_for_a_trial(page)
    page.get_by_label("Intro").fill("Good **evening**.")
    page.get_by_role("button", name="Look and send").click()
    expect(page.get_by_text(f"Two subjects, “{FIRST}” and “{SECOND}”, are tried")).to_be_visible()
    page.get_by_role("button", name=f"Send to {READERS} readers").click()
    expect(page.get_by_role("button", name="Call it back")).to_be_visible()
    counting.shell(LATER)

    tried = dict(one.split() for one in counting.shell(TRIED.format(titles=[FIRST])).splitlines())
    assert set(tried.values()) == {"first", "second"}
    by_second = [mail for mail, variant in tried.items() if variant == "second"]
    assert len(by_second) >= 10
    for mail in by_second[:10]:
        _name, letter = letter_to(counting, mail, SECOND)
        html = letter.get_body(("html",)).get_content()
        picture = re.search(r'https?://[^"]+/letters/opened/[^"]+\.gif', html)[0]
        assert page.request.get(picture).headers["content-type"] == "image/gif"
    page.reload()
    trial = page.get_by_role("region", name="Two subjects")
    expect(trial.get_by_role("row", name=SECOND)).to_contain_text("10 (")
    expect(trial.get_by_role("status")).to_contain_text("They are being tried.")

    counting.shell(DECIDE)
    rest = next(
        f"dusk{n}@news.example"
        for n in range(READERS)
        if tried.keys().isdisjoint({f"dusk{n}@news.example"})
    )
    _name, letter = letter_to(counting, rest, SECOND)
    assert "/letters/opened/" not in letter.get_body(("html",)).get_content()
    page.reload()
    expect(trial.get_by_role("row", name=SECOND)).to_contain_text("goes to the rest")
    expect(trial.get_by_role("row", name=FIRST)).to_contain_text("0 (")

    page.goto(f"{counting.url}/newsletters/dusk/")
    expect(page.get_by_role("link", name=SECOND)).to_be_visible()
    expect(page.get_by_text(FIRST)).to_have_count(0)
    page.goto(link_in(letter, "/letters/"))
    page.get_by_role("button", name="Do not count mine").click()
    expect(page.get_by_text("Yours are not counted.")).to_be_visible()
