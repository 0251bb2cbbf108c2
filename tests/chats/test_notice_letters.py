"""Whoever gave notice of illegal content is written to, and may say that the answer is wrong."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client

from dateline.chats.actions.appeal import answer_appeal, complain
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import LegalNotice, report_illegal
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_errors import AppealRefused, OwnDecision, StatementMissing
from dateline.chats.moderation_models import Appeal, Report
from dateline.chats.moderation_queries import open_appeals
from dateline.common import clock
from dateline.journal.queries import replay
from dateline.people.letters import send_waiting
from dateline.people.models import Account, Letter
from dateline.publishing.notice_letters import HEARS, notice_letters_after

pytestmark = pytest.mark.django_db
STAYS = Why(statement="It is an opinion, and the law protects it.")
GONE = Why(ground=Ground.ILLEGAL, statement="The court's finding is public.")


def post_is_taken():
    """Have what was recorded so far be followed by its letters, twice as after a crash."""
    for _ in range(2):
        for recorded in replay(0):
            if isinstance(recorded.entry, HEARS):
                notice_letters_after(recorded)
    found = list(Letter.objects.order_by("pk").values_list("to", "subject", "text"))
    Letter.objects.all().delete()
    return found


def a_moderator(name="mod"):
    account = Account.objects.create_user(name, is_staff=True)
    rights = Permission.objects.filter(codename__in=["access_admin", "moderate_chats"])
    account.user_permissions.add(*rights)
    return account


@pytest.fixture
def message(talk):
    return talk.say("The mayor sold the harbour.")


@pytest.fixture
def report(message):
    notice = LegalNotice(
        law="honour",
        text="A court has found this untrue in spring.",
        name="Ines Wolff",
        mail="ines@wolff.example",
        is_honest=True,
    )
    return report_illegal(by=None, message=message, notice=notice)


def decided(talk, message, deed, why):
    [decision] = moderate(by=talk.room.editor, messages=[message], deed=deed, why=why)
    return decision


def test_a_notice_is_confirmed_once(talk, report):
    [(to, subject, text)] = post_is_taken()
    assert (to, subject) == ("ines@wolff.example", "We have your notice")
    assert "Talks fail in Brenn" in text
    assert f"/chats/notices/{report.key}/" in text
    assert post_is_taken() == []


def test_what_was_decided_is_written_with_its_reasons_and_how_to_complain(talk, message, report):
    post_is_taken()
    decided(talk, message, Deed.APPROVE, STAYS)
    [(to, subject, text)] = post_is_taken()
    assert (to, subject) == ("ines@wolff.example", "What was decided on your notice")
    assert "The message stays." in text
    assert STAYS.statement in text
    assert "If that is wrong, say why on the same page" in text
    undo_decision(by=talk.room.editor, decision=Report.objects.get().settled_by)
    decided(talk, message, Deed.REJECT, GONE)
    [(_to, _subject, text)] = post_is_taken()
    assert "The message was removed." in text
    assert "If that is wrong" not in text


def test_the_letter_is_in_the_language_of_the_chat(talk, report):
    edition = talk.room.edition
    type(edition).objects.filter(pk=edition.pk).update(language="ru")
    from dateline.reader.memo import memo

    memo._values.clear()
    [(_to, subject, _text)] = post_is_taken()
    assert subject == "Мы получили ваше уведомление"


def test_a_notice_is_never_answered_without_a_word(talk, message, report):
    for deed in (Deed.APPROVE, Deed.REJECT):
        with pytest.raises(StatementMissing):
            decided(talk, message, deed, Why(ground=Ground.ILLEGAL, statement="  "))
    assert Report.objects.get().settled_at is None
    decided(talk, message, Deed.FEATURE, Why())


def test_the_sender_complains_without_an_account_and_is_answered(talk, message, report):
    client, address = Client(), f"/chats/notices/{report.key}/"
    assert client.post(address, {"text": "Too early."}).status_code == 409
    decided(talk, message, Deed.APPROVE, STAYS)
    assert "Is it wrong?" in client.get(address).text
    assert client.post(address, {"text": " "}).status_code == 409
    client.post(address, {"text": "The judgement is final."})
    assert "A person will answer it here." in client.get(address).text
    assert client.post(address, {"text": "Again."}).status_code == 409
    post_is_taken()
    [made] = open_appeals()
    answer_appeal(by=a_moderator(), appeal=made, is_granted=True, answer="You are right.")
    assert Message.objects.get(pk=message.pk).state == MessageState.REMOVED
    [(to, subject, text)] = post_is_taken()
    assert (to, subject) == ("ines@wolff.example", "Your appeal was granted.")
    assert "You are right." in text
    told = client.get(address).text
    assert "Removed" in told
    assert "You are right." in told


def test_a_complaint_that_is_refused_leaves_the_message(talk, message, report):
    decided(talk, message, Deed.APPROVE, STAYS)
    made = complain(report=report, text="The judgement is final.")
    post_is_taken()
    answer_appeal(by=a_moderator(), appeal=made, is_granted=False, answer="It is not.")
    assert Message.objects.get(pk=message.pk).state == MessageState.PUBLISHED
    [(_to, subject, _text)] = post_is_taken()
    assert subject == "Your appeal was refused."


def test_nobody_complains_of_what_was_removed_or_after_six_months(talk, message, report):
    decision = decided(talk, message, Deed.APPROVE, STAYS)
    type(decision).objects.update(at=clock.now() - timedelta(days=184))
    with pytest.raises(AppealRefused):
        complain(report=report, text="The judgement is final.")
    undo_decision(by=talk.room.editor, decision=decision)
    decided(talk, message, Deed.REJECT, GONE)
    with pytest.raises(AppealRefused):
        complain(report=report, text="Why only now?")


def test_a_complaint_waits_while_the_decision_is_undone(talk, message, report):
    decision = decided(talk, message, Deed.APPROVE, STAYS)
    complain(report=report, text="The judgement is final.")
    undo_decision(by=talk.room.editor, decision=decision)
    assert list(open_appeals()) == []
    decided(talk, message, Deed.APPROVE, STAYS)
    assert len(open_appeals()) == 1


def test_somebody_else_answers_where_there_is_somebody(talk, message, report):
    decided(talk, message, Deed.APPROVE, STAYS)
    made = complain(report=report, text="The judgement is final.")
    client = Client()
    client.force_login(talk.room.editor)
    alone = client.get("/newsroom/chats/?queue=appeals").text
    assert "nobody else may moderate here" in alone
    assert "ines@wolff.example" in alone
    colleague = a_moderator()
    assert 'name="answer"' not in client.get("/newsroom/chats/?queue=appeals").text
    with pytest.raises(OwnDecision):
        answer_appeal(by=talk.room.editor, appeal=made, is_granted=False, answer="No.")
    answer_appeal(by=colleague, appeal=made, is_granted=False, answer="No.")
    assert Appeal.objects.get().answered_by == colleague


def test_the_desk_asks_for_the_statement_beside_keep_and_reject(talk, message, report):
    client = Client()
    client.force_login(a_moderator())
    page = client.get("/newsroom/chats/?queue=legal").text
    assert page.count('name="statement"') == 1
    assert "Statement of reasons" in page
    form = {"message": message.pk, "action": "approve"}
    silent = client.post("/newsroom/chats/?queue=legal", form, HTTP_ACCEPT="application/json")
    assert (silent.status_code, silent.json()["code"]) == (422, "statement-missing")
    client.post("/newsroom/chats/?queue=legal", form | {"statement": "It is an opinion."})
    assert Report.objects.get().settled_by.statement == "It is an opinion."


def follow_up():
    for recorded in replay(0):
        if isinstance(recorded.entry, HEARS):
            notice_letters_after(recorded)


def test_a_decision_that_is_undone_within_a_minute_is_never_written_of(talk, message, report):
    post_is_taken()
    decision = decided(talk, message, Deed.APPROVE, STAYS)
    follow_up()
    assert send_waiting() == 0
    assert Letter.objects.get().due_at > clock.now() + timedelta(seconds=50)
    undo_decision(by=talk.room.editor, decision=decision)
    follow_up()
    assert not Letter.objects.exists()
    decided(talk, message, Deed.REJECT, GONE)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        follow_up()
    assert "The message was removed." in Letter.objects.get().text


def test_a_decision_that_is_undone_later_is_followed_by_another_letter(
    talk, message, report, mailoutbox
):
    post_is_taken()
    decision = decided(talk, message, Deed.APPROVE, STAYS)
    follow_up()
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert send_waiting() == 1
        undo_decision(by=talk.room.editor, decision=decision)
        decided(talk, message, Deed.REJECT, GONE)
        follow_up()
    assert "The message stays." in mailoutbox[0].body
    assert "The message was removed." in Letter.objects.get().text
