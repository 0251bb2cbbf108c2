"""What a reader who talked takes along."""

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms, sanction_reader
from dateline.chats.kept import talk_of_reader
from dateline.chats.moderation_enums import Deed, Ground
from dateline.common import clock
from dateline.readers.models import Reader
from tests.readers.talked import talked

pytestmark = pytest.mark.django_db
MARK = "zqmark"


@pytest.fixture
def kept(talk):
    """Return what is kept of a reader as the file that they take along has it."""
    talked(talk.room, talk.ada, talk.bo, MARK)
    return json.loads(json.dumps(talk_of_reader(talk.ada), cls=DjangoJSONEncoder))


def test_every_message_is_taken_along_whatever_became_of_it(kept):
    states = [row["state"] for row in kept["messages"]]
    assert states == ["published", "removed", "held", "rejected"]
    first = kept["messages"][0]
    assert first["text"] == f"The {MARK} bridge holds, @bo-arner."
    assert first["quote"] == "What does @ada-lind think of the rain?"
    assert all(MARK in row["text"] and row["posted_at"] for row in kept["messages"])


def test_what_a_reader_did_and_was_told_is_taken_along(kept):
    assert [row["kind"] for row in kept["reactions"]] == ["thanks"]
    assert [row["text"] for row in kept["reports"]] == [f"{MARK} says so"]
    assert [(row["law"], row["name"]) for row in kept["legal_notices"]] == [("honour", MARK)]
    decided = [(row["deed"], row["ground"], row["statement"]) for row in kept["decisions"]]
    assert decided == [(deed, "insult", f"Not so, {MARK}.") for deed in ("reject", "suspend")]
    assert [row["answer"] for row in kept["appeals"]] == [f"No, {MARK}."]
    assert [row["kind"] for row in kept["sanctions"]] == ["suspend"]
    assert [row["follows"] for row in kept["chats"]] == [True]
    assert len(kept["guest_in"]) == 1
    assert {row["kind"] for row in kept["notices"]} == {"mention", "reply"}
    assert [list(row) for row in kept["origins"]] == [["last_at"]]


def test_nothing_that_is_kept_of_a_reader_is_left_out(kept):
    told = {
        "chats.message": "messages",
        "chats.reaction": "reactions",
        "chats.report": "reports",
        "chats.decision": "decisions",
        "chats.sanction": "sanctions",
        "chats.readmark": "chats",
        "chats.notice": "notices",
        "chats.origin": "origins",
        "chats.chat": "guest_in",
    }
    related = {one.related_model._meta.label_lower for one in Reader._meta.related_objects}
    hidden = {
        one.related_model._meta.label_lower
        for one in Reader._meta.get_fields(include_hidden=True)
        if one.is_relation and one.auto_created
    }
    ours = {label for label in related | hidden if label.startswith("chats.")}
    assert ours - {"chats.chat_guests"} == set(told)
    assert all(kept[name] for name in told.values())


def test_what_moderators_write_for_one_another_stays_with_them(talk):
    spam = Why(ground=Ground.SPAM, note=MARK)
    terms = Terms(deed=Deed.SHADOW, until=clock.now() + timedelta(days=1), why=spam)
    sanction_reader(by=talk.room.editor, reader=talk.ada, terms=terms)
    talk.say("Cheap watches at my place.")
    kept = talk_of_reader(talk.ada)
    assert (kept["decisions"], kept["sanctions"]) == ([], [])
    assert [row["state"] for row in kept["messages"]] == [None]
    assert "shadow" not in json.dumps(kept, cls=DjangoJSONEncoder)
