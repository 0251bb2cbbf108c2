"""The screens of newsletters and letters: axe looks at each; a sending is followed to its end."""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.test_newsletters import signed_in

MAKE = """
import json
from datetime import timedelta
from django.core.mail import EmailMessage
from dateline.archive.models import ImportRun
from dateline.common import clock, house
from dateline.people.mail_folder import EmailBackend
from dateline.subscriptions.actions import *
from dateline.subscriptions.actions.plan import write_recipients
from dateline.subscriptions.models import *
from dateline.subscriptions.newsletter_rules import IssueCopy, PartCopy
from dateline.topics.models import Edition
edition = Edition.objects.get(code="en")
made = Newsletter(edition=edition, slug="axe", title="Letter for axe")
made = save_newsletter(by=None, newsletter=made)
LONG = "an.address.that.is.longer.than.a.telephone.is.wide"
told = Told(words="Write to me.", page="/newsletters/axe/", address="203.0.113.7")
for number in range(4):
    who = subscriber_for(by=None, mail=f"{number}.{LONG}@news.example", edition=edition)
    follow(by=None, subscriber=who, choice=Choice(subject=made.subject, edition=edition), told=told)
def letter(title, **words):
    issue = begin_issue(by=None, newsletter=made)
    words = {"intro": "<p>Good morning.</p>", **words}
    return compose_issue(by=None, issue=issue, copy=IssueCopy(title=title, **words))
parts = (PartCopy(heading="First"), PartCopy(heading="Top", source="top"))
draft, bare = letter("In parts", parts=parts), letter("", intro="")
waits = schedule_issue(by=None, issue=letter("Waits"), at=clock.now() + timedelta(hours=3))
left = schedule_issue(by=None, issue=letter("Has left"))
sending = plan_sending(by=None, plan=Plan(
    key="issue:axe", thing="newsletter", edition=edition, title="Has left", thing_number=left.pk,
    subjects=(str(made.subject),), due_at=clock.now() + timedelta(hours=1),
))
while sending.stage == "planning":
    write_recipients(by=None, sending=sending)
    sending.refresh_from_db()
fates = [("sent", ""), ("bounced", "550 5.1.1"), ("uncertain", "interrupted"), ("planned", "paced")]
for row, (state, cause) in zip(sending.deliveries.order_by("pk"), fates):
    row.state, row.cause, row.due_at = state, cause, clock.now() + timedelta(hours=1)
    row.save()
Trial.objects.create(
    issue=left, title="Left long ago", decides_at=clock.now(), decided_at=clock.now(), won="first",
    verdict="more", first_sent=900, first_opened=300, second_sent=900, second_opened=200,
)
Issue.objects.filter(pk=left.pk).update(sent_at=clock.now(), due_at=None, sending=sending)
ImportRun.objects.create(source="wordpress:axe", started_at=clock.now(), report="12 new stories")
numbers = {"draft": draft, "bare": bare, "waits": waits, "left": left, "sending": sending}
numbers |= {"newsletter": made, "reader": who}
words = EmailMessage("For axe", "Read it at https://news.example/ now.", to=[who.mail])
EmailBackend().send_messages([words])
mail = max(house.mail_folder().glob("*.eml")).stem
print(json.dumps({name: row.pk for name, row in numbers.items()} | {"mail": mail}))
"""
SCREENS = (
    "newsletters/",
    "newsletters/new/",
    "newsletters/{newsletter}/issues/",
    "newsletters/issues/{draft}/",
    "newsletters/issues/{draft}/review/",
    "newsletters/issues/{bare}/review/",
    "newsletters/issues/{waits}/review/",
    "newsletters/issues/{left}/review/",
    "letters/",
    "letters/{sending}/",
    "letters/{sending}/?state=bounced",
    "letters/?subscriber={reader}",
    "letters/?reader=nobody@news.example",
    "imports/",
    "mail/{mail}/",
)
# What a reader of the screen cannot reach: these screens have no bar to scroll to the side.
OUTSIDE = """() => [...document.querySelectorAll("main *:not(.w-sr-only, .w-sr-only *)")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 140))"""


SETTLE = """
from dateline.subscriptions.models import Delivery
Delivery.objects.filter(sending__key="issue:axe", state="planned").update(state="sent", cause="")
"""


def violations(page):
    found = Axe().run(page, context="main").response["violations"]
    nodes = ((one["id"], node["html"][:140]) for one in found for node in one["nodes"])
    return [f"{page.url} {rule} {html}" for rule, html in nodes]


def test_axe_finds_nothing_and_a_sending_is_followed_to_its_end(newsroom, open_page):
    numbers = json.loads(newsroom.shell(MAKE))
    page = open_page(f"{newsroom.url}/newsroom/newsletters/")
    signed_in(newsroom, page)
    found = []
    for place, screen in enumerate(SCREENS):
        width, scheme = ((390, "dark"), (1440, "light"))[place % 2]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        answer = page.goto(f"{newsroom.url}/newsroom/{screen.format(**numbers)}")
        assert answer.status == 200, screen
        found += [f"{page.url} is cut off: {one}" for one in page.evaluate(OUTSIDE)]
        found += violations(page)
    assert "\n".join(found) == ""
    page.goto(f"{newsroom.url}/newsroom/letters/{numbers['sending']}/")
    expect(page.locator("#settled")).to_contain_text("Settled: 3 of 4 (75 %)")
    newsroom.shell(SETTLE)
    expect(page.locator("#settled")).to_have_text("Settled: 4 of 4 (100 %)", timeout=15_000)
    expect(page.get_by_role("button", name="Stop what has not left yet")).to_have_count(0)
