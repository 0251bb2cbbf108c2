"""What comes back: by mailbox, by file, joined to the one delivery it is about."""

from datetime import timedelta

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.config.subscribers import take_returned
from dateline.standards.bounces.verp import delivery_in
from dateline.subscriptions.enums import State
from dateline.subscriptions.mail.links import message_id, return_address
from dateline.subscriptions.mail.mailbox import Mailbox
from dateline.subscriptions.mail.returns import take_mail
from dateline.subscriptions.models import Delivery
from tests.standards.test_bounces import BACK, mail
from tests.subscriptions.following import a_follower, a_sending, written
from tests.subscriptions.mailbox_double import Imap, Pop, mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READER = "lena@reader.example"
MAILBOX = "bounces@news.example"
SOFT = (b"Status: 5.0.0", b"Status: 4.2.2"), (b"550 5.1.1", b"452 4.2.2")


@pytest.fixture
def own(monkeypatch):
    changed = settings.DATELINE.model_copy(update={"bounce_mailbox": MAILBOX})
    monkeypatch.setattr(settings, "DATELINE", changed)


@pytest.fixture
def delivery(room, own):
    a_follower(room, READER, "front:en")
    written(a_sending(room, "front:en"))
    Delivery.objects.update(state=State.SENT)
    return Delivery.objects.select_related("subscriber").get()


def about(delivery, name, *changes):
    """Return a report on a delivery, as it comes to the return address of its letter."""
    data = mail(name).replace(BACK.encode(), return_address(delivery.pk, "x").encode())
    data = data.replace(b"<letter.95@news.example>", message_id(delivery.pk).encode())
    for old, new in changes:
        data = data.replace(old, new)
    return data


def only_first(data):
    """Return a report without the second recipient that it names."""
    begin = data.index(b"Final-Recipient: rfc822; full@")
    return data[:begin] + data[data.index(b"--A1", begin) :]


def now(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.subscriber.standing, delivery.subscriber.stopped_as


def test_each_letter_has_a_return_address_of_its_own(delivery):
    made = return_address(delivery.pk, "desk@news.example")
    assert made.startswith("bounces+")
    assert delivery_in(made, MAILBOX, settings.SECRET_KEY.encode()) == delivery.pk
    changed = settings.DATELINE.model_copy(update={"bounce_mailbox": ""})
    settings.DATELINE = changed
    assert return_address(delivery.pk, "desk@news.example") == "desk@news.example"


def test_an_address_that_takes_no_mail_is_not_written_to_again(delivery):
    came = take_mail(only_first(about(delivery, "failed")))
    assert (came.is_report, came.known, came.news) == (True, 1, 1)
    assert now(delivery) == ("bounced", "stopped", "bounced")
    assert (delivery.cause, delivery.answer[:3]) == ("5.1.1", "550")
    assert take_mail(only_first(about(delivery, "failed"))).news == 0


def test_what_may_pass_is_counted(room, delivery):
    data = only_first(about(delivery, "failed", *SOFT))
    for count in range(1, 5):
        Delivery.objects.update(state=State.SENT)
        assert take_mail(data).news == 1
        assert take_mail(data).news == 0
        delivery.subscriber.refresh_from_db()
        assert delivery.subscriber.soft_bounces == count
    assert now(delivery) == ("bounced", "active", "")
    Delivery.objects.update(state=State.SENT)
    take_mail(data)
    delivery.subscriber.refresh_from_db()
    assert now(delivery) == ("bounced", "stopped", "bounced")


def test_a_complaint_ends_it(delivery):
    assert take_mail(about(delivery, "complaint")).news == 1
    delivery.subscriber.refresh_from_db()
    assert now(delivery) == ("complained", "stopped", "complained")


def test_a_letter_that_waits_is_still_sent(delivery):
    assert take_mail(about(delivery, "delayed")).news == 0
    assert now(delivery) == ("sent", "active", "")


def test_an_uncertain_one_is_found_by_its_report(delivery):
    Delivery.objects.update(state=State.UNCERTAIN)
    data = about(delivery, "delayed", (b"Action: delayed", b"Action: delivered"))
    assert take_mail(data.replace(b"4.4.1", b"2.0.0")).news == 1
    assert now(delivery) == ("confirmed", "active", "")


@pytest.mark.parametrize("name", ["failed", "complaint"])
def test_nobody_stops_the_letters_of_others(delivery, name):
    forged = mail(name).replace(BACK.encode(), b"bounces+1-abcdefghijklmnop@news.example")
    came = take_mail(forged)
    assert (came.is_report, came.known) == (True, 0)
    assert now(delivery) == ("sent", "active", "")


def test_what_never_left_cannot_come_back(delivery):
    Delivery.objects.update(state=State.PLANNED)
    assert take_mail(about(delivery, "failed")).news == 0
    assert now(delivery) == ("planned", "active", "")


@pytest.mark.parametrize("kind", [Pop, Imap])
def test_a_mailbox_is_emptied_of_reports_and_nothing_else(delivery, kind, time_machine):
    with mailbox(kind) as (box, address):
        box.mails = {"11": mail("away"), "12": about(delivery, "complaint"), "13": mail("failed")}
        looking = Mailbox(lambda: address)
        assert looking.work() == 2
        assert list(box.mails) == ["11"]
        assert delivery_state(delivery) == "complained"
        assert looking.work() == 0
        box.mails["14"] = mail("failed")
        time_machine.move_to(clock.now() + timedelta(minutes=1))
        assert looking.work() == 1
        assert list(box.mails) == ["11"]


def delivery_state(delivery):
    delivery.refresh_from_db()
    return delivery.state


@pytest.mark.parametrize("kind", [Pop, Imap])
def test_a_mailbox_that_is_shut_or_away_is_waited_for(db, kind):
    with mailbox(kind) as (box, address):
        box.is_shut = True
        box.mails = {"1": mail("failed")}
        assert Mailbox(lambda: address).work() == 0
        assert list(box.mails) == ["1"]
    assert Mailbox(lambda: address).work() == 0
    assert Mailbox(lambda: "").work() == 0


def test_mails_are_taken_from_files_too(delivery):
    mails = [about(delivery, "complaint"), mail("away"), mail("failed")]
    assert take_returned(mails) == (
        "3 mails: 2 reports, 1 about letters of ours, 1 new; for a person: 1 no-report"
    )
