"""Entries go into the journal and come out as they were, or not at all."""

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from dateline.journal.actions import move_cursor
from dateline.journal.entries import Audience, Entry, entry_type
from dateline.journal.errors import EntryRefused
from dateline.journal.models import JournalLine
from dateline.journal.queries import cursor_of, head, replay
from dateline.journal.record import record
from tests.journal.samples import an_entry, dateline_kinds

KINDS = (
    "alert-changed",
    "alert-ended",
    "alert-raised",
    "appeal-changed",
    "chat-closed",
    "chat-mode-changed",
    "chat-opened",
    "edition-changed",
    "front-published",
    "house-words-changed",
    "issue-called-back",
    "issue-changed",
    "issue-decided",
    "issue-scheduled",
    "issue-sent",
    "live-arranged",
    "live-closed",
    "live-desk-changed",
    "live-merged",
    "live-opened",
    "live-post-changed",
    "live-post-deleted",
    "live-post-published",
    "live-reopened",
    "live-summary-changed",
    "message-approved",
    "message-edited",
    "message-featured",
    "message-held",
    "message-posted",
    "message-rejected",
    "message-removed",
    "message-reported",
    "message-taken",
    "model-trained",
    "moderation-decided",
    "month-counted",
    "newsletter-changed",
    "paragraph-corrected",
    "person-changed",
    "picture-changed",
    "picture-ready",
    "reactions-changed",
    "reader-changed",
    "reader-joined",
    "reader-leaving",
    "reader-removed",
    "reader-stayed",
    "section-changed",
    "sending-done",
    "sending-planned",
    "sending-stopped",
    "stories-relinked",
    "story-imported",
    "story-kept",
    "story-published",
    "story-updated",
    "story-withdrawn",
    "storyline-changed",
    "storyline-ended",
    "subscriber-changed",
    "subscriber-stopped",
    "topic-changed",
    "translations-changed",
)


def test_the_kinds_are_these():
    """A stored kind never changes its name; a new one needs a line here."""
    assert tuple(dateline_kinds()) == KINDS


def test_every_process_knows_every_kind():
    code = (
        "import django; django.setup()\n"
        "from dateline.journal.entries import Entry; print(*sorted(Entry.types))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert tuple(said.stdout.split()) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_payload_comes_back_as_the_same_entry(kind):
    entry = an_entry(kind)
    stored = json.loads(json.dumps(entry.payload()))
    assert entry_type(kind).from_payload(stored) == entry


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_field_is_refused(kind):
    stored = an_entry(kind).payload() | {"colour": "red"}
    with pytest.raises(EntryRefused) as refused:
        entry_type(kind).from_payload(stored)
    assert refused.value.data["kind"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_field_is_refused(kind):
    stored = an_entry(kind).payload()
    del stored["edition"]
    with pytest.raises(EntryRefused):
        entry_type(kind).from_payload(stored)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_cannot_be_changed(kind):
    with pytest.raises((FrozenInstanceError, AttributeError)):
        an_entry(kind).edition = "ru"


@pytest.mark.parametrize("kind", KINDS)
def test_only_public_entries_have_channels_and_all_fit_their_columns(kind):
    entry = an_entry(kind)
    assert entry.channels == () or entry.audience is Audience.PUBLIC
    assert (len(entry.kind) <= 40, len(entry.subject) <= 60) == (True, True)
    assert entry.keys


def test_a_kind_that_no_room_knows_is_refused():
    with pytest.raises(EntryRefused) as refused:
        entry_type("comet-sighted")
    assert str(refused.value) == "Entry comet-sighted refused: no room knows this kind."


@pytest.fixture
def loud_staff_entry():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class LoudStaff(Entry):
        kind: ClassVar[str] = "test-loud-staff"
        audience: ClassVar[Audience] = Audience.STAFF

        @property
        def subject(self):
            return "test:1"

        @property
        def channels(self):
            return ("newsfeed:en",)

    yield LoudStaff(edition="en")
    del Entry.types["test-loud-staff"]


@pytest.mark.django_db
def test_a_staff_entry_with_channels_is_refused(loud_staff_entry):
    with pytest.raises(EntryRefused) as refused:
        record(loud_staff_entry)
    assert str(refused.value).endswith("only public entries can have channels.")
    assert JournalLine.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_replay_gives_what_was_recorded(kind, time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False)
    entry = an_entry(kind)
    seq = record(entry)
    [recorded] = replay(seq - 1)
    assert (recorded.seq, recorded.entry) == (seq, entry)
    assert (recorded.keys, recorded.channels) == (entry.keys, entry.channels)
    assert recorded.at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    line = JournalLine.objects.get()
    assert (line.kind, line.audience, line.subject) == (kind, entry.audience, entry.subject)


@pytest.mark.django_db
def test_replay_keeps_the_order_and_the_limit():
    seqs = [record(an_entry(kind)) for kind in KINDS]
    assert seqs == sorted(seqs)
    assert [one.seq for one in replay(seqs[0] - 1)] == seqs
    assert [one.seq for one in replay(seqs[2], limit=3)] == seqs[3:6]
    assert (list(replay(seqs[-1])), head()) == ([], seqs[-1])


@pytest.mark.django_db
def test_a_kind_from_a_newer_house_stops_the_replay():
    seq = record(an_entry("topic-changed"))
    JournalLine.objects.filter(seq=seq).update(kind="comet-sighted")
    with pytest.raises(EntryRefused):
        list(replay(seq - 1))


@pytest.mark.django_db
def test_an_empty_journal_has_no_head():
    JournalLine.objects.all().delete()
    assert (head(), list(replay(0))) == (0, [])


@pytest.mark.django_db
def test_a_cursor_never_moves_back():
    assert cursor_of("press") == 0
    for seq, expected in ((5, 5), (3, 5), (5, 5), (9, 9), (0, 9)):
        move_cursor(name="press", seq=seq)
        assert cursor_of("press") == expected
    assert cursor_of("renditions") == 0
