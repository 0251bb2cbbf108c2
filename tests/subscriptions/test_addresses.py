"""Who is written to at an address is found by an index, however many subscribers there are."""

import pytest
from django.db import connection

from dateline.subscriptions.actions import Told, move_subscriber, subscriber_for
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import subscriber_with_mail
from tests.factories import a_reader
from tests.subscriptions.following import a_follower

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OLD, NEW = "old@news.example", "new@news.example"
WAYS = {
    "found": lambda room: subscriber_with_mail(OLD),
    "made": lambda room: subscriber_for(by=None, mail=NEW, edition=room.edition),
    "a reader": lambda room: subscriber_for(
        by=None, mail=OLD, edition=room.edition, reader=a_reader("Lena")
    ),
    "moved": lambda room: move_subscriber(
        by=None, subscriber=subscriber_with_mail(OLD), mail=NEW, told=Told()
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_an_address_is_found_without_reading_all_of_them(room, name):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    a_follower(room, OLD, "front:en")
    plans = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                plans.extend(row[3] for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        WAYS[name](room)
    assert [line for line in plans if line.startswith("SCAN subscriptions_subscriber")] == []
    assert any("subscriptions_one_mail" in line for line in plans)


@pytest.mark.parametrize("mail", ["old@news.example", "Old@News.example"])
def test_an_address_is_one_in_capitals_or_not(room, mail):
    one = a_follower(room, OLD)
    assert subscriber_with_mail(mail) == one


def test_no_address_is_nobodys(room):
    Subscriber.objects.create(edition=room.edition)
    assert subscriber_with_mail("") is None
