import pytest
from django.db import connection, transaction

from dateline.journal.errors import OutsideTransaction
from dateline.journal.models import JournalLine
from dateline.journal.record import record, record_all
from dateline.people.entries import PersonChanged


def entries(*numbers):
    return [PersonChanged(edition="", person=number) for number in numbers]


@pytest.mark.django_db
def test_many_entries_are_written_in_order_with_one_insert(django_assert_num_queries):
    first = record(entries(1)[0])
    # PostgreSQL asks for its turn first; SQLite has it since the transaction began.
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        numbers = record_all(entries(2, 3, 4))
    assert numbers == [first + 1, first + 2, first + 3]
    written = JournalLine.objects.filter(seq__in=numbers).order_by("seq")
    assert [line.subject for line in written] == ["person:2", "person:3", "person:4"]


@pytest.mark.django_db
def test_nothing_to_write_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert record_all([]) == []


@pytest.mark.usefixtures("committed")
def test_all_are_told_after_the_commit_in_order(monkeypatch):
    told = []
    monkeypatch.setattr("dateline.journal.record._after_commit", [lambda *one: told.append(one)])
    with transaction.atomic():
        numbers = record_all(entries(7, 8))
        assert told == []
    assert told == list(zip(numbers, entries(7, 8), strict=True))


@pytest.mark.usefixtures("committed")
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(OutsideTransaction):
        record_all(entries(1))
    assert JournalLine.objects.count() == 0
