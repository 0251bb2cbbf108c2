"""What the stream tells of a chat is what its page shows, and nothing that readers may not see."""

import json

import pytest

from dateline.chats import actions
from dateline.chats.enums import Mode, ReactionKind
from dateline.journal.queries import head, replay
from dateline.publishing.announce import announcements_of
from dateline.reader.memo import memo
from dateline.stories.actions import kill_story
from tests.chats.talk import MESSAGE, shown

pytestmark = pytest.mark.django_db


def told_after(seq):
    return [(one.event, json.loads(one.data), one) for one in announcements_of(replay(seq))]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_a_message_is_told_as_the_page_has_it(talk, client, language):
    talk.room.edition.language = language
    talk.room.edition.save()
    memo._values.clear()
    seq = head()
    first = talk.say('Talks <i>fail</i> & "stop"')
    answer = talk.say("Indeed.", by=talk.bo, answers=first)
    actions.react(by=talk.cleo, message=answer, kind=ReactionKind.AGREE)
    told = told_after(seq)
    assert [event for event, _, _ in told] == ["message-posted"] * 2 + ["reactions-changed"]
    page = MESSAGE.findall(client.get(talk.address).content.decode())
    assert told[0][1]["html"].split() == page[0].split()
    assert told[2][1]["html"].split() == page[1].split()
    assert (told[1][1]["thread"], told[1][1]["number"]) == (first.key, answer.shown_as)
    assert told[1][1]["row"] == [answer.shown_as, answer.pk, [], "", [], "", 0]


def test_of_what_is_gone_only_its_place_is_told_also_to_those_who_come_late(talk):
    seq = head()
    message = talk.say("A secret.")
    actions.delete_message(by=talk.ada, message=message)
    posted, removed = told_after(seq)
    for _event, data, _one in (posted, removed):
        assert ("secret" in json.dumps(data), shown(data["html"]), data["row"]) == (
            False,
            [None],
            None,
        )
    assert (posted[2].recalls, removed[2].recalls) == (False, True)
    assert posted[2].about == removed[2].about


def test_what_is_held_is_told_to_nobody(talk):
    actions.change_mode(by=None, chat=talk.chat, mode=Mode.PREMODERATED)
    talk.chat.refresh_from_db()
    seq = head()
    message = talk.say("Wait.")
    assert told_after(seq) == []
    actions.approve_message(by=None, message=message)
    [(event, data, _one)] = told_after(seq)
    assert (event, shown(data["html"])) == ("message-approved", ["Wait."])


def test_of_a_killed_storys_chat_nothing_is_told(talk):
    seq = head()
    talk.say("One.")
    kill_story(by=None, story=talk.story, why="Wrong.")
    actions.follow_story(by=None, story=talk.story.pk)
    told = [data for event, data, _ in told_after(seq) if event != "story-withdrawn"]
    assert all("html" not in data for data in told)
    withdrawn = [one for event, _, one in told_after(seq) if event == "story-withdrawn"]
    assert withdrawn[0].about == f"story:{talk.story.pk}"


def test_a_mode_is_told_in_words(talk):
    seq = head()
    actions.change_mode(by=None, chat=talk.chat, mode=Mode.SLOW, slow_seconds=20)
    [(event, data, _one)] = told_after(seq)
    assert event == "chat-mode-changed"
    assert "20 seconds" in data["html"]
