"""What failed on its way is sent again when somebody at the desk says so, and nothing else is."""

from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.subscriptions.actions import (
    close_sending,
    leave,
    pause_subscriber,
    retract,
    retract_story,
    stop_sending,
    stop_subscriber,
)
from dateline.subscriptions.enums import Channel, Stage, State, Stop
from dateline.subscriptions.errors import SendAgainRefused
from dateline.subscriptions.ledger_queries import failures_of
from dateline.subscriptions.models import Delivery, Sending, Subscriber
from tests.live.coverage import Recording
from tests.subscriptions.following import a_follower, a_sending, repeated, written

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EVERYTHING = "front:en"


@pytest.fixture
def failed(room):
    """A sending whose every delivery failed by both channels for one cause."""
    for name in ("stays", "left", "paused", "complained", "bounced"):
        for channel in Channel:
            a_follower(room, f"{name}@news.example", EVERYTHING, channel=channel)
    sending = written(a_sending(room, EVERYTHING, story=7))
    Delivery.objects.update(state=State.BOUNCED, cause="552 5.2.2", settled_at=clock.now(), tries=8)
    close_sending(by=None, sending=sending)
    return sending


def test_only_whoever_still_wants_it_is_sent_it_again_by_the_same_line(room, failed):
    who = {one.mail.split("@")[0]: one for one in Subscriber.objects.all()}
    leave(by=None, subscriber=who["left"])
    pause_subscriber(by=None, subscriber=who["paused"], length=timedelta(days=3))
    stop_subscriber(by=None, subscriber=who["complained"], how=Stop.COMPLAINED)
    stop_subscriber(by=None, subscriber=who["bounced"], how=Stop.BOUNCED)
    lines = set(Delivery.objects.values_list("pk", flat=True))
    (mail, push) = failures_of(failed, clock.now())
    assert [(one.channel, one.count, one.again) for one in (mail, push)] == [
        ("mail", 5, 1),
        ("push", 5, 1),
    ]
    with Recording() as told:
        assert repeated(failed) == 1
        assert repeated(failed) == 0  # It is on its way: pressed twice, it goes once.
    assert told.kinds == ["sending-planned"]
    [row] = Delivery.objects.filter(state=State.PLANNED)
    assert (row.subscriber.mail, row.channel, row.cause, row.tries, row.settled_at) == (
        "stays@news.example",
        "mail",
        "",
        0,
        None,
    )
    assert set(Delivery.objects.values_list("pk", flat=True)) == lines
    assert Sending.objects.get(pk=failed.pk).stage == Stage.SENDING


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        ("sent", ""),
        ("confirmed", "2.0.0"),
        ("planned", ""),
        ("complained", "abuse"),
        ("skipped", "withdrawn"),
        ("skipped", "desk"),
        ("skipped", "left"),
        ("skipped", "paused"),
        ("skipped", "bounced"),
        ("skipped", "complained"),
        ("skipped", "merged"),
    ],
)
def test_what_did_not_fail_is_not_sent_again(room, failed, state, cause):
    Delivery.objects.update(state=state, cause=cause)
    with Recording() as told, pytest.raises(SendAgainRefused):
        repeated(failed, state, cause)
    assert told.kinds == []
    assert not Delivery.objects.exclude(state=state).exists()
    assert [one.again for one in failures_of(failed, clock.now())] in ([], [0, 0])


def test_what_came_too_often_that_day_can_be_sent_after_all(room, failed):
    Delivery.objects.update(state="skipped", cause="too-many")
    assert repeated(failed, "skipped", "too-many", "push") == 5


@pytest.mark.parametrize("how", ["stopped", "taken back", "story taken back"])
def test_nothing_that_was_withdrawn_is_sent_again(room, failed, how):
    Delivery.objects.filter(channel="push").update(state="sent", cause="")
    if how == "stopped":
        Sending.objects.update(closed_at=None, stage=Stage.SENDING)
        stop_sending(by=None, sending=failed)
    elif how == "taken back":
        retract(by=None, sending=failed)
    else:
        retract_story(by=None, story=7)
    failed.refresh_from_db()
    with pytest.raises(SendAgainRefused):
        repeated(failed)
    assert Delivery.objects.filter(sending=failed, state="bounced").count() == 5
    assert [one.again for one in failures_of(failed, clock.now())] == [0]
