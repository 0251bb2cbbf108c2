"""The figures of the moderation: decisions as they were made, whatever became of messages since."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from dateline.chats import actions
from dateline.chats.actions.appeal import answer_appeal, appeal
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import report_message
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.errors import ChatRefused
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_figures import Day, Period, figures
from dateline.chats.moderation_house import forget
from tests.factories import a_reader

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEEK = Period(MONDAY.date(), MONDAY.date() + timedelta(days=6))


@pytest.fixture(autouse=True)
def _monday_morning():
    forget()
    with on(MONDAY - timedelta(hours=4)):
        yield


def on(day):
    return time_machine.travel(day, tick=False)


def decide(talk, message, deed, ground=""):
    why = Why(ground=ground)
    return moderate(by=talk.room.editor, messages=[message], deed=deed, why=why)[0]


def days():
    return figures(WEEK).days


def a_day(day, **counts):
    return Day(**{"day": day.date().isoformat(), **dict.fromkeys(NAMES, 0), **counts})


NAMES = ("posted", "held", "rejected", "reports")


def test_what_is_held_on_monday_and_approved_on_tuesday_stays_held_on_monday(talk):
    with on(MONDAY):
        message = talk.say("You idiot.")
        assert message.why
    with on(TUESDAY):
        decide(talk, message, Deed.APPROVE)
    assert days() == [a_day(MONDAY, posted=1, held=1)]
    found = figures(WEEK)
    assert (found.held_by_rule, found.deeds["approve"], found.deeds["hold"]) == (1, 1, 0)


def test_what_is_rejected_and_then_undone_counts_as_both(talk):
    with on(MONDAY):
        message = talk.say("Hello.")
        decision = decide(talk, message, Deed.REJECT, Ground.SPAM)
    with on(TUESDAY):
        undo_decision(by=talk.room.editor, decision=decision)
    assert days() == [a_day(MONDAY, posted=1, rejected=1)]
    found = figures(WEEK)
    assert (found.deeds["reject"], found.deeds["undo"], found.grounds["spam"]) == (1, 1, 1)
    assert figures(Period(TUESDAY.date(), TUESDAY.date())).deeds["reject"] == 0


def test_undoing_what_ended_a_wait_holds_and_rejects_nothing_anew(talk):
    with on(MONDAY):
        message = talk.say("You idiot.")
        decision = decide(talk, message, Deed.REJECT)
    with on(TUESDAY):
        undo_decision(by=talk.room.editor, decision=decision)
    assert days() == [a_day(MONDAY, posted=1, held=1, rejected=1)]
    found = figures(WEEK)
    assert (found.held_by_rule, found.rejected_by_rule, found.found_by_rule) == (1, 0, 1)


def test_what_a_rule_refuses_counts_though_nobody_decided(talk):
    with on(MONDAY):
        talk.say("The same words as before.")
        with pytest.raises(ChatRefused):
            talk.say("The same words as before.")
    assert days() == [a_day(MONDAY, posted=2, rejected=1)]
    assert (figures(WEEK).rejected_by_rule, figures(WEEK).deeds["reject"]) == (1, 0)


def test_what_its_author_deletes_or_leaves_behind_stays_counted(talk):
    with on(MONDAY):
        held, removed = talk.say("You idiot."), talk.say("Hello.", by=talk.bo)
        decide(talk, removed, Deed.REJECT)
    with on(TUESDAY):
        actions.delete_message(by=talk.ada, message=held)
        actions.forget_author(talk.bo)()
    assert days() == [a_day(MONDAY, posted=2, held=1, rejected=1)]


def test_what_many_report_is_held_and_the_time_to_its_end_is_known(talk):
    with on(MONDAY):
        message = talk.say("Hello.")
        for name in ("Dora Vent", "Eva Mons", "Finn Ost"):
            report_message(by=a_reader(name), message=message, ground=Ground.INSULT)
    with on(MONDAY + timedelta(minutes=30)):
        decision = decide(talk, message, Deed.APPROVE)
    with on(TUESDAY):
        undo_decision(by=talk.room.editor, decision=decision)
        decide(talk, message, Deed.REJECT)
    found = figures(WEEK)
    assert found.days == [
        a_day(MONDAY, posted=1, held=1, reports=3),
        a_day(TUESDAY, rejected=1),
    ]
    assert (found.deeds["hold"], found.reports["insult"], found.median_minutes) == (1, 3, 30)
    assert figures(Period(TUESDAY.date(), TUESDAY.date())).median_minutes is None


def test_a_report_that_is_corrected_stays_on_its_day(talk):
    message = talk.say("Hello.")
    for day, ground in ((MONDAY, Ground.INSULT), (TUESDAY, Ground.SPAM)):
        with on(day):
            report_message(by=talk.bo, message=message, ground=ground)
    assert days() == [a_day(MONDAY, posted=1, reports=1)]
    assert figures(WEEK).reports["spam"] == 1


def test_an_appeal_counts_when_it_is_made_and_its_answer_when_that_is_given(talk):
    with on(MONDAY):
        decision = decide(talk, talk.say("Hello."), Deed.REJECT)
        made = appeal(by=talk.ada, decision=decision, text="It was a greeting.")
    with on(MONDAY + timedelta(days=8)):
        answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    found = figures(WEEK)
    assert (found.appeals, found.deeds["grant"], found.deeds["reject"]) == (1, 0, 1)


def test_an_export_has_a_row_for_every_value_of_every_list(talk):
    with on(MONDAY):
        talk.say("You idiot.")
    rows = list(figures(WEEK).rows())
    monday = MONDAY.date().isoformat()
    assert rows[:4] == [(monday, name, "", int(name in {"posted", "held"})) for name in NAMES]
    named = {(figure, of) for day, figure, of, _value in rows if not day}
    assert {("deeds", deed) for deed in Deed.values} < named
    assert rows[-1] == ("", "median_minutes", "", None)
