"""Subscribers and things to send, for tests."""

from dateline.subscriptions.actions import (
    Choice,
    Plan,
    follow,
    plan_sending,
    send_again,
    subscriber_for,
)
from dateline.subscriptions.actions.plan import write_recipients
from dateline.subscriptions.enums import Channel, Pace, Stage, Thing
from dateline.subscriptions.models import Delivery, Sending, Subscriber
from dateline.subscriptions.rules import subject_of


def a_follower(room, mail, *subjects, pace=Pace.AT_ONCE, channel=Channel.MAIL) -> Subscriber:
    """Return a subscriber who follows some subjects, as `topic:3`."""
    who = subscriber_for(by=None, mail=mail, edition=room.edition)
    for subject in subjects:
        choice = Choice(
            subject=subject_of(subject), edition=room.edition, channel=channel, pace=pace
        )
        follow(by=None, subscriber=who, choice=choice)
    return who


def a_sending(room, *subjects, key="story:1", **given) -> Sending:
    """Return something that goes out, without recipients yet."""
    given = {"thing": Thing.STORY, "edition": room.edition, "title": "Talks fail"} | given
    return plan_sending(by=None, plan=Plan(key=key, subjects=subjects, **given))


def written(sending: Sending) -> Sending:
    """Write down every recipient of a sending."""
    while sending.stage == Stage.PLANNING:
        write_recipients(by=None, sending=sending)
        sending.refresh_from_db()
    return sending


def repeated(sending: Sending, state="bounced", cause="552 5.2.2", channel="mail") -> int:
    """Have sent again what failed of a sending for one cause; return how many."""
    return send_again(by=None, sending=sending, state=state, channel=channel, cause=cause)


def ledger(sending: Sending) -> dict[str, tuple[str, str]]:
    """Return state and cause (or reason) of each recipient's delivery."""
    rows = Delivery.objects.filter(sending=sending).select_related("subscriber")
    return {row.subscriber.mail: (row.state, row.cause or row.because) for row in rows}
