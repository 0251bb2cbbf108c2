"""Causes of the ledger in words that readers and the desk understand: values in, words out."""

import re

from django.utils.translation import gettext_lazy as _

from dateline.subscriptions.enums import Cause, Channel, State

_STATUS = re.compile(r"(?:^|\s)[245]\.(\d{1,3}\.\d{1,3})$")
_OF_MAIL = {
    "1.": _("The address does not exist"),
    "2.2": _("The mailbox is full"),
    "2.": _("The mailbox takes no mail"),
    "3.": _("Its mail server has troubles"),
    "4.": _("Its mail server could not be reached"),
    "6.": _("Its mail server refuses what it holds"),
    "7.": _("Its mail server refuses letters like this"),
}
"""What the later numbers of an enhanced status mean. Source: RFC 3463, section 3."""
_GONE = frozenset({"404", "410"})


def in_words(cause: str, channel: str = Channel.MAIL) -> str:
    """Return a cause as it is told; empty for none. A server's answer is said by its kind."""
    if cause in Cause.values:
        return str(Cause(cause).label)
    answered = _of_push if channel == Channel.PUSH else _of_mail
    return answered(cause) if cause else ""


def _of_push(status: str) -> str:
    return str(Cause.NO_BROWSER.label if status in _GONE else _("The push service refused it"))


def _of_mail(code: str) -> str:
    found = _STATUS.search(code)
    kinds = (words for start, words in _OF_MAIL.items() if found and found[1].startswith(start))
    refused = Cause.RESTING.label if code.startswith("4") else _("Its mail server refused it")
    return str(next(kinds, refused))


_CAN_PASS = frozenset({Cause.NO_BROWSER, Cause.TOO_MANY})


def may_go_again(state: str, cause: str) -> bool:
    """Say whether somebody at the desk may have sent again what ended like this.

    What was withdrawn, and what somebody ended, paused or complained of, stays where it is.
    """
    if state == State.SKIPPED:
        return cause in _CAN_PASS
    return state in {State.BOUNCED, State.UNCERTAIN}
