"""The journal and real commits: nothing apart from its change, nothing lost among many writers."""

import random
import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction

from dateline.journal import record as recording
from dateline.journal.errors import OutsideTransaction
from dateline.journal.models import JournalLine
from dateline.journal.queries import head, replay
from dateline.journal.record import record
from dateline.topics.entries import TopicChanged
from tests.journal.samples import an_entry

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed")]
WRITERS, EACH = 8, 25


class Undone(Exception):
    pass


@transaction.atomic
def record_and_undo():
    record(an_entry("topic-changed"))
    raise Undone


def test_recording_outside_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction) as refused:
        record(an_entry("topic-changed"))
    assert refused.value.data == {"kind": "topic-changed"}
    assert JournalLine.objects.count() == 0


def test_an_entry_goes_with_its_change():
    with pytest.raises(Undone):
        record_and_undo()
    assert JournalLine.objects.count() == 0


def test_others_are_told_after_the_commit_and_not_of_what_was_undone(monkeypatch):
    told = []
    monkeypatch.setattr(recording, "_after_commit", [lambda seq, entry: told.append(seq)])
    with transaction.atomic():
        kept = record(an_entry("topic-changed"))
        with pytest.raises(Undone):
            record_and_undo()
        assert told == []
    assert told == [kept]


def _write(number, written, failed):
    try:
        chance = random.Random(number)
        for count in range(EACH):
            with transaction.atomic():
                entry = TopicChanged(edition="en", topic=number * 1000 + count)
                written.append(record(entry))
                time.sleep(chance.choice((0, 0, 0.001, 0.003)))
    except DatabaseError as error:
        failed.append(error)
    finally:
        connection.close()


def _follow(last, seen, writing):
    """Read as every effect and every stream does: everything after the last number seen."""
    while True:
        was_writing = writing.is_set()
        for recorded in replay(last):
            seen.append((recorded.seq, recorded.entry.topic))
            last = recorded.seq
        if not was_writing and head() == last:
            connection.close()
            return


def test_a_reader_behind_eight_writers_misses_nothing():
    written, failed, seen = [], [], []
    writing = threading.Event()
    writing.set()
    reader = threading.Thread(target=_follow, args=(head(), seen, writing))
    reader.start()
    writers = [
        threading.Thread(target=_write, args=(number, written, failed)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    writing.clear()
    reader.join(30)
    assert failed == []
    assert [seq for seq, _ in seen] == sorted(written)
    assert len(seen) == WRITERS * EACH
    for number in range(WRITERS):
        own = [topic for _, topic in seen if topic // 1000 == number]
        assert own == [number * 1000 + count for count in range(EACH)]
