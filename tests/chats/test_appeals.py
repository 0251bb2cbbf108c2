"""Appeals: answered once, and what a granted one gives back."""

from datetime import timedelta

import pytest
import time_machine

from dateline.chats.actions.appeal import answer_appeal, appeal
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import report_message
from dateline.chats.actions.sanction import Terms, lift_sanction, sanction_reader, write_note
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.moderation_enums import Deed, Ground, Queue
from dateline.chats.moderation_errors import (
    AlreadyAnswered,
    AppealRefused,
    NothingToUndo,
)
from dateline.chats.moderation_models import Appeal, Decision
from dateline.chats.moderation_queries import (
    last_decision,
    queue_counts,
)
from dateline.common import clock
from tests.chats.judging import decide, held, sanction, state

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_an_appeal_is_answered_once_and_undoes_the_decision(talk):
    message = talk.say("One.")
    [decision] = decide(talk, Deed.REJECT, message, ground=Ground.FALSE)
    for reader, text in ((talk.bo, "Why?"), (talk.ada, " ")):
        with pytest.raises(AppealRefused):
            appeal(by=reader, decision=decision, text=text)
    made = appeal(by=talk.ada, decision=decision, text="It is in the report, page nine.")
    with pytest.raises(AppealRefused):
        appeal(by=talk.ada, decision=decision, text="Again.")
    assert queue_counts()[Queue.APPEALS] == 1
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert (state(message), queue_counts()[Queue.APPEALS]) == ("published", 0)
    with pytest.raises(AlreadyAnswered):
        answer_appeal(by=talk.room.editor, appeal=made, is_granted=False, answer="No.")


@pytest.mark.parametrize("deed", [Deed.WARN, Deed.SHADOW, Deed.BAN])
@pytest.mark.parametrize("is_later", [False, True])
def test_a_granted_appeal_shows_the_message_whatever_else_came_of_it(talk, deed, is_later):
    message = talk.say("One.")

    def punish():
        terms = Terms(deed=deed, why=Why(ground=Ground.SPAM))
        sanction_reader(by=talk.room.editor, reader=talk.ada, terms=terms, message=message)

    if not is_later:
        punish()
    [decision] = decide(talk, Deed.REJECT, message)
    if is_later:
        punish()
    made = appeal(by=talk.ada, decision=decision, text="It is in the report, page nine.")
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert state(message) == "published"


def test_a_refused_appeal_takes_nothing_from_undoing(talk):
    message = talk.say("One.")
    [decision] = decide(talk, Deed.REJECT, message)
    made = appeal(by=talk.ada, decision=decision, text="It is in the report, page nine.")
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=False, answer="No.")
    sanction(talk, Deed.WARN)
    write_note(by=talk.room.editor, reader=talk.ada, text="Calm otherwise.", message=message)
    assert last_decision(message) == decision
    undo_decision(by=talk.room.editor, decision=decision)
    assert state(message) == "published"


def test_a_granted_appeal_shows_what_was_rejected_before_anybody_saw_it(talk):
    message = held(talk)
    [decision] = decide(talk, Deed.REJECT, message)
    made = appeal(by=talk.ada, decision=decision, text="It is a quotation.")
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert state(message) == "published"


def test_no_appeal_is_granted_while_another_decision_keeps_the_message_away(talk, settings):
    settings.DATELINE = settings.DATELINE.model_copy(update={"chat_reports_hold": 1})
    message = talk.say("One.")
    report_message(by=talk.bo, message=message, ground=Ground.FALSE)
    hold = Decision.objects.get(deed=Deed.HOLD)
    made = appeal(by=talk.ada, decision=hold, text="It is in the report, page nine.")
    decide(talk, Deed.REJECT, message)
    with pytest.raises(NothingToUndo):
        answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert Appeal.objects.get().answered_at is None
    decide(talk, Deed.APPROVE, message)
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert state(message) == "published"


def test_an_appeal_against_a_sanction_that_is_over_is_granted_all_the_same(talk):
    message = talk.say("One.")
    decide(talk, Deed.REJECT, message)
    terms = Terms(deed=Deed.WARN, why=Why(ground=Ground.INSULT))
    warning = sanction_reader(by=talk.room.editor, reader=talk.ada, terms=terms, message=message)
    made = appeal(by=talk.ada, decision=warning.decision, text="It was a quotation.")
    lift_sanction(by=talk.room.editor, sanction=warning)
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=True, answer="You are right.")
    assert state(message) == "removed"


def test_an_appeal_has_half_a_year(talk):
    [decision] = decide(talk, Deed.REJECT, talk.say("One."))
    with time_machine.travel(clock.now() + 190 * DAY), pytest.raises(AppealRefused):
        appeal(by=talk.ada, decision=decision, text="Late.")
