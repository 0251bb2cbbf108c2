"""How chats open and take messages: by rule, by hand, in hours, with guests who answer."""

import json
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from dateline.chats.actions import (
    Manner,
    arrange_chat,
    close_chat,
    follow_hours,
    follow_story,
    open_chat,
)
from dateline.chats.actions.arrange import manner_of
from dateline.chats.enums import Mode
from dateline.chats.errors import ChatIsClosed, ChatRests, OnlyGuestsAnswer
from dateline.chats.export import as_html, as_json
from dateline.chats.models import Chat
from dateline.chats.queries import is_open, rests, turning_chats
from dateline.common import clock
from dateline.common.hours import is_within
from dateline.config.settings_table import Settings
from dateline.journal.models import JournalLine
from dateline.people.models import Account
from tests.chats.talk import MESSAGE, shown
from tests.factories import a_published_story

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/Vienna"))

BADGE = re.compile(r'<span class="message-badge[^"]*">(\w+)</span>')


def kinds():
    rows = JournalLine.objects.order_by("seq").values_list("kind", flat=True)
    return [kind for kind in rows if kind.startswith("chat-")]


def arranged(talk, **fields):
    given = {"mode": Mode.OPEN, "slow_seconds": 30, "closes_at": talk.chat.closes_at, **fields}
    talk.chat = arrange_chat(by=talk.room.editor, chat=talk.chat, manner=Manner(**given))
    return talk.chat


def outside():
    """Return hours that are not now."""
    now = clock.now()
    return f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=4):%H:%M}"


@pytest.mark.parametrize(
    ("hours", "inside"),
    [
        ("", True),
        ("08:00-12:00", False),
        ("12:00-12:01", True),
        ("00:00-24:00", True),
        ("22:00-11:59", False),
        ("22:00-12:01", True),
    ],
)
def test_hours_begin_at_their_minute_and_end_before_theirs(hours, inside):
    assert is_within(hours, NOON) is inside


def test_a_chat_follows_its_rules_of_opening(room):
    by_itself = a_published_story(room)
    room.culture.opens_chats, room.culture.chat_hours = False, "08:00-20:00"
    room.culture.save()
    by_hand = a_published_story(room, section=room.culture)
    for story in (by_itself, by_hand):
        follow_story(by=None, story=story.pk)
    assert [chat.story for chat in Chat.objects.all()] == [by_itself]
    assert open_chat(by=room.editor, of=by_hand).hours == "08:00-20:00"


def test_kinds_that_the_settings_leave_out_get_no_chat(room):
    story = a_published_story(room, kind="analysis")
    with override_settings(DATELINE=Settings(chat_kinds=["news"], chat_hours="06:00-21:00")):
        follow_story(by=None, story=story.pk)
        assert not Chat.objects.exists()
        assert open_chat(by=room.editor, of=story).hours == "06:00-21:00"


def test_what_is_opened_late_by_hand_has_its_time_from_then(room):
    story = a_published_story(room)
    story.published_at = clock.now() - timedelta(days=400)
    story.save(update_fields=["published_at"])
    chat = open_chat(by=room.editor, of=story)
    assert is_open(chat, clock.now())
    assert is_open(chat, clock.now() + timedelta(days=6))


def test_outside_its_hours_a_chat_rests_and_says_from_when(client, talk):
    hours = outside()
    chat = arranged(talk, hours=hours)
    begin, end = hours.split("-")
    assert (is_open(chat, clock.now()), rests(chat, clock.now())) == (False, True)
    with pytest.raises(ChatRests) as refused:
        talk.say()
    assert f"from {begin} to {end}" in str(refused.value)
    page = client.get(talk.address).content.decode()
    assert f"It takes messages from {begin} to {end}" in page
    assert "data-box hidden" in page
    close_chat(by=talk.room.editor, chat=chat)
    with pytest.raises(ChatIsClosed):
        talk.say()


def test_open_pages_are_told_once_when_hours_begin_and_end(talk):
    chat = arranged(talk, hours="08:00-20:00")
    zone = ZoneInfo(chat.edition.timezone)
    day = clock.now().astimezone(zone) + timedelta(days=1)
    night, morning = (day.replace(hour=hour, minute=0) for hour in (3, 9))
    Chat.objects.update(is_resting=False)
    assert list(turning_chats(night)) == [chat]
    assert list(turning_chats(morning)) == []
    Chat.objects.update(is_resting=True)
    assert list(turning_chats(night)) == []
    assert list(turning_chats(morning)) == [chat]


def test_following_the_hours_records_one_entry(talk):
    arranged(talk, hours=outside())
    Chat.objects.update(is_resting=False)
    before = len(kinds())
    for _n in range(2):
        follow_hours(by=None, chat=talk.chat)
    assert kinds()[before:] == ["chat-mode-changed"]


def test_only_guests_and_the_newsroom_answer_questions(client, talk):
    arranged(talk, mode=Mode.QUESTIONS, guests=(talk.bo,))
    question = talk.say("What happens to the harbour now?")
    with pytest.raises(OnlyGuestsAnswer):
        talk.say("I know that.", by=talk.cleo, answers=question)
    talk.say("It stays where it is.", by=talk.bo, answers=question)
    Account.objects.filter(pk=talk.cleo.account_id).update(is_staff=True)
    talk.cleo.account.refresh_from_db()
    talk.say("So says the paper.", by=talk.cleo, answers=question)
    page = client.get(talk.address).content.decode()
    assert shown(page)[1:] == ["It stays where it is.", "So says the paper."]
    assert 'data-guests="bo-arner"' in page
    assert "Answering: Bo Arner." in page
    badges = [BADGE.findall(one) for one in MESSAGE.findall(page)]
    assert badges == [[], ["Guest"], ["Newsroom"]]


def test_a_guest_stays_one_in_what_was_said_and_goes_out_as_one(client, talk):
    arranged(talk, mode=Mode.QUESTIONS, guests=(talk.bo,))
    talk.say("It stays where it is.", by=talk.bo)
    arranged(talk, mode=Mode.OPEN, guests=())
    talk.say("And later?", by=talk.bo)
    page = client.get(talk.address).content.decode()
    assert [BADGE.findall(one) for one in MESSAGE.findall(page)] == [["Guest"], []]
    told = json.loads("".join(as_json(talk.chat, site="", now=clock.now())))["messages"]
    assert [row.get("guest", False) for row in told] == [True, False]
    assert as_html(talk.chat, site="", now=clock.now()).count("(Guest)") == 1


def test_arranging_says_it_once_and_only_when_something_changes(talk):
    before = len(kinds())
    arranged(talk, mode=Mode.SLOW, slow_seconds=90)
    arranged(talk, mode=Mode.SLOW, slow_seconds=90)
    assert kinds()[before:] == ["chat-mode-changed"]
    assert manner_of(talk.chat).slow_seconds == 90
    assert talk.chat.mode_by == talk.room.editor
