"""Reports, decisions, undoing, words, the model: a row each, and what readers see of it."""

from datetime import timedelta

import pytest
import time_machine

from dateline.chats import actions
from dateline.chats.actions.appeal import answer_appeal, appeal
from dateline.chats.actions.house_words import delete_word, save_word
from dateline.chats.actions.learn import train_model
from dateline.chats.actions.origin import note_origin
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.actions.sanction import write_note
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.enums import MessageState
from dateline.chats.errors import ChatRefused, MessageGone
from dateline.chats.heat_queries import hot_chats
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground, Queue, WordSort
from dateline.chats.moderation_errors import (
    NothingToUndo,
    NoticeIncomplete,
    WordRefused,
)
from dateline.chats.moderation_house import forget, place_of
from dateline.chats.moderation_models import Appeal, Decision, Report, TrainedModel
from dateline.chats.moderation_queries import (
    banned_neighbours,
    decided_texts,
    queue_counts,
    queue_page,
)
from dateline.common import clock
from dateline.readers.actions import remove_reader
from tests.chats.judging import decide, held, sanction, seen, state
from tests.factories import a_reader
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_is_suspect_waits_and_is_approved_or_rejected(talk):
    first, second = held(talk), held(talk, "Easy money, casino bonus!", by=talk.bo)
    assert (seen(talk), first.why, second.why) == ([], "suspect-word", "spam-words")
    assert [row.pk for row in queue_page(Queue.HELD, limit=9)] == [first.pk, second.pk]
    with Recording() as told:
        decide(talk, Deed.APPROVE, first)
        decide(talk, Deed.REJECT, second, ground=Ground.SPAM, statement="No advertising.")
    assert told.kinds == [
        "message-approved",
        "moderation-decided",
        "message-rejected",
        "moderation-decided",
    ]
    assert seen(talk) == [first.text]
    approved, rejected = Decision.objects.order_by("pk")
    assert (approved.by, approved.reader, rejected.ground) == (talk.room.editor, talk.ada, "spam")
    assert (approved.is_found_by_rule, rejected.is_found_by_rule) == (False, True)
    assert queue_counts()[Queue.HELD] == 0


def test_a_batch_is_decided_together_and_what_does_not_fit_is_left(talk):
    one, two, gone = talk.say("One."), held(talk, by=talk.bo), talk.say("Three.", by=talk.cleo)
    actions.delete_message(by=talk.cleo, message=gone)
    found = decide(talk, Deed.REJECT, one, two, gone, ground=Ground.OTHER)
    assert [decision.message for decision in found] == [one, two]
    assert (state(one), state(two), state(gone)) == ("removed", "rejected", "deleted")
    assert seen(talk) == [None, None]
    assert decide(talk, Deed.REJECT, one) == []


def test_undoing_brings_back_what_was(talk):
    out, waits = talk.say("One."), held(talk, by=talk.bo)
    [gone] = decide(talk, Deed.REJECT, out)
    [shown] = decide(talk, Deed.APPROVE, waits)
    [refused] = decide(talk, Deed.REJECT, held(talk, "Morons, all of you.", by=talk.cleo))
    for decision in (gone, shown, refused):
        undo_decision(by=talk.room.editor, decision=decision)
    assert (state(out), state(waits)) == ("published", "held")
    assert (waits.why, refused.message.pk) == ("suspect-word", Message.objects.last().pk)
    assert Message.objects.last().state == MessageState.HELD
    assert seen(talk) == ["One.", None]
    talk.chat.refresh_from_db()
    assert (talk.chat.messages_shown, talk.chat.last) == (1, out)
    with pytest.raises(NothingToUndo):
        undo_decision(by=talk.room.editor, decision=gone)


def test_only_the_last_decision_is_undone(talk):
    message = talk.say("One.")
    [first] = decide(talk, Deed.REJECT, message)
    decide(talk, Deed.APPROVE, message)
    with pytest.raises(NothingToUndo):
        undo_decision(by=talk.room.editor, decision=first)


