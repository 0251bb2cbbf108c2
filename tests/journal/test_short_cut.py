"""What is called after a commit may fail; the commit stands, and so does the answer."""

import pytest
from django.db import transaction

from dateline.journal import record
from tests.factories import a_newsroom


@pytest.mark.django_db
def test_a_short_cut_that_fails_fails_alone(monkeypatch, django_capture_on_commit_callbacks):
    told = []

    def break_down(seq, entry):
        told.append(seq)
        raise OSError("The ring cannot be opened.")

    monkeypatch.setattr(record, "_after_commit", [break_down])
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        a_newsroom()
    assert told == sorted(told)
    assert len(told) == 4
