"""Replies and mentions by mail: for who wants it, once an hour for a chat, and nobody else's."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as live_settings
from django.test import Client
from pydantic import SecretStr

from dateline.chats.actions import edit_message, see_notices
from dateline.chats.actions.moderate import moderate
from dateline.chats.entries import MessageEdited
from dateline.chats.moderation_enums import Deed
from dateline.common import clock
from dateline.journal.queries import replay
from dateline.publishing.reply_sendings import reply_sendings_after
from dateline.reader.letters.writer import Writer
from dateline.subscriptions.actions import Choice, follow, subscriber_for
from dateline.subscriptions.errors import SubjectUnknown
from dateline.subscriptions.ledger_queries import latest_sendings
from dateline.subscriptions.mail.compose import MESSAGE_ID, TO, TOKEN
from dateline.subscriptions.models import Consent, Delivery, Sending, Subscriber, Subscription
from dateline.subscriptions.rules import replies_moment, replies_subject, subject_of
from tests.chats.conftest import talk
from tests.subscriptions.following import ledger, written

__all__ = ["talk"]
pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def by_mail(monkeypatch, settings):
    given = settings.DATELINE.model_copy(update={"mail_server": SecretStr("folder")})
    monkeypatch.setattr(live_settings, "DATELINE", given)


def wants_letters(talk, reader):
    """Have a reader be written to about what is said to them."""
    mail = f"{reader.slug}@news.example"
    who = subscriber_for(by=None, mail=mail, edition=talk.room.edition, reader=reader)
    choice = Choice(subject=replies_subject(reader.pk), edition=talk.room.edition)
    follow(by=None, subscriber=who, choice=choice)
    return who


def said(talk, times=1, **about):
    """Have Bo answer Ada, and the effect hear of all there is, twice."""
    first = talk.say("The doors were open.")
    for number in range(times):
        talk.say(f"They were shut, {number}.", by=talk.bo, answers=first, **about)
    for _ in range(2):
        for recorded in replay(0, 1000):
            reply_sendings_after(recorded)


def letters():
    """Return the text of each letter that would leave, by recipient, once all are due."""
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        for sending in Sending.objects.filter(thing="reply"):
            written(sending)
        rows = list(Delivery.objects.select_related("subscriber", "sending__edition"))
        forms = Writer()(rows)
    made = {}
    for one in rows:
        if one.pk in forms:
            values = {TO: one.subscriber.mail, MESSAGE_ID: "<1.x@y>", TOKEN: "k.s"}
            read = message_from_bytes(forms[one.pk].filled(values), policy=policy.default)
            made[one.subscriber.mail] = read
    return made


@pytest.mark.parametrize(
    ("minute", "reader", "expected"),
    [(0, 60, 60), (59, 60, 60), (60, 60, 120), (0, 7, 7), (7, 7, 67), (6, 7, 7)],
)
def test_all_of_a_readers_hour_is_told_of_at_its_end(minute, reader, expected):
    at = NOON + timedelta(minutes=minute)
    assert replies_moment(at, reader) == NOON + timedelta(minutes=expected)


def test_several_answers_are_one_letter_with_the_words_and_a_way_out(talk):
    with time_machine.travel(NOON):
        wants_letters(talk, talk.ada)
        said(talk, times=2)
        [sending] = Sending.objects.filter(thing="reply")
        assert sending.due_at == replies_moment(NOON, talk.ada.pk)
        found = letters()
    [(mail, letter)] = found.items()
    assert mail == "ada-lind@news.example"
    assert letter["Subject"] == "Replies and mentions: Talks fail in Brenn"
    text = letter.get_body(("plain",)).get_content()
    assert text.count("Bo Arner answers you") == 2
    assert "They were shut, 0." in text
    assert "/m/" in text
    assert f"of=replies:{talk.ada.pk}" in letter["List-Unsubscribe"]
    assert ledger(sending)[mail] == ("planned", f"replies:{talk.ada.pk}")


def test_nobody_who_did_not_ask_is_written_to(talk):
    wants_letters(talk, talk.cleo)
    said(talk)
    assert Sending.objects.filter(thing="reply").count() == 0


def test_what_was_seen_or_taken_away_meanwhile_is_in_no_letter(talk):
    wants_letters(talk, talk.ada)
    said(talk)
    see_notices(by=talk.ada)
    assert letters() == {}


def test_an_answer_that_was_removed_is_in_no_letter(talk):
    wants_letters(talk, talk.ada)
    first = talk.say("One.")
    answer = talk.say("Rude.", by=talk.bo, answers=first)
    for recorded in replay(0, 1000):
        reply_sendings_after(recorded)
    moderate(by=talk.room.editor, messages=[answer], deed=Deed.REJECT)
    assert letters() == {}


def test_a_mention_is_told_of_too(talk):
    wants_letters(talk, talk.cleo)
    talk.say(f"Ask @{talk.cleo.slug} about it.")
    for recorded in replay(0, 1000):
        reply_sendings_after(recorded)
    [letter] = letters().values()
    assert letter["Subject"] == "Ada Lind mentions you: Talks fail in Brenn"


def test_a_mention_added_by_an_edit_is_told_of_once_however_often_it_is_edited(talk):
    with time_machine.travel(NOON, tick=False) as traveller:
        wants_letters(talk, talk.cleo)
        message = talk.say("Ask about it.")
        for minutes, text in (
            (1, f"Ask @{talk.cleo.slug} about it."),
            (2, f"Do ask @{talk.cleo.slug} about it."),
            (3, "Ask nobody."),
            (4, f"Ask @{talk.cleo.slug} after all."),
        ):
            traveller.move_to(NOON + timedelta(minutes=minutes))
            edit_message(by=talk.ada, message=message, text=text)
            for recorded in replay(0, 1000):
                reply_sendings_after(recorded)
        [sending] = Sending.objects.filter(thing="reply")
        assert sending.due_at == replies_moment(NOON + timedelta(minutes=1), talk.cleo.pk)
        [letter] = letters().values()
    assert letter["Subject"] == "Ada Lind mentions you: Talks fail in Brenn"


def test_an_edit_tells_nobody_whom_the_message_told_as_it_was_posted(talk):
    message = talk.say(f"Ask @{talk.cleo.slug} about it.")
    wants_letters(talk, talk.cleo)  # Asked for only now: not of what was before.
    edit_message(by=talk.ada, message=message, text=f"Do ask @{talk.cleo.slug} about it.")
    for recorded in replay(0, 1000):
        if isinstance(recorded.entry, MessageEdited):
            reply_sendings_after(recorded)
    assert not Sending.objects.filter(thing="reply").exists()


def test_nobody_hears_of_what_is_said_to_somebody_else(talk, client):
    mine = wants_letters(talk, talk.ada)
    other = Choice(subject=replies_subject(talk.bo.pk), edition=talk.room.edition)
    with pytest.raises(SubjectUnknown):
        follow(by=None, subscriber=mine, choice=other)
    page = client.get(f"/subscribe/?edition=en&to={replies_subject(talk.bo.pk)}").content.decode()
    assert "replies:" not in page.partition("<form")[2].partition("</form>")[0]
    assert subject_of("replies:x") is None
    # The address of the account is somebody else's now: nothing of it goes to the old one.
    subscriber_for(by=None, mail=mine.mail, edition=talk.room.edition, reader=talk.bo)
    mine.refresh_from_db()
    assert (mine.mail, Subscription.objects.get().subscriber) == ("", mine)


def test_a_reader_turns_it_on_and_off_among_their_preferences(talk):
    client, page = Client(), "/account/preferences/"
    client.force_login(talk.ada.account)
    assert "mails_replies" not in client.get(page).content.decode()
    EmailAddress.objects.create(
        user=talk.ada.account, email="ada@news.example", verified=True, primary=True
    )
    assert '<input type="checkbox" name="mails_replies"' in client.get(page).content.decode()
    given = {"language": "en", "theme": talk.ada.theme, "tells_replies": "on"}
    client.post(page, given | {"mails_replies": "on"})
    assert Subscription.objects.get().subject == f"replies:{talk.ada.pk}"
    assert Consent.objects.get().words == "Write to me about replies and mentions"
    assert "checked" in client.get(page).content.decode().partition('name="mails_replies"')[2][:90]
    client.post(page, given | {"mails_replies": "on"})
    assert Consent.objects.count() == 1
    client.post(page, given)
    assert (Subscription.objects.count(), Subscriber.objects.count()) == (0, 1)


def test_the_desk_lists_what_goes_to_many_alone(talk):
    wants_letters(talk, talk.ada)
    said(talk)
    assert not latest_sendings().exists()