def test_featuring_is_a_decision_too(talk):
    message = talk.say("Well put.")
    [decision] = decide(talk, Deed.FEATURE, message)
    assert Message.objects.get().is_featured
    undo_decision(by=talk.room.editor, decision=decision)
    assert not Message.objects.get().is_featured


def test_reports_hold_a_message_until_somebody_looks(talk, settings):
    message = talk.say("The mayor sold the harbour.", by=talk.cleo)
    readers = [talk.ada, talk.bo, a_reader("Dora Vent")]
    with Recording() as told:
        for reader in readers[:2]:
            report_message(by=reader, message=message, ground=Ground.FALSE, text="Not so.")
        report_message(by=talk.bo, message=message, ground=Ground.INSULT)
    assert (told.kinds, state(message)) == (["message-reported"] * 2, "published")
    report_message(by=readers[2], message=message, ground=Ground.FALSE)
    assert (state(message), message.why) == ("held", "hold")
    assert queue_counts()[Queue.REPORTED] == 1
    [decision] = decide(talk, Deed.APPROVE, message)
    assert (state(message), Report.objects.filter(settled_by=decision).count()) == ("published", 3)
    report_message(by=talk.ada, message=message, ground=Ground.FALSE)
    for name in ("Eva Mons", "Finn Ost", "Gro Palm"):
        report_message(by=a_reader(name), message=message, ground=Ground.FALSE)
    assert state(message) == "published"


def test_undoing_a_decision_has_its_reports_wait_again(talk):
    message = talk.say("One.")
    report_message(by=talk.bo, message=message, ground=Ground.FALSE)
    [decision] = decide(talk, Deed.REJECT, message, ground=Ground.FALSE)
    assert queue_counts()[Queue.REPORTED] == 0
    undo_decision(by=talk.room.editor, decision=decision)
    assert queue_counts()[Queue.REPORTED] == 1


def test_a_notice_by_law_needs_what_the_law_asks(talk):
    message = talk.say("One.")
    whole = {
        "law": "honour",
        "text": "It says of me what a court has found untrue.",
        "name": "Ines Wolff",
        "mail": "ines@example.org",
        "is_honest": True,
    }
    for lacking in ({"law": ""}, {"text": "No."}, {"name": ""}, {"mail": ""}, {"is_honest": False}):
        with pytest.raises(NoticeIncomplete):
            report_illegal(by=None, message=message, notice=LegalNotice(**whole | lacking))
    report = report_illegal(by=None, message=message, notice=LegalNotice(**whole))
    report_illegal(
        by=None,
        message=message,
        notice=LegalNotice(law="children", text=whole["text"], is_honest=True),
    )
    assert (report.ground, len(report.key) >= 20) == (Ground.ILLEGAL, True)
    assert (queue_counts()[Queue.LEGAL], queue_counts()[Queue.REPORTED]) == (1, 0)
    decide(talk, Deed.REJECT, message, ground=Ground.ILLEGAL, statement="The court's finding.")
    report.refresh_from_db()
    assert report.settled_by.statement == "The court's finding."
    with pytest.raises(MessageGone):
        report_illegal(by=None, message=message, notice=LegalNotice(**whole))


def test_of_a_reader_who_leaves_no_judgement_keeps_a_word(talk):
    mine, other = talk.say("One."), talk.say("Two.", by=talk.bo)
    report_message(by=talk.ada, message=other, ground=Ground.FALSE, text="Marker of a report.")
    report_message(by=talk.bo, message=mine, ground=Ground.FALSE, text="Marker about a message.")
    why = {"ground": Ground.FALSE, "statement": "Marker of reasons.", "note": "Marker of a note."}
    [decision] = decide(talk, Deed.REJECT, mine, **why)
    made = appeal(by=talk.ada, decision=decision, text="Marker of an appeal.")
    answer_appeal(by=talk.room.editor, appeal=made, is_granted=False, answer="Marker of an answer.")
    write_note(by=talk.room.editor, reader=talk.ada, text="Marker of a record.")
    kept = [list(model.objects.values()) for model in (Decision, Report, Appeal, Message)]
    assert str(kept).count("Marker") == 8
    remove_reader(by=None, reader=talk.ada)
    left = [list(model.objects.values()) for model in (Decision, Report, Appeal, Message)]
    assert "Marker" not in str(left)
    assert [len(rows) for rows in left] == [len(rows) for rows in kept]


