"""Every cause of the ledger is told in words; a number alone tells nobody anything."""

import re

import pytest

from dateline.newsfeed.enums import Ended
from dateline.subscriptions.causes import in_words
from dateline.subscriptions.enums import Cause, Stop


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("", ""),
        ("paused", "Paused"),
        ("550 5.1.1", "The address does not exist"),
        ("5.1.1", "The address does not exist"),
        ("552 5.2.2", "The mailbox is full"),
        ("550 5.2.1", "The mailbox takes no mail"),
        ("550 5.7.1", "Its mail server refuses letters like this"),
        ("451 4.7.1", "Its mail server refuses letters like this"),
        ("421", "Its server asked to wait"),
        ("550", "Its mail server refused it"),
        ("554 5.5.0", "Its mail server refused it"),
    ],
)
def test_what_a_mail_server_said_is_told_by_its_kind(cause, words):
    assert in_words(cause) == words


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("410", "No browser takes notifications any more"),
        ("404", "No browser takes notifications any more"),
        ("413", "The push service refused it"),
        ("503", "The push service refused it"),
        ("no-browser", "No browser takes notifications any more"),
    ],
)
def test_what_a_push_service_said_is_no_answer_of_a_mail_server(cause, words):
    assert in_words(cause, "push") == words


def test_how_an_alert_ended_and_how_somebody_stopped_are_causes():
    assert {*Ended.values, *Stop.values} <= set(Cause.values)
    assert all(re.fullmatch(r"[a-z-]{1,60}", value) for value in Cause.values)
