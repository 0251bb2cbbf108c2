"""Somebody who has talked: a row of theirs in everything that the chats keep of readers."""

from datetime import timedelta

from dateline.chats import actions
from dateline.chats.actions.appeal import answer_appeal, appeal
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.actions.sanction import Terms, sanction_reader, write_note
from dateline.chats.enums import Mode, ReactionKind
from dateline.chats.errors import ChatRefused
from dateline.chats.models import Chat
from dateline.chats.moderation_enums import Deed, Ground, Law
from dateline.common import clock
from dateline.readers.models import Reader
from tests.factories import Newsroom, a_published_story


def talked(room: Newsroom, reader: Reader, other: Reader, mark: str) -> Chat:
    """Have a reader talk with another, both mentioned, reported, judged; return the chat.

    Whatever the reader, or somebody about them, writes has the mark in it; of the other's own words
    only where they mention the reader.
    """
    chat = actions.open_chat(by=None, of=a_published_story(room, f"Rain in Brenn {reader.pk}"))

    def say(by: Reader, text: str, answers=None):
        words = actions.Words(text=text, answers=answers)
        return actions.post_message(by=by, chat=chat, words=words, address="203.0.113.9")

    named = say(other, f"What does @{reader.slug} think of the rain?")
    said = say(reader, f"The {mark} bridge holds, @{other.slug}.", answers=named)
    say(other, "Thanks for that.", answers=said)
    quoting = say(other, "Nobody has answered so far.", answers=named)
    bad = say(reader, f"A {mark} message that a moderator took away.")
    say(reader, f"You are an idiot, {mark}.")
    try:
        say(reader, f"The {mark} bridge holds, @{other.slug}.")
    except ChatRefused:
        pass
    else:
        raise AssertionError("what is said twice is rejected")
    actions.react(by=reader, message=named, kind=ReactionKind.THANKS)
    actions.follow_chat(by=reader, chat=chat)
    report_message(by=reader, message=quoting, ground=Ground.OTHER, text=f"{mark} says so")
    report_message(by=other, message=said, ground=Ground.INSULT, text=f"{mark} again")
    notice = LegalNotice(
        law=Law.HONOUR,
        text=f"This is against the honour of {mark}.",
        name=mark,
        mail=f"{mark}@example.org",
        is_honest=True,
    )
    report_illegal(by=reader, message=quoting, notice=notice)
    why = Why(ground=Ground.INSULT, statement=f"Not so, {mark}.", note=f"{mark} is known")
    rejected = moderate(by=room.editor, messages=[bad], deed=Deed.REJECT, why=why)[0]
    told = appeal(by=reader, decision=rejected, text=f"{mark} meant well.")
    answer_appeal(by=room.editor, appeal=told, is_granted=False, answer=f"No, {mark}.")
    terms = Terms(deed=Deed.SUSPEND, until=clock.now() + timedelta(days=1), why=why)
    sanction_reader(by=room.editor, reader=reader, terms=terms)
    write_note(by=room.editor, reader=reader, text=f"{mark} wrote a letter")
    manner = actions.Manner(mode=Mode.QUESTIONS, slow_seconds=30, guests=(reader,))
    actions.arrange_chat(by=room.editor, chat=chat, manner=manner)
    return chat
