"""Leaving by a mail to a letter's own address: exactly that, once, by nobody but its reader."""

import pytest
from django.conf import settings

from dateline.config.subscribers import take_returned
from dateline.journal.queries import head
from dateline.reader.letters.writer import Writer
from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.actions import Choice, follow, take
from dateline.subscriptions.actions.merge import merge_subscribers
from dateline.subscriptions.mail.carrier import values_of
from dateline.subscriptions.mail.links import leave_address, return_address
from dateline.subscriptions.mail.mailbox import Mailbox
from dateline.subscriptions.mail.returns import take_mail
from dateline.subscriptions.models import Consent, Delivery, Subscriber, Subscription
from dateline.subscriptions.rules import subject_of
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, written
from tests.subscriptions.mailbox_double import Imap, Pop, mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READER = "lena@reader.example"
LEFT = "left-one"


def with_mailbox(monkeypatch, mailbox):
    changed = settings.DATELINE.model_copy(update={"bounce_mailbox": mailbox})
    monkeypatch.setattr(settings, "DATELINE", changed)


@pytest.fixture
def delivery(room, monkeypatch):
    """A story's letter to one who follows its topic, and breaking news besides."""
    with_mailbox(monkeypatch, "bounces@news.example")
    a_follower(room, READER, topic(room), "breaking:en")
    a_follower(room, "other@reader.example", topic(room))
    written(a_sending(room, topic(room), story=a_published_story(room).pk))
    return Delivery.objects.get(subscriber__mail=READER)


def topic(room):
    return f"topic:{room.topic.pk}"


def a_mail(to, *heads, text=b"unsubscribe"):
    lines = [f"From: {READER}", f"To: <{to}>", *heads, "", ""]
    return "\n".join(lines).encode() + text


def asked(delivery, *heads, **how):
    return a_mail(leave_address(delivery.pk), *heads, **how)


def followed(mail=READER):
    rows = Subscription.objects.filter(subscriber__mail=mail).order_by("subject")
    return list(rows.values_list("subject", flat=True))


def came(data):
    found = take_mail(data)
    return found.is_report, found.known, found.news


def test_a_mail_ends_what_its_letter_was_one_of_and_nothing_else(room, delivery):
    assert came(asked(delivery, "Subject: what is this?", text=b"please!")) == (True, 1, 1)
    assert followed() == ["breaking:en"]
    assert followed("other@reader.example") == [topic(room)]
    consent = Consent.objects.get(deed=LEFT)
    assert (consent.subject, consent.words, consent.page) == (
        topic(room),
        "Left by mail to the leave address.",
        f"mailto:{leave_address(delivery.pk)}",
    )
    assert Subscriber.objects.get(mail=READER).standing == "active"


def test_a_digest_is_ended_as_a_whole(room, delivery):
    one = a_follower(room, "daily@reader.example", topic(room), "front:en", pace="daily")
    a_follower(room, "daily@reader.example", "breaking:en")
    written(a_sending(room, key="digest:1", thing="digest", pace="daily"))
    digest = Delivery.objects.get(subscriber=one)
    assert came(asked(digest)) == (True, 1, 1)
    assert followed("daily@reader.example") == ["breaking:en"]
    assert Consent.objects.filter(subscriber=one, deed=LEFT).count() == 2


def test_a_mail_that_is_repeated_does_not_end_what_is_asked_for_anew(room, delivery):
    assert came(asked(delivery)) == (True, 1, 1)
    before = head()
    assert came(asked(delivery)) == (True, 1, 0)
    choice = Choice(subject=subject_of(topic(room)), edition=room.edition)
    follow(by=None, subscriber=delivery.subscriber, choice=choice)
    assert came(asked(delivery)) == (True, 1, 0)
    assert followed() == ["breaking:en", topic(room)]
    assert Consent.objects.filter(deed=LEFT).count() == 1
    assert head() == before + 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda one: return_address(one, "x"),
        lambda one: return_address(one, "x").replace("+", "+leave-"),
        lambda one: leave_address(one).replace("leave-", "leave-1"),
        lambda one: leave_address(one + 1).replace("leave-", "leave-0"),
        lambda one: leave_address(one)[:-14] + "a@news.example",
        lambda one: leave_address(one).replace("news.example", "news.example.evil.example"),
        lambda _: "bounces+leave-@news.example",
        lambda _: "bounces@news.example",
    ],
)
def test_nobody_ends_the_letters_of_others(room, delivery, forge):
    assert came(a_mail(forge(delivery.pk))) == (False, 0, 0)
    assert followed() == ["breaking:en", topic(room)]
    assert not Consent.objects.filter(deed=LEFT).exists()


@pytest.mark.parametrize("kind", ["auto-replied", "auto-replied (vacation)", "auto-notified"])
def test_an_absence_does_not_leave(room, delivery, kind):
    assert came(asked(delivery, f"Auto-Submitted: {kind}")) == (False, 0, 0)
    assert followed() == ["breaking:en", topic(room)]


def test_a_mail_may_be_in_any_charset(delivery):
    heads = ("Subject: =?utf-9?Q?=FF?=", "Content-Type: text/plain; charset=none")
    assert came(asked(delivery, *heads, text=b"\x80\xff\x00" * 99)) == (True, 1, 1)


def test_a_letter_that_is_folded_is_left_to_a_person(delivery):
    data = asked(delivery)
    Delivery.objects.all().delete()
    assert came(data) == (False, 0, 0)


def test_who_was_joined_with_another_leaves_as_that_one(room, delivery):
    kept = a_follower(room, "new@reader.example", topic(room))
    merge_subscribers(by=None, kept=kept, other=delivery.subscriber, is_asked=True)
    assert came(asked(delivery)) == (True, 1, 1)
    assert followed("new@reader.example") == ["breaking:en"]


def test_without_a_mailbox_there_is_one_click_alone(delivery, monkeypatch):
    data = asked(delivery)
    assert "mailto:" in unsubscribe_of(delivery)
    with_mailbox(monkeypatch, "")
    Delivery.objects.update(state="planned")
    assert "mailto:" not in unsubscribe_of(delivery)
    assert came(data) == (False, 0, 0)


def unsubscribe_of(delivery):
    """Return how a letter says that it is ended, as it would leave now."""
    taken = take(by="test", channel="mail", most=9)
    form = Writer()(taken)[delivery.pk]
    data = form.filled(values_of(delivery.pk, to=READER, key="k")).decode()
    begin = data.index("List-Unsubscribe: ")
    return data[begin : data.index("List-Unsubscribe-Post", begin)]


@pytest.mark.parametrize("kind", [Pop, Imap])
def test_a_mailbox_takes_them_and_fetches_little_of_a_huge_one(room, delivery, kind):
    huge = asked(delivery, text=b"unsubscribe!\n" * (MOST_BYTES // 12))
    forged = a_mail("bounces+leave-1-abcdefghijklmnop@news.example")
    with mailbox(kind) as (box, address):
        box.mails = {"11": forged, "12": huge, "13": asked(delivery)}
        assert Mailbox(lambda: address).work() == 2
        assert list(box.mails) == ["11"]
        assert max(box.fetched) <= MOST_BYTES + 1 < len(huge)
    assert followed() == ["breaking:en"]
    assert Consent.objects.filter(deed=LEFT).count() == 1


def test_a_pipe_takes_them_too(delivery):
    assert take_returned([asked(delivery)]) == (
        "1 mails: 1 reports, 1 about letters of ours, 1 new"
    )
