"""What readers are told of moderators' decisions: before the box, on their account, until when."""

from datetime import timedelta

import pytest

from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms, lift_sanction, sanction_reader, see_decision
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_models import Decision
from dateline.chats.told_queries import decisions_to_read
from dateline.common import clock

pytestmark = pytest.mark.django_db


def sanctioned(talk, deed, **terms):
    given = {"why": Why(ground=Ground.INSULT, statement="Third time."), **terms}
    return sanction_reader(by=talk.room.editor, reader=talk.ada, terms=Terms(deed=deed, **given))


def told(talk):
    return [one.deed for one in decisions_to_read(talk.ada, clock.now())]


def rejected(talk, words="You are all wrong, all of you."):
    message = talk.say(words)
    why = Why(ground=Ground.INSULT, statement="Speak of the story.")
    [decision] = moderate(by=talk.room.editor, messages=[message], deed=Deed.REJECT, why=why)
    return decision


def test_what_lasts_is_told_as_long_as_it_lasts(talk):
    week = clock.now() + timedelta(days=7)
    suspension = sanctioned(talk, Deed.SUSPEND, until=week)
    see_decision(by=talk.ada, key=suspension.decision.key)
    assert told(talk) == ["suspend"]
    assert decisions_to_read(talk.ada, week) == []
    lift_sanction(by=talk.room.editor, sanction=suspension)
    assert told(talk) == []


def test_a_warning_and_a_rejection_are_told_until_they_are_read(talk):
    warning, rejection = sanctioned(talk, Deed.WARN).decision, rejected(talk)
    see_decision(by=talk.bo, key=warning.key)
    assert told(talk) == ["reject", "warn"]
    see_decision(by=talk.ada, key=warning.key)
    assert told(talk) == ["reject"]
    later = clock.now() + timedelta(days=31)
    assert decisions_to_read(talk.ada, later) == []
    assert rejection.seen_at is None


def test_nobody_is_told_that_others_do_not_see_them(talk):
    sanctioned(talk, Deed.SHADOW, why=Why(ground=Ground.SPAM))
    assert told(talk) == []


def test_the_account_says_it_and_what_was_read_is_gone_from_there(client, talk):
    rejection = rejected(talk)
    client.force_login(talk.ada.account)
    page = client.get("/account/").content.decode()
    assert "A moderator rejected your message." in page
    assert "Because of: Insult." in page
    assert "Speak of the story." in page
    assert "You are all wrong, all of you." in page
    assert f"/chats/decisions/{rejection.key}/" in page
    answer = client.post("/chats/decisions/", {"seen": rejection.key, "next": "/account/"})
    assert answer["Location"] == "/account/"
    assert Decision.objects.get(pk=rejection.pk).seen_at is not None
    assert "A moderator rejected" not in client.get("/account/").content.decode()


def test_the_box_says_it_with_scripts_and_without(client, talk):
    sanctioned(talk, Deed.SLOW, pace_seconds=300, until=clock.now() + timedelta(days=1))
    address = f"/chats/{talk.chat.pk}/told"
    assert client.get(address).status_code == 401
    client.force_login(talk.ada.account)
    assert client.get("/chats/mine.json").json()["decided"] == 1
    answer = client.get(address)
    part = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert "one message every 300 seconds. This ends" in part
    assert "I have read it" not in part
    assert part.strip() in client.get(f"/chats/{talk.chat.pk}/say").content.decode()
    client.force_login(talk.bo.account)
    assert client.get(address).content.decode().strip() == ""
