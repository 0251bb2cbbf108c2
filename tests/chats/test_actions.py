"""What can be done in a chat, what is refused, and what is recorded of it."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from dateline.chats import actions
from dateline.chats.actions import forget
from dateline.chats.enums import Closed, MessageState, Mode, NoticeKind, ReactionKind
from dateline.chats.errors import (
    ChatIsClosed,
    ChatRefused,
    EditTooLate,
    MessageGone,
    NotVerified,
    NotYours,
    TooSoon,
)
from dateline.chats.models import Message, Notice, ReadMark
from dateline.chats.queries import newest_messages
from dateline.common import clock
from dateline.press.touch import reading
from dateline.publishing.scheduler import run_due
from dateline.reader.present.chats import state_context
from dateline.readers.actions import remove_reader
from dateline.stories.actions import hold_story, kill_story, lift_hold
from tests.factories import a_reader
from tests.live.coverage import Recording

pytestmark = pytest.mark.django_db


def texts(talk):
    rows = newest_messages(talk.chat, limit=50).messages
    return [row.text if row.is_readable else None for row in rows]


def test_a_message_is_shown_and_takes_its_place(talk):
    with Recording() as told:
        first, second = talk.say("One."), talk.say("Two.", by=talk.bo)
    assert told.kinds == ["message-posted"] * 2
    [entry, _second] = told.entries
    assert (entry.chat, entry.story, entry.message) == (talk.chat.pk, talk.story.pk, first.pk)
    assert told.channels == {f"chat:{talk.chat.pk}"}
    assert set(entry.keys) == {f"chat:{talk.chat.pk}", "chats:en", f"message:{first.pk}"}
    assert first.shown_as < second.shown_as
    talk.chat.refresh_from_db()
    assert (talk.chat.messages_shown, talk.chat.last) == (2, second)
    assert texts(talk) == ["One.", "Two."]


def test_what_is_sent_twice_is_posted_once(talk):
    with Recording() as told:
        first, again = talk.say(client_key="a"), talk.say(client_key="a")
    assert (first, told.kinds) == (again, ["message-posted"])
    assert talk.say(client_key="a", by=talk.bo) != first


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001])
def test_what_is_no_message_is_refused(talk, text):
    with pytest.raises(ChatRefused):
        talk.say(text)
    assert Message.objects.count() == 0


def test_only_a_reader_with_a_proved_address_speaks(talk):
    with pytest.raises(NotVerified):
        talk.say(by=a_reader("Dora Vent", verified_at=None))


def test_an_answer_quotes_and_opens_a_thread(talk):
    first = talk.say("One.")
    answer = talk.say("Two.", by=talk.bo, answers=first)
    deeper = talk.say("Three.", by=talk.ada, answers=answer)
    first.refresh_from_db()
    assert (answer.quote, answer.thread, deeper.thread) == ("One.", first, first)
    assert first.replies_shown == 2
    notices = Notice.objects.order_by("pk").values_list("reader", "message", "kind")
    assert list(notices) == [
        (talk.ada.pk, answer.pk, NoticeKind.REPLY),
        (talk.bo.pk, deeper.pk, NoticeKind.REPLY),
    ]


def test_whoever_is_mentioned_is_told_once(talk):
    message = talk.say(f"@{talk.bo.slug} @{talk.bo.slug} @{talk.ada.slug} @nobody-at-all")
    assert list(Notice.objects.values_list("reader", "message")) == [(talk.bo.pk, message.pk)]


def test_an_author_changes_a_message_for_five_minutes(talk):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        message = talk.say("Recieved.")
        with Recording() as told:
            actions.edit_message(by=talk.ada, message=message, text="Received.")
            actions.edit_message(by=talk.ada, message=message, text="Received.")
        assert told.kinds == ["message-edited"]
        message.refresh_from_db()
        assert (message.text, message.html) == ("Received.", "<p>Received.</p>")
        assert message.edited_at == clock.now()
        with pytest.raises(NotYours):
            actions.edit_message(by=talk.bo, message=message, text="Mine.")
        traveller.shift(timedelta(minutes=5, seconds=1))
        with pytest.raises(EditTooLate):
            actions.edit_message(by=talk.ada, message=message, text="Too late.")


def test_deleting_leaves_where_it_stood_and_no_word_anywhere(talk):
    first = talk.say("A secret.")
    answer = talk.say("Oh.", by=talk.bo, answers=first)
    with Recording() as told:
        actions.delete_message(by=talk.ada, message=first)
    assert told.kinds == ["message-removed"]
    assert texts(talk) == [None, "Oh."]
    first.refresh_from_db()
    answer.refresh_from_db()
    assert (first.text, first.html, answer.quote) == ("", "", "")
    with pytest.raises(MessageGone):
        actions.edit_message(by=talk.ada, message=first, text="Back.")
    with pytest.raises(MessageGone):
        talk.say("To whom?", answers=first)


def test_the_last_word_is_that_of_the_last_message_that_stands(talk):
    first, last = talk.say("One."), talk.say("Two.")
    actions.delete_message(by=talk.ada, message=last)
    talk.chat.refresh_from_db()
    assert (talk.chat.last, talk.chat.messages_shown) == (first, 1)
    actions.delete_message(by=talk.ada, message=first)
    talk.chat.refresh_from_db()
    assert (talk.chat.last, talk.chat.last_shown, talk.chat.messages_shown) == (None, 0, 0)


def test_what_waits_can_be_changed_and_waits_on(talk):
    actions.change_mode(by=None, chat=talk.chat, mode=Mode.PREMODERATED)
    talk.chat.refresh_from_db()
    message = talk.say("It waits for somebody.")
    changed = actions.edit_message(by=talk.ada, message=message, text="It waits, as changed.")
    assert (changed.state, changed.text) == (MessageState.HELD, "It waits, as changed.")
    talk.chat.refresh_from_db()
    assert talk.chat.messages_shown == 0


def test_in_a_moderated_chat_a_message_waits(talk):
    actions.change_mode(by=talk.room.editor, chat=talk.chat, mode=Mode.PREMODERATED)
    talk.chat.refresh_from_db()
    with Recording() as told:
        held = talk.say("Wait.")
        talk.say("First.", by=talk.bo)
    assert (held.state, told.kinds, told.channels) == (
        MessageState.HELD,
        ["message-held"] * 2,
        set(),
    )
    assert texts(talk) == []
    with Recording() as told:
        actions.approve_message(by=talk.room.editor, message=held)
        actions.approve_message(by=talk.room.editor, message=held)
    assert (told.kinds, texts(talk)) == (["message-approved"], ["Wait."])


def test_a_moderator_takes_away_and_brings_back_to_the_same_place(talk):
    first, _second = talk.say("One."), talk.say("Two.")
    with Recording() as told:
        actions.reject_message(by=talk.room.editor, message=first, why="off-topic")
        actions.reject_message(by=talk.room.editor, message=first, why="off-topic")
    assert (told.kinds, texts(talk)) == (["message-removed"], [None, "Two."])
    actions.approve_message(by=talk.room.editor, message=first)
    assert texts(talk) == ["One.", "Two."]


def test_six_reactions_each_once(talk):
    message = talk.say()
    with Recording() as told:
        for reader in (talk.bo, talk.cleo, talk.bo):
            actions.react(by=reader, message=message, kind=ReactionKind.AGREE)
    message.refresh_from_db()
    assert (told.kinds, message.reactions) == (["reactions-changed"] * 2, {"agree": 2})
    actions.react(by=talk.bo, message=message, kind=ReactionKind.AGREE, is_on=False)
    message.refresh_from_db()
    assert (message.reactions, len(ReactionKind)) == ({"agree": 1}, 6)


def test_a_slow_chat_has_a_pace_and_staff_do_not(talk):
    actions.change_mode(by=talk.room.editor, chat=talk.chat, mode=Mode.SLOW, slow_seconds=60)
    talk.chat.refresh_from_db()
    staff = a_reader("Ilse at the desk", account=talk.room.editor)
    talk.say("One.")
    with pytest.raises(TooSoon) as refused:
        talk.say("Two.")
    assert 0 < refused.value.data["seconds"] <= 60
    talk.say("Three.", by=talk.bo)
    talk.say("Four.", by=staff)
    talk.say("Five.", by=staff)


def test_a_closed_chat_takes_nothing_and_opens_again(talk):
    with Recording() as told:
        actions.close_chat(by=talk.room.editor, chat=talk.chat)
        with pytest.raises(ChatIsClosed):
            talk.say()
        actions.reopen_chat(by=talk.room.editor, chat=talk.chat)
        talk.say()
    assert told.kinds == ["chat-closed", "chat-opened", "message-posted"]


def test_a_chat_closes_by_itself_even_if_nobody_notes_it(talk):
    now = clock.now()
    with time_machine.travel(now + timedelta(days=8)):
        with pytest.raises(ChatIsClosed):
            talk.say()
        run_due(since=now, now=clock.now())
        talk.chat.refresh_from_db()
    assert talk.chat.closed_as == Closed.BY_AGE


def test_a_chat_goes_with_its_story_and_comes_back_with_it(talk):
    talk.say("One.")
    hold = hold_story(by=None, story=talk.story, why="Check.")
    with pytest.raises(ChatIsClosed):
        talk.say("Two.")
    with Recording() as told:
        actions.follow_story(by=None, story=talk.story.pk)
        actions.follow_story(by=None, story=talk.story.pk)
    assert told.kinds == ["chat-closed"]
    lift_hold(by=None, hold=hold)
    with Recording() as told:
        actions.follow_story(by=None, story=talk.story.pk)
    assert told.kinds == ["chat-opened"]
    assert texts(talk) == ["One."]
    kill_story(by=None, story=talk.story, why="Wrong.")
    with pytest.raises(ChatIsClosed):
        talk.say("Three.")


def test_what_is_read_is_never_taken_back(talk):
    message = talk.say("One.", by=talk.bo)
    actions.mark_read(by=talk.ada, chat=talk.chat, number=message.shown_as)
    actions.mark_read(by=talk.ada, chat=talk.chat, number=1)
    assert ReadMark.objects.get(reader=talk.ada).number == message.shown_as


def test_a_reader_who_goes_leaves_no_word(talk):
    first = talk.say("My name is on this.")
    answer = talk.say("And mine.", by=talk.bo, answers=first)
    with Recording() as told:
        remove_reader(by=None, reader=talk.ada)
    first.refresh_from_db()
    answer.refresh_from_db()
    assert told.kinds == ["message-removed", "reader-removed"]
    assert (first.author, first.text, answer.quote) == (None, "", "")


def test_nobody_is_named_who_has_left(talk):
    named = talk.say("As @ada-lind says, and @ADA-LIND too; not `@ada-linden`.", by=talk.bo)
    quoting = talk.say("Who?", by=talk.cleo, answers=named)
    gone = talk.say("Ask @ada-lind.", by=talk.cleo)
    actions.reject_message(by=None, message=gone, why="rules")
    with Recording() as told:
        remove_reader(by=None, reader=talk.ada)
    assert told.kinds == ["message-edited", "message-edited", "reader-removed"]
    assert {entry.message for entry in told.entries[:2]} == {named.pk, quoting.pk}
    for message in (named, quoting, gone):
        message.refresh_from_db()
    words = "As somebody who left says, and somebody who left too; not `@ada-linden`."
    assert (named.text, quoting.quote, gone.text) == (words, words, "Ask somebody who left.")
    assert "data-reader" not in named.html
    assert (named.edited_at, named.state) == (None, "published")


def test_a_reader_is_forgotten_in_small_steps_and_of_what_comes_meanwhile(talk, monkeypatch):
    monkeypatch.setattr(forget, "_AT_ONCE", 2)
    monkeypatch.setattr(forget, "_WINDOW", 3)
    long_ago = clock.now() - timedelta(days=1)
    for number in range(5):
        talk.say(f"Number {number} is mine.")
        talk.say(f"Number {number} is for @ada-lind.", by=(talk.bo, talk.cleo)[number % 2])
    Message.objects.update(posted_at=long_ago)
    young = talk.say("Nobody is named.", by=talk.bo)
    steps = []
    monkeypatch.setattr(forget, "take_turn", lambda: steps.append(_left(talk.ada)))
    finish = actions.forget_author(talk.ada)
    assert steps[0] == 10
    assert all(0 < before - after <= 2 for before, after in pairwise([*steps, _left(talk.ada)]))
    assert _left(talk.ada) == 0
    talk.say("I am here still.")
    actions.edit_message(by=talk.bo, message=young, text="But @ada-lind is.")
    talk.say("Where is @ada-lind?", by=talk.cleo)
    with CaptureQueriesContext(connection) as asked:
        finish()
    assert _left(talk.ada) == 0
    windows = [one["sql"] for one in asked if '"chats_message"."id" > ' in one["sql"]]
    assert len(windows) == 1


def _left(reader):
    named = Q(text__icontains=f"@{reader.slug}") | Q(quote__icontains=f"@{reader.slug}")
    return Message.objects.filter(named | Q(author=reader)).count()


def test_somebody_who_left_is_called_so_in_the_language_of_the_chat(talk):
    talk.room.edition.language = "ru"
    talk.room.edition.save()
    named = talk.say("Спасибо, @ada-lind!", by=talk.bo)
    remove_reader(by=None, reader=talk.ada)
    named.refresh_from_db()
    assert "@" not in named.text
    assert "somebody" not in named.text


def test_a_guest_who_leaves_or_is_renamed_drops_the_pages_that_name_them(talk):
    manner = actions.Manner(mode=Mode.QUESTIONS, slow_seconds=30, guests=(talk.ada,))
    chat = actions.arrange_chat(by=None, chat=talk.chat, manner=manner)
    with reading() as keys:
        state_context(chat, clock.now())
    assert f"reader:{talk.ada.pk}" in keys


def test_a_change_tells_whom_it_names_anew_and_once(talk):
    message = talk.say("Ask @bo-arner.")
    for text in ("Ask @bo-arner or @cleo-stramm.", "Ask nobody.", "Ask @cleo-stramm."):
        actions.edit_message(by=talk.ada, message=message, text=text)
    told = Notice.objects.order_by("pk").values_list("reader", "kind")
    assert list(told) == [(talk.bo.pk, "mention"), (talk.cleo.pk, "mention")]


def test_what_waits_goes_on_waiting_for_what_was_found_in_it_first(talk):
    message = talk.say("You are an idiot.")
    with Recording() as told:
        actions.edit_message(by=talk.ada, message=message, text="You are a good friend.")
    message.refresh_from_db()
    assert (message.state, message.text) == ("held", "You are a good friend.")
    assert (message.why, len(message.found["notes"]) > 0) == ("suspect-word", True)
    assert (told.kinds, told.channels) == (["message-held"], set())
