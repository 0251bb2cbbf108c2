"""The ledger: each recipient once, with the reason; nothing forgotten, nothing twice."""

from datetime import timedelta

import pytest

from dateline.common import clock
from dateline.subscriptions.actions import (
    close_sending,
    give_up_lost,
    leave,
    pause_subscriber,
    resume_sending,
    retract,
    settle,
    stop_sending,
    stop_subscriber,
    take,
    write_recipients,
)
from dateline.subscriptions.actions import plan as planning
from dateline.subscriptions.enums import Cause, Channel, Stage, Standing, State, Stop
from dateline.subscriptions.models import Delivery, Sending, Subscriber
from dateline.subscriptions.queries import open_sendings
from dateline.subscriptions.recipients import count_recipients
from dateline.subscriptions.rules import Outcome, after_refusal, is_hard, pause_after, subject_of
from tests.live.coverage import Recording
from tests.subscriptions.following import a_follower, a_sending, ledger, repeated, written

pytestmark = pytest.mark.django_db
EVERYTHING = "front:en"


def topic(room):
    return f"topic:{room.topic.pk}"


def test_each_follower_once_with_the_reason_that_says_most(room):
    a_follower(room, "all@news.example", EVERYTHING, f"section:{room.world.pk}", topic(room))
    a_follower(room, "section@news.example", f"section:{room.world.pk}", EVERYTHING)
    a_follower(room, "other@news.example", f"section:{room.culture.pk}")
    a_follower(room, "weekly@news.example", topic(room), pace="weekly")
    subjects = (EVERYTHING, f"section:{room.world.pk}", topic(room))
    sending = written(a_sending(room, *subjects))
    assert ledger(sending) == {
        "all@news.example": ("planned", topic(room)),
        "section@news.example": ("planned", f"section:{room.world.pk}"),
    }


def test_what_is_asked_for_twice_goes_out_once(room):
    with Recording() as told:
        first, again = a_sending(room, EVERYTHING), a_sending(room, EVERYTHING)
    assert (first, told.kinds) == (again, ["sending-planned"])


def test_recipients_are_written_down_window_by_window(room, monkeypatch):
    monkeypatch.setattr(planning, "WINDOW", 2)
    for number in range(7):
        a_follower(room, f"reader{number}@news.example", EVERYTHING)
    sending = a_sending(room, EVERYTHING)
    counts = []
    while sending.stage == Stage.PLANNING:
        counts.append(planning.write_recipients(by=None, sending=sending))
        sending.refresh_from_db()
    assert (sum(counts), max(counts), counts[-1]) == (7, 2, 0)
    assert planning.write_recipients(by=None, sending=sending) == 0


@pytest.mark.database
def test_who_is_not_written_to_has_a_line_that_says_why_and_gets_nothing(room):
    names = ("left", "paused", "bounced", "complained", "nowhere", "back", "plain")
    who = {name: a_follower(room, f"{name}@news.example", EVERYTHING) for name in names}
    leave(by=None, subscriber=who["left"])
    pause_subscriber(by=None, subscriber=who["paused"], length=timedelta(days=3))
    stop_subscriber(by=None, subscriber=who["bounced"], how=Stop.BOUNCED)
    stop_subscriber(by=None, subscriber=who["complained"], how=Stop.COMPLAINED)
    Subscriber.objects.filter(pk=who["nowhere"].pk).update(mail="")
    pause_subscriber(by=None, subscriber=who["back"], length=timedelta(seconds=-1))
    sending = a_sending(room, EVERYTHING)
    assert count_recipients(sending) == 2  # As many as are written to, and no more.
    assert ledger(written(sending)) == {
        "paused@news.example": ("skipped", "paused"),
        "bounced@news.example": ("skipped", "bounced"),
        "complained@news.example": ("skipped", "complained"),
        "": ("skipped", "no-address"),
        "back@news.example": ("planned", EVERYTHING),
        "plain@news.example": ("planned", EVERYTHING),
    }
    settled = Delivery.objects.filter(settled_at__isnull=False)
    assert set(settled.values_list("state", flat=True)) == {"skipped"}
    assert len(take(by="one", channel="mail", most=10)) == 2
    now = clock.now()
    for row in Delivery.objects.exclude(subscriber__mail="").select_related("subscriber"):
        assert row.subscriber.why_silent(now) == row.cause  # The database and we say the same.


def test_what_goes_to_nobody_is_done_at_once(room):
    who = a_follower(room, "paused@news.example", EVERYTHING)
    pause_subscriber(by=None, subscriber=who, length=timedelta(days=3))
    sending = written(a_sending(room, EVERYTHING))
    assert close_sending(by=None, sending=sending)
    Subscriber.objects.update(paused_until=clock.now() - timedelta(seconds=1))
    assert ledger(sending) == {"paused@news.example": ("skipped", "paused")}  # It is no news then.
    assert take(by="one", channel="mail", most=10) == []


