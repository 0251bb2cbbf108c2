"""Looks into a mailbox: nothing in it is lost, and nothing holds up the rest for ever."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from structlog.testing import capture_logs

from dateline.common import clock
from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.mail.mailbox import Mailbox
from tests.standards.test_bounces import mail
from tests.subscriptions.mailbox_double import Imap, Pop, mailbox
from tests.subscriptions.test_returns import about, delivery, delivery_state, own

__all__ = ["delivery", "own"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def looks(box, times, time_machine):
    """Look into a box some times, a minute apart; return how many mails were taken each time."""
    taken = []
    for _ in range(times):
        taken.append(box.work())
        time_machine.move_to(clock.now() + timedelta(minutes=1))
    return taken


def long(data, length):
    """Return a mail with one line so long, without a line end, in its first part."""
    head, mark, rest = data.partition(b"\n\n")
    return head + b"\nX-Long: " + b"a" * length + mark + rest


@pytest.mark.parametrize("kind", [Pop, Imap])
@pytest.mark.parametrize("length", [998, 2_048, 2_049, 100_000, MOST_BYTES // 2])
def test_a_line_may_be_as_long_as_a_mail(delivery, time_machine, kind, length):
    with mailbox(kind) as (box, address):
        box.mails = {
            "1": long(about(delivery, "complaint"), length),
            "2": long(mail("away"), length),
            "3": mail("failed"),
        }
        looker = Mailbox(lambda: address)
        assert looks(looker, 2, time_machine) == [2, 0]
        assert list(box.mails) == ["2"]
        assert len(box.fetched) == 3
    assert delivery_state(delivery) == "complained"


@pytest.mark.parametrize(("kind", "taken"), [(Pop, 2), (Imap, 1)])
def test_a_mail_that_cannot_be_read_is_tried_and_then_left_to_a_person(
    delivery, time_machine, kind, taken
):
    with mailbox(kind) as (box, address):
        box.mails = {
            "1": mail("failed"),
            "2": mail("away"),
            "3": about(delivery, "complaint"),
        }
        box.cut = {"2"}
        looker = Mailbox(lambda: address)
        with capture_logs() as logs:
            assert looks(looker, 5, time_machine) == [0, 0, 0, taken, 0]
        assert list(box.mails) == ["2"]
        said = Counter(one["event"] for one in logs if one["log_level"] == "warning")
        assert said == {"mailbox away": 3, "mail left to a person": 1}
        del box.mails["2"]
        looks(looker, 1, time_machine)
        known = looker.by_pop.left, looker.by_pop.failed, looker.by_imap.failed
        assert known == (set(), {}, {})
    assert delivery_state(delivery) == "complained"


@pytest.mark.parametrize("kind", [Pop, Imap])
def test_a_mail_that_the_database_could_not_take_is_taken_the_next_time(
    delivery, time_machine, kind
):
    failing = []

    def away(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and len(failing) < 2:
            failing.append(sql)
            raise OperationalError("the database is away")
        return execute(sql, params, many, context)

    with mailbox(kind) as (box, address), connection.execute_wrapper(away):
        box.mails = {"1": mail("failed"), "2": about(delivery, "complaint"), "3": mail("away")}
        looker = Mailbox(lambda: address)
        for _ in range(2):
            with pytest.raises(OperationalError):
                looker.work()
            assert list(box.mails) == ["2", "3"]
            time_machine.move_to(clock.now() + timedelta(minutes=1))
        assert looks(looker, 2, time_machine) == [1, 0]
        assert list(box.mails) == ["3"]
    assert delivery_state(delivery) == "complained"
