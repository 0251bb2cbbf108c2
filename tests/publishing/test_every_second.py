"""What is asked every second must not read every story."""

from datetime import timedelta

import pytest
from django.db import connection

from dateline.common import clock
from dateline.publishing.scheduler import _no_longer_breaking
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db


def test_what_stopped_to_be_breaking_is_found_by_index():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    room, now = a_newsroom(), clock.now()
    plan = _no_longer_breaking(room.edition, now - timedelta(seconds=1), now).explain()
    found = "USING INDEX story_by_edition (edition_id=? AND live=? AND published_at>? AND "
    assert found in plan
