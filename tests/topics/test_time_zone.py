"""An edition's time zone exists: each of its pages is rendered in it."""

import pytest
from django.core.exceptions import ValidationError

from dateline.topics.actions import save_edition
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zone", ["Europe/Vienna", "UTC", "Asia/Kathmandu"])
def test_a_zone_that_exists_is_stored(zone):
    edition = a_newsroom().edition
    edition.timezone = zone
    assert save_edition(by=None, edition=edition).timezone == zone


@pytest.mark.parametrize("zone", ["Vienna", "europe/vienna", "../UTC", "/etc/passwd", "CET "])
def test_another_is_refused(zone):
    edition = a_newsroom().edition
    edition.timezone = zone
    with pytest.raises(ValidationError) as refused:
        save_edition(by=None, edition=edition)
    assert list(refused.value.message_dict) == ["timezone"]