def test_a_newsrooms_own_words_hold_from_the_next_message(talk):
    assert talk.say("They gazump us.").is_readable
    word = save_word(by=None, written="Gazump*", sort=WordSort.SUSPECT, language="en")
    forget()
    assert held(talk, "They gazumped us, again.").why == "suspect-word"
    save_word(by=None, written="gazump*", sort=WordSort.BANNED, language="en")
    forget()
    with pytest.raises(ChatRefused):
        talk.say("Gazumping is what they do.")
    delete_word(by=None, word=word)
    forget()
    assert talk.say("No gazumping here.").is_readable
    with pytest.raises(WordRefused):
        save_word(by=None, written="a*", sort=WordSort.BANNED)


def test_the_model_learns_from_decisions_and_holds(talk, settings):
    for n in range(30):
        message = talk.say(f"The blue scarf crowd {n} once more", by=a_reader(f"Reader {n}"))
        decide(talk, Deed.REJECT, message, ground=Ground.INSULT)
    off_topic = talk.say("A recipe for soup.", by=talk.bo)
    decide(talk, Deed.REJECT, off_topic, ground=Ground.OFF_TOPIC)
    assert len(decided_texts("en", limit=99)) == 30
    row = train_model(by=None, language="en-GB")
    assert (row.language, row.decisions) == ("en", 30)
    assert row.held_out > 20
    forget()
    message = talk.say("The blue scarf crowd 99 once more", by=talk.cleo)
    assert (message.state, message.why) == ("held", "model")
    assert "scarf" in message.found["notes"][0]["details"]
    settings.DATELINE = settings.DATELINE.model_copy(update={"chat_model": False})
    assert talk.say("The blue scarf crowd 77 once more", by=talk.ada).is_readable
    assert TrainedModel.objects.count() == 1


def test_a_newcomer_from_a_banned_ones_network_waits(talk):
    note_origin(by=talk.ada, address="203.0.113.7")
    note_origin(by=talk.bo, address="203.0.113.99")
    note_origin(by=talk.cleo, address="198.51.100.1")
    note_origin(by=talk.cleo, address="nonsense")
    sanction(talk, Deed.BAN)
    assert [banned_neighbours(one, clock.now()) for one in (talk.bo, talk.cleo)] == [1, 0]
    assert talk.say(by=talk.bo).why == "neighbourhood"
    assert talk.say(by=talk.cleo).is_readable


def test_the_first_message_from_a_banned_ones_network_waits(talk):
    note_origin(by=talk.ada, address="203.0.113.7")
    sanction(talk, Deed.BAN)
    eva = a_reader("Eva Rand")
    for by, address, why in (
        (a_reader("Fay Lund"), "198.51.100.1", ""),
        (eva, "203.0.113.99", "neighbourhood"),
        (eva, "198.51.100.1", "neighbourhood"),
    ):
        words = actions.Words(text=f"From {address} and {by.pk}.")
        message = actions.post_message(by=by, chat=talk.chat, words=words, address=address)
        assert message.why == why
    assert banned_neighbours(talk.ada, clock.now(), place=place_of("203.0.113.1")) == 0


def test_a_chat_heats_up_by_reports_and_by_pace(talk):
    assert hot_chats(clock.now()) == []
    message = talk.say("One.", by=talk.cleo)
    for name in ("Dora Vent", "Eva Mons", "Finn Ost"):
        report_message(by=a_reader(name), message=message, ground=Ground.OTHER)
    [heat] = hot_chats(clock.now())
    assert (heat.chat, heat.messages, heat.reports) == (talk.chat, 1, 3)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert hot_chats(clock.now()) == []
