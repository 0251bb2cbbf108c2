"""Server processes count their readers together."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.publishing.models import Reading
from dateline.publishing.presence import KEPT_FOR, Census

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False)
    return time_machine


def test_what_several_processes_count_is_added_up():
    one, other = Census(), Census()
    assert one.share({"live:7": 2, "chat:1": 1}) == {"live:7": 2, "chat:1": 1}
    assert other.share({"live:7": 3}) == {"live:7": 5, "chat:1": 1}
    assert one.share({"live:7": 1}) == {"live:7": 4}
    assert one.share({}) == {"live:7": 3}


def test_a_process_that_is_gone_counts_no_more(noon):
    one, other = Census(), Census()
    one.share({"live:7": 2})
    noon.shift(KEPT_FOR + timedelta(seconds=1))
    assert other.share({"live:7": 3}) == {"live:7": 3}
    noon.shift(KEPT_FOR + timedelta(seconds=1))
    other.share({"live:7": 3})
    assert Reading.objects.count() == 1


def test_who_has_no_readers_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert Census().share({}) == {}
