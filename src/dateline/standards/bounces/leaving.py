"""Mails by which somebody leaves: the address that one came to says it all, whatever its text."""

from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from dateline.standards.bounces.reports import came_to
from dateline.standards.text.clean import fold

_MOST_HEAD = 64 << 10
_ANSWERS = ("auto-replied", "auto-notified")


def asked_at(data: bytes) -> tuple[str, ...]:
    """Return the addresses that a mail came to, in lower case; none for a machine's answer.

    A mail program may write it when its button is pressed (`auto-generated`), but nobody has
    asked for anything by an absence or a report.

    Shape: of `data` the first 64 KiB of the head are read.
    Source: RFC 3834, section 5, and RFC 5436 (what machines say of their answers); RFC 5321,
        section 4.5.5 (from whom reports come).
    """
    head = BytesHeaderParser(policy=compat32).parsebytes(data[:_MOST_HEAD])
    return () if _is_answer(head) else came_to(head)


def _is_answer(head: Message) -> bool:
    word = fold(str(head.get("Auto-Submitted", ""))).lower()
    is_from_nobody = fold(str(head.get("Return-Path", ""))) == "<>"
    is_report = head.get_content_type() == "multipart/report"
    return word.startswith(_ANSWERS) or is_from_nobody or is_report