@pytest.mark.database
def test_who_left_since_is_not_told_that_it_was_withdrawn_and_the_ledger_says_so(room):
    left, stays = (a_follower(room, f"{name}@news.example", EVERYTHING) for name in "ab")
    sending = written(a_sending(room, EVERYTHING, story=7))
    Delivery.objects.update(state=State.SENT)
    leave(by=None, subscriber=left)
    assert ledger(written(retract(by=None, sending=sending))) == {
        left.mail: ("skipped", "left"),
        stays.mail: ("planned", EVERYTHING),
    }


def test_both_channels_of_one_subscriber_are_two_lines(room):
    who = a_follower(room, "both@news.example", EVERYTHING)
    a_follower(room, "both@news.example", EVERYTHING, channel=Channel.PUSH)
    sending = written(a_sending(room, EVERYTHING))
    rows = Delivery.objects.filter(sending=sending, subscriber=who)
    assert sorted(rows.values_list("channel", flat=True)) == ["mail", "push"]


def test_taken_is_being_sent_and_nobody_else_takes_it(room):
    for number in range(3):
        a_follower(room, f"reader{number}@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING))
    first = take(by="one", channel="mail", most=2)
    second = take(by="two", channel="mail", most=2)
    assert (len(first), len(second), take(by="two", channel="mail", most=2)) == (2, 1, [])
    assert {state for state, _ in ledger(sending).values()} == {"sending"}
    outcomes = [Outcome(one.pk, State.SENT) for one in [*first, *second]]
    assert settle(by="one", outcomes=outcomes) == 2  # What another one took is not ours to settle.
    assert not close_sending(by=None, sending=sending)
    assert settle(by="two", outcomes=outcomes) == 1
    with Recording() as told:
        assert close_sending(by=None, sending=sending)
    sending.refresh_from_db()
    assert (sending.stage, told.kinds) == (Stage.DONE, ["sending-done"])


def test_what_a_crash_left_open_is_uncertain_and_not_sent_again(room):
    a_follower(room, "reader@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING))
    take(by="one", channel="mail", most=2)
    assert (give_up_lost(by="two", is_new=True), give_up_lost(by="one", is_new=False)) == (0, 0)
    assert give_up_lost(by="one", is_new=True) == 1
    assert ledger(sending) == {"reader@news.example": ("uncertain", "interrupted")}
    assert take(by="one", channel="mail", most=2) == []
    assert close_sending(by=None, sending=sending)
    assert repeated(sending, "uncertain", "interrupted") == 1
    assert len(take(by="one", channel="mail", most=2)) == 1


def test_a_lease_that_ran_out_is_uncertain_until_it_is_known_better(room):
    a_follower(room, "reader@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING))
    [one] = take(by="slow", channel="mail", most=2)
    Delivery.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    assert give_up_lost(by="other", is_new=False) == 1
    assert settle(by="slow", outcomes=[Outcome(one.pk, State.SENT)]) == 1
    assert ledger(sending) == {"reader@news.example": ("sent", EVERYTHING)}


@pytest.mark.database
def test_whatever_the_other_side_says_can_be_written_down(room):
    a_follower(room, "reader@news.example", EVERYTHING)
    written(a_sending(room, EVERYTHING))
    [one] = take(by="one", channel="mail", most=2)
    settle(by="one", outcomes=[Outcome(one.pk, State.SENT, "", "fine\0\r\n" + "x" * 600)])
    assert Delivery.objects.get().answer == "fine " + "x" * 495


def test_a_temporary_refusal_is_tried_again_later_and_a_final_one_stops_the_address(room):
    later = a_follower(room, "later@news.example", EVERYTHING)
    never = a_follower(room, "never@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING))
    for one in take(by="one", channel="mail", most=2):
        code, said = (451, "4.7.1 Later") if one.subscriber == later else (550, "5.1.1 Nobody")
        outcome = after_refusal(delivery=one.pk, tries=one.tries, code=code, answer=said)
        settle(by="one", outcomes=[outcome])
    assert ledger(sending) == {
        "later@news.example": ("planned", "451 4.7.1"),
        "never@news.example": ("bounced", "550 5.1.1"),
    }
    assert take(by="one", channel="mail", most=2) == []
    row = Delivery.objects.get(subscriber=later)
    assert (row.tries, row.due_at > clock.now()) == (1, True)
    never.refresh_from_db()
    assert (never.standing, never.stopped_as) == (Standing.STOPPED, Stop.BOUNCED)


def test_a_stopped_sending_keeps_what_is_left_and_tells_those_who_have_it(room):
    for name in ("had", "not-yet"):
        a_follower(room, f"{name}@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING, story=7))
    [one] = take(by="one", channel="mail", most=1)
    settle(by="one", outcomes=[Outcome(one.pk, State.SENT)])
    with Recording() as told:
        stop_sending(by=None, sending=sending, why=Cause.DELETED)
        stop_sending(by=None, sending=sending)
        retraction = written(retract(by=None, sending=sending))
    assert told.kinds == ["sending-stopped", "sending-planned"]
    assert sorted(ledger(sending).values()) == [("sent", EVERYTHING), ("skipped", "deleted")]
    assert ledger(retraction) == {one.subscriber.mail: ("planned", EVERYTHING)}


def test_what_is_being_handed_over_is_taken_back_too(room):
    a_follower(room, "reader@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING, story=7))
    take(by="one", channel="mail", most=1)
    stop_sending(by=None, sending=sending)
    retraction = written(retract(by=None, sending=sending))
    assert ledger(retraction) == {"reader@news.example": ("planned", EVERYTHING)}


def test_what_is_sent_again_while_recipients_are_written_down_leaves_none_out(room):
    a_follower(room, "early@news.example", EVERYTHING)
    sending = a_sending(room, EVERYTHING)
    write_recipients(by=None, sending=sending)
    [one] = take(by="one", channel="mail", most=1)
    settle(by="one", outcomes=[Outcome(one.pk, State.BOUNCED, "552")])
    assert repeated(sending, "bounced", "552") == 1
    assert Sending.objects.get().stage == Stage.PLANNING


def test_what_waits_is_not_looked_at_each_second(room, django_assert_num_queries):
    a_follower(room, "reader@news.example", EVERYTHING)
    for number in range(3):
        written(a_sending(room, EVERYTHING, key=f"story:{number}"))
    with django_assert_num_queries(1):
        assert open_sendings(clock.now()) == []
    Delivery.objects.update(state=State.SENT)
    assert len(open_sendings(clock.now())) == 3


@pytest.mark.parametrize("why", [Cause.WITHDRAWN, Cause.DESK, Cause.GOES_ON])
def test_nothing_is_taken_back_from_nobody_and_a_stopped_sending_can_go_on(room, why):
    paused = a_follower(room, "paused@news.example", EVERYTHING)
    pause_subscriber(by=None, subscriber=paused, length=timedelta(days=3))
    for name in ("hidden", "reader"):
        a_follower(room, f"{name}@news.example", EVERYTHING)
    sending = written(a_sending(room, EVERYTHING))
    hidden = Delivery.objects.filter(subscriber__mail="hidden@news.example")
    hidden.update(state=State.SKIPPED, cause=Cause.WITHDRAWN)  # The post saw it first.
    later = clock.now() + timedelta(hours=8)
    Delivery.objects.filter(state=State.PLANNED).update(due_at=later)
    stop_sending(by=None, sending=sending, why=why)
    assert ledger(sending)["reader@news.example"] == ("skipped", why)
    sending.refresh_from_db()
    assert (sending.stage, retract(by=None, sending=sending)) == (Stage.STOPPED, None)
    resume_sending(by=None, sending=sending)
    assert ledger(written(Sending.objects.get())) == {
        "hidden@news.example": ("planned", EVERYTHING),
        "reader@news.example": ("planned", EVERYTHING),
        "paused@news.example": ("skipped", "paused"),
    }
    assert Delivery.objects.filter(due_at=later).count() == 1  # Nobody is written to too early.


def test_following_again_after_leaving_is_a_new_beginning(room):
    who = a_follower(room, "reader@news.example", EVERYTHING)
    leave(by=None, subscriber=who)
    again = a_follower(room, "Reader@News.example", topic(room))
    assert (again, again.standing) == (who, Standing.ACTIVE)
    assert Subscriber.objects.count() == 1
    deeds = list(who.consents.values_list("deed", "subject"))
    subjects = (EVERYTHING, EVERYTHING, topic(room))
    assert deeds == list(zip(("subscribed", "left", "subscribed"), subjects, strict=True))


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("storyline:8", "2"),
        ("topic:8", "3"),
        ("front:en", "6"),
        ("storyline:8:past", None),
        ("breaking:ru", "1"),
        ("topic:en", None),
        ("front:3", None),
        ("staff:3", None),
        ("topic:²", None),
        ("story:" + "9" * 25, None),
        ("front:" + "x" * 49, None),
        ("", None),
    ],
)
def test_only_what_can_be_followed_is_a_subject(text, rank):
    subject = subject_of(text)
    assert (str(subject), subject.rank) == (text, rank) if rank else subject is None


def test_pauses_grow_and_end():
    assert [pause_after(tries).seconds // 60 for tries in range(1, 7)] == [1, 4, 16, 64, 240, 240]


@pytest.mark.parametrize(
    ("cause", "hard"),
    [("550 5.1.1", True), ("550", True), ("550 5.7.1", False), ("552 5.2.2", False)],
)
def test_only_a_missing_address_is_a_hard_bounce(cause, hard):
    assert is_hard(cause) == hard
