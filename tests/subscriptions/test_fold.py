"""The ledger does not grow for ever: counts stay, and who it was goes."""

from datetime import timedelta

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.subscriptions.actions import (
    Told,
    fold,
    fold_some,
    leave,
    note_deed,
    pause_subscriber,
    resume_sending,
    retract,
)
from dateline.subscriptions.enums import Deed, State
from dateline.subscriptions.ledger_queries import states_of
from dateline.subscriptions.models import Consent, Delivery, Sending, Subscriber
from tests.subscriptions.following import a_follower, a_sending, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = timedelta(days=365)
DAY = timedelta(days=1)


def fold_all(now):
    done = 0
    while count := fold_some(by=None, now=now):
        done += count
    return done


@pytest.fixture
def sending(room, monkeypatch):
    """A sending of long ago: five had it, two bounced, one had paused; folded three at a time."""
    monkeypatch.setattr(fold, "BATCH", 3)
    for number in range(7):
        a_follower(room, f"reader{number}@news.example", "front:en")
    paused = a_follower(room, "paused@news.example", "front:en")
    pause_subscriber(by=None, subscriber=paused, length=DAY)
    made = written(a_sending(room, "front:en"))
    rows = list(
        Delivery.objects.filter(state="planned").order_by("pk").values_list("pk", flat=True)
    )
    Delivery.objects.filter(pk__in=rows[:5]).update(state=State.SENT)
    Delivery.objects.filter(pk__in=rows[5:]).update(state=State.BOUNCED)
    Sending.objects.update(stage="done", closed_at=clock.now())
    return made


def test_what_is_old_becomes_counts_batch_by_batch(sending):
    before = states_of([sending])
    assert fold_some(by=None, now=clock.now() + KEPT - DAY) == 0
    assert fold_some(by=None, now=clock.now() + KEPT + DAY) == 4
    sending.refresh_from_db()
    assert Delivery.objects.count() == 5
    assert states_of([sending]) == before  # Half folded it counts the same.
    fold_all(clock.now() + KEPT + DAY)
    sending.refresh_from_db()
    assert (Delivery.objects.count(), bool(sending.folded_at)) == (0, True)
    assert states_of([sending]) == before == {sending.pk: {"sent": 5, "bounced": 2, "skipped": 1}}
    assert fold_some(by=None, now=clock.now() + KEPT + DAY) == 0


def test_what_is_younger_open_or_kept_for_ever_stays(sending, room, monkeypatch):
    Sending.objects.update(closed_at=None)
    assert fold_some(by=None, now=clock.now() + KEPT + DAY) == 0
    Sending.objects.update(closed_at=clock.now())
    kept = settings.DATELINE.model_copy(update={"ledger_kept_days": 0})
    monkeypatch.setattr(settings, "DATELINE", kept)
    assert fold_some(by=None, now=clock.now() + 9 * KEPT) == 0
    assert retract(by=None, sending=sending) is not None


def test_what_was_stopped_long_ago_and_goes_on_is_folded_in_its_turn(sending, room):
    Sending.objects.update(stage="stopped", why="desk")
    fold_all(clock.now() + KEPT + DAY)
    resume_sending(by=None, sending=sending)
    late = a_follower(room, "late@news.example", "front:en")
    Sending.objects.update(made_at=clock.now(), planned_to=late.pk - 1)
    sending.refresh_from_db()
    written(sending)
    assert list(Delivery.objects.values_list("subscriber", flat=True)) == [late.pk]
    Delivery.objects.update(state=State.SENT)
    Sending.objects.update(stage="done", closed_at=clock.now())
    fold_all(clock.now() + KEPT + DAY)
    assert states_of([Sending.objects.get()]) == {
        sending.pk: {"sent": 6, "bounced": 2, "skipped": 1}
    }


def test_replies_leave_nothing(sending):
    Sending.objects.update(thing="reply")
    fold_all(clock.now() + KEPT + DAY)
    assert not Sending.objects.exists()


def test_who_left_keeps_their_consent_without_the_address_it_came_from(room):
    stays, left = (a_follower(room, f"{name}@news.example", "front:en") for name in "ab")
    for one in (stays, left):
        note_deed(
            by=None,
            subscriber=one,
            deed=Deed.CHANGED,
            told=Told(words="yes", page="/p", address="203.0.113.7"),
        )
    leave(by=None, subscriber=left)
    fold_all(clock.now() + KEPT - DAY)
    assert Consent.objects.exclude(address="").count() == 2
    fold_all(clock.now() + KEPT + DAY)
    (kept,) = Consent.objects.exclude(address="")
    assert kept.subscriber == stays
    assert Consent.objects.filter(subscriber=left, words="yes", page="/p").exists()
    assert Subscriber.objects.filter(mail=left.mail).exists()  # So that no import writes again.


def test_browsers_that_left_long_ago_are_nobody(room):
    nobody = Subscriber.objects.create(edition=room.edition)
    leave(by=None, subscriber=nobody)
    fold_all(clock.now() + KEPT - DAY)
    assert Subscriber.objects.exists()
    fold_all(clock.now() + KEPT + DAY)
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()
