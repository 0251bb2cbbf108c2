"""Sanctions: who may not speak, until when, and what of theirs is still heard."""

from datetime import timedelta

import pytest
import time_machine

from dateline.chats import actions
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.actions.sanction import lift_sanction, write_note
from dateline.chats.enums import ReactionKind
from dateline.chats.errors import ChatIsClosed, ShutOut, TooSoon
from dateline.chats.moderation_enums import Deed, Ground, Queue
from dateline.chats.moderation_errors import (
    NothingToUndo,
    SanctionRefused,
)
from dateline.chats.moderation_queries import (
    queue_counts,
    record_of,
)
from dateline.common import clock
from tests.chats.judging import decide, sanction, seen, state
from tests.factories import a_reader
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_suspended_reader_is_silent_until_the_time(talk):
    until = clock.now() + 2 * DAY
    with Recording() as told:
        sanction(talk, Deed.SUSPEND, until=until)
    assert told.kinds == ["moderation-decided"]
    with pytest.raises(ShutOut):
        talk.say()
    talk.say(by=talk.bo)
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert talk.say().is_readable


def test_a_banned_reader_is_silent_until_it_is_lifted(talk):
    found = sanction(talk, Deed.BAN)
    with pytest.raises(ShutOut):
        talk.say()
    lift_sanction(by=talk.room.editor, sanction=found)
    assert talk.say().is_readable
    with pytest.raises(NothingToUndo):
        lift_sanction(by=talk.room.editor, sanction=found)


@pytest.mark.parametrize("deed", [Deed.BAN, Deed.SUSPEND])
def test_whoever_may_not_speak_neither_changes_nor_reacts_and_may_delete(talk, deed):
    mine, other = talk.say("One."), talk.say("Two.", by=talk.bo)
    sanction(talk, deed, until=clock.now() + DAY)
    with pytest.raises(ShutOut):
        actions.edit_message(by=talk.ada, message=mine, text="Otherwise.")
    with pytest.raises(ShutOut):
        actions.react(by=talk.ada, message=other, kind=ReactionKind.FUNNY)
    actions.delete_message(by=talk.ada, message=mine)
    assert (seen(talk), state(mine)) == ([None, "Two."], "deleted")


def test_a_spammer_reacts_to_no_effect_and_is_not_told(talk):
    message = talk.say("One.", by=talk.bo)
    sanction(talk, Deed.SHADOW, ground=Ground.SPAM)
    with Recording() as told:
        actions.react(by=talk.ada, message=message, kind=ReactionKind.FUNNY)
    message.refresh_from_db()
    assert (told.kinds, message.reactions) == ([], {})


def test_in_a_closed_chat_nothing_is_changed_and_nobody_reacts(talk):
    message = talk.say("One.")
    actions.close_chat(by=None, chat=talk.chat)
    with pytest.raises(ChatIsClosed):
        actions.edit_message(by=talk.ada, message=message, text="Otherwise.")
    with pytest.raises(ChatIsClosed):
        actions.react(by=talk.bo, message=message, kind=ReactionKind.FUNNY)
    actions.delete_message(by=talk.ada, message=message)


def test_a_slowed_reader_may_change_what_was_said_at_once(talk):
    message = talk.say("One.")
    sanction(talk, Deed.SLOW, pace_seconds=60)
    actions.edit_message(by=talk.ada, message=message, text="Otherwise.")
    assert seen(talk) == ["Otherwise."]


@pytest.mark.parametrize("deed", [Deed.BAN, Deed.SUSPEND, Deed.SHADOW])
def test_reports_of_whom_nobody_hears_take_nothing_away(talk, settings, deed):
    settings.DATELINE = settings.DATELINE.model_copy(update={"chat_reports_hold": 2})
    message = talk.say("One.", by=talk.cleo)
    sanction(talk, deed, until=clock.now() + DAY, ground=Ground.SPAM)
    for reader, expected in ((talk.ada, True), (talk.bo, True), (a_reader("Dora Vent"), False)):
        report_message(by=reader, message=message, ground=Ground.FALSE)
        assert (state(message) == "published") is expected
    notice = LegalNotice(
        law="honour",
        text="It is not true that I said so.",
        name="A",
        mail="a@b.example",
        is_honest=True,
    )
    report_illegal(by=talk.ada, message=talk.say("Two.", by=talk.bo), notice=notice)


def test_a_slowed_reader_waits_between_messages(talk):
    sanction(talk, Deed.SLOW, pace_seconds=600)
    with time_machine.travel(clock.now(), tick=False) as now:
        talk.say("One.")
        with pytest.raises(TooSoon) as refused:
            talk.say("Two.")
        assert refused.value.data == {"seconds": 600}
        now.shift(601)
        assert talk.say("Two.").is_readable


def test_a_spammer_is_shown_to_nobody_else(talk):
    with pytest.raises(SanctionRefused):
        sanction(talk, Deed.SHADOW)
    sanction(talk, Deed.SHADOW, ground=Ground.SPAM)
    message = talk.say("An ordinary line.")
    assert (message.state, message.why, seen(talk)) == ("held", "shadow", [])
    assert queue_counts()[Queue.HELD] == 0


@pytest.mark.parametrize(
    "terms",
    [
        {"deed": Deed.SUSPEND},
        {"deed": Deed.SUSPEND, "until": clock.now() - DAY},
        {"deed": Deed.SLOW},
        {"deed": Deed.APPROVE},
    ],
)
def test_a_sanction_that_makes_no_sense_is_refused(talk, terms):
    with pytest.raises(SanctionRefused):
        sanction(talk, **terms)


def test_staff_is_not_sanctioned(talk):
    talk.ada.account.is_staff = True
    talk.ada.account.save()
    with pytest.raises(SanctionRefused):
        sanction(talk, Deed.BAN)


def test_a_record_holds_what_moderators_need(talk):
    talk.say("One.")
    decide(talk, Deed.REJECT, talk.say("Two."), ground=Ground.OTHER)
    write_note(by=talk.room.editor, reader=talk.ada, text="Calm otherwise.")
    sanction(talk, Deed.WARN)
    found = record_of(talk.ada)
    assert (found.counts, found.gone) == ({"published": 1, "removed": 1}, 1)
    assert [one.deed for one in found.decisions] == ["warn", "note", "reject"]
    assert [one.kind for one in found.sanctions] == ["warn"]
