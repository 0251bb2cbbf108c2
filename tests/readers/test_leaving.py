"""Taking everything along, and leaving without a trace."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dateline.people.models import Account
from dateline.publishing.scheduler import run_due
from dateline.readers import actions, everything
from dateline.readers.actions import (
    Joining,
    ask_to_leave,
    mute_reader,
    mute_words,
    register_reader,
    remove_reader,
    stay,
)
from dateline.readers.models import GRACE, Departure, Reader
from tests.readers.conftest import Visitor, delivered
from tests.readers.talked import talked
from tests.readers.traces import traces

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
MARK = "zqtrace"


def a_picture():
    output = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(output, "PNG")
    return SimpleUploadedFile(f"{MARK}.png", output.getvalue(), "image/png")


@pytest.fixture
def other(room):
    return register_reader(
        by=None, joining=Joining(mail="bea@example.org", name="Bea", language="en")
    )


@pytest.fixture
def visitor(room, other):
    """Somebody who left a mark in everything that can be left one in."""
    visitor = Visitor()
    visitor.client.defaults["HTTP_USER_AGENT"] = f"Firefox/{MARK}"
    visitor.register(f"{MARK}@example.org", f"{MARK} one", password="a-long-pass-phrase")
    reader = Reader.objects.get(slug=f"{MARK}-one")
    visitor.client.post("/account/picture/", {"picture": a_picture(), "how": "bring"})
    mute_words(by=None, reader=reader, words=[f"{MARK}word"])
    mute_reader(by=None, reader=reader, muted=other)
    Authenticator.objects.create(user=reader.account, type="totp", data={"secret": f"{MARK}secret"})
    visitor.chat = talked(room, reader, other, MARK)
    visitor.reader = Reader.objects.get(pk=reader.pk)
    return visitor


def test_a_removed_reader_leaves_no_trace_in_any_table_or_file(
    visitor, django_capture_on_commit_callbacks
):
    media = django_settings.DATELINE_HOME / "media"
    assert len([p for p in media.rglob("*") if p.is_file()]) == 1
    assert {"people_account", "people_session", "readers_reader"} <= set(traces(MARK))
    assert {f"chats_{name}" for name in ("message", "report", "decision", "appeal")} <= set(
        traces(MARK)
    )
    number = visitor.reader.account_id
    with django_capture_on_commit_callbacks(execute=True):
        remove_reader(by=None, reader=visitor.reader)
    assert traces(MARK) == []
    assert [p for p in media.rglob("*") if p.is_file()] == []
    assert not Account.objects.filter(pk=number).exists()
    assert visitor.me()["reader"] is None
    assert visitor.client.get("/account/")["Location"].startswith("/account/login/")
    assert Reader.objects.get().display_name == "Bea"


def test_what_is_taken_along_is_complete(visitor):
    answer = visitor.client.post("/account/export/")
    assert answer["Content-Type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    every = ["account.json", "chats.json", "letters.json", "picture.jpg"]
    assert sorted(packed.namelist()) == every
    talk = json.loads(packed.read("chats.json"))
    assert [MARK in row["text"] for row in talk["messages"]] == [True] * 4
    told = json.loads(packed.read("account.json"))
    assert told["name"] == f"{MARK} one"
    assert told["mail"] == [{"email": f"{MARK}@example.org", "verified": True}]
    assert told["muted_words"] == [f"{MARK}word"]
    assert told["muted_readers"] == ["Bea"]
    assert told["second_factors"][0]["type"] == "totp"
    assert told["consents"][0]["text"].startswith("I agree")
    assert told["sessions"][0]["agent"] == f"Firefox/{MARK}"
    assert f"{MARK}secret" not in packed.read("account.json").decode()
    assert "argon2" not in packed.read("account.json").decode()
    # Every field of the row is told, or has its reason not to be.
    kept = {field.name for field in Reader._meta.concrete_fields}
    untold = {"id", "account", "name_key", "avatar"}
    assert kept - untold == {
        "display_name",
        "slug",
        "language",
        "theme",
        "tells_replies",
        "tells_mentions",
        "hides_chats",
        "verified_at",
        "created_at",
    }


def test_another_room_tells_its_part(visitor, monkeypatch):
    monkeypatch.setattr(everything, "_tells", {"messages": lambda reader: [{"text": "Good."}]})
    packed = zipfile.ZipFile(io.BytesIO(everything.zip_of(visitor.reader)))
    assert json.loads(packed.read("messages.json")) == [{"text": "Good."}]


def test_another_room_forgets_before_the_account_goes(visitor, monkeypatch):
    seen = []

    def forgets(reader):
        seen.append(reader.display_name)
        return lambda: seen.append(Reader.objects.filter(pk=reader.pk).exists())

    monkeypatch.setattr(actions, "_forgets", [forgets])
    remove_reader(by=None, reader=visitor.reader)
    assert seen == [f"{MARK} one", True]


def test_the_runner_removes_after_fourteen_days_and_not_before(other, time_machine):
    time_machine.move_to(NOON, tick=False)
    ask_to_leave(by=other.account, reader=other)
    ask_to_leave(by=other.account, reader=other)
    almost = NOON + GRACE - timedelta(seconds=1)
    time_machine.move_to(almost, tick=False)
    run_due(since=almost, now=almost)
    assert Reader.objects.filter(pk=other.pk).exists()
    time_machine.move_to(NOON + GRACE, tick=False)
    run_due(since=almost, now=NOON + GRACE)
    assert not Reader.objects.filter(pk=other.pk).exists()


def test_who_stays_stays(other, time_machine):
    time_machine.move_to(NOON, tick=False)
    ask_to_leave(by=other.account, reader=other)
    stay(by=other.account, reader=other)
    time_machine.move_to(NOON + GRACE, tick=False)
    run_due(since=NOON, now=NOON + GRACE)
    assert Reader.objects.filter(pk=other.pk).exists()


def test_a_member_of_staff_who_leaves_keeps_the_account(room):
    reader = register_reader(
        by=room.editor, joining=Joining(mail="", name="Ina Falk", language="en")
    )
    remove_reader(by=None, reader=reader)
    assert Account.objects.filter(pk=room.editor.pk).exists()
    assert not Reader.objects.exists()


def test_leaving_is_asked_for_by_the_reader_alone(ada):
    visitor = Visitor()
    visitor.log_in("ada@example.org")
    assert visitor.client.get("/account/leaving/").status_code == 200
    visitor.client.post("/account/leaving/", {"how": "leave"})
    assert Departure.objects.get().reader == ada
    assert b"will be deleted on" in visitor.client.get("/account/").content
    visitor.client.post("/account/leaving/", {"how": "stay"})
    assert not Departure.objects.exists()
    assert len(delivered()) == 1
