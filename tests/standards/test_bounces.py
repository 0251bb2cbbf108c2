"""What comes back of mail: DSN, ARF, status codes, signed addresses, and what only looks so."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.standards.bounces.leaving import asked_at
from dateline.standards.bounces.reports import Report, read_reports
from dateline.standards.bounces.status import Status, Verdict, best_status, verdict_of
from dateline.standards.bounces.verp import Use, delivery_in, verp_address
from dateline.standards.errors import CopyError
from tests.standards.shared import CORPORA, WIREDATA, hostile, needs_corpora, needs_wiredata

MAILS = Path(__file__).with_name("bounces")
BACK = "bounces+2n-abcdefghijklmnop@news.example"
SECRET = b"a secret of the house"
MAILBOX = "bounces@news.example"


def mail(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def test_a_letter_that_came_back():
    gone, full = read_reports(mail("failed"))
    assert gone == Report(
        verdict=Verdict.HARD,
        address="lena@reader.example",
        status="5.1.1",
        words="550 5.1.1 <lena@reader.example>: Recipient address rejected: "
        "user unknown in local table",
        message_id="<letter.95@news.example>",
        came_to=(BACK,),
    )
    assert (full.verdict, full.address, full.status) == (
        Verdict.SOFT,
        "full@reader.example",
        "5.2.2",
    )


def test_a_letter_that_waits():
    (late,) = read_reports(mail("delayed"))
    assert (late.verdict, late.status) == (Verdict.DELAYED, "4.4.1")
    assert late.message_id == "<letter.95@news.example>"


def test_lines_may_end_either_way():
    assert read_reports(mail("failed").replace(b"\n", b"\r\n")) == read_reports(mail("failed"))


def test_a_complaint():
    (complaint,) = read_reports(mail("complaint"))
    assert complaint == Report(
        verdict=Verdict.COMPLAINT,
        address="lena@reader.example",
        status="",
        words="abuse",
        message_id="<letter.95@news.example>",
        came_to=("abuse@news.example",),
    )
    hidden = mail("complaint").replace(b"<lena@reader.example>\nArrival", b"redacted\nArrival")
    assert read_reports(hidden)[0].address == ""
    wanted = mail("complaint").replace(b"Type: abuse", b"Type: not-spam")
    assert read_reports(wanted)[0].verdict is Verdict.DELIVERED


def test_a_report_inside_a_letter_is_not_about_us():
    inner = mail("failed").decode()
    outer = "To: x@news.example\nContent-Type: message/rfc822\n\n" + inner
    with pytest.raises(CopyError) as refused:
        read_reports(outer.encode())
    assert refused.value.code == "no-report"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-report"),
        (b"\x00\xff" * 500, "no-report"),
        (mail("away"), "no-report"),
        (b"x" * ((2 << 20) + 1), "too-large"),
        (mail("failed").replace(b"Action: failed\n", b""), "no-report"),
    ],
    ids=["empty", "binary", "away", "large", "no-action"],
)
def test_what_is_no_report(data, code):
    with pytest.raises(CopyError) as refused:
        read_reports(data)
    assert refused.value.code == code


def test_nested_without_end():
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    with pytest.raises(CopyError):
        read_reports(head)


@pytest.mark.parametrize(
    "piece",
    [
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 100_000,
        b"To: " + b"a@b, " * 200_000 + b"\n\n",
        b"To: " + b"(" * 200_000 + b"\n\n",
        b"Content-Type: multipart/report; " + b"boundary*0=x; " * 20_000 + b"\n\n",
        b"Content-Type: message/feedback-report\n\nFeedback-Type: " + b"\xff" * 100_000 + b"\n",
    ],
    ids=range(6),
)
def test_bombs_cost_little(piece):
    began = time.process_time()
    _read(piece)
    assert time.process_time() - began < 3


def _read(data: bytes) -> None:
    """Read anything: it is read, or refused, and never a crash."""
    try:
        found = read_reports(data)
    except CopyError:
        return
    assert len(found) <= 300
    for one in found:
        assert len(one.words) <= 500
        assert "\n" not in one.address + one.message_id + one.words


@given(st.binary(max_size=2000), st.integers(0, 1500))
def test_a_report_that_was_damaged(noise, at):
    for name in ("failed", "complaint"):
        _read(mail(name)[:at] + noise + mail(name)[at:])


@needs_corpora
@pytest.mark.parametrize(
    "family", sorted(path.stem for path in CORPORA.glob("*.jsonl")) or ["email"]
)
def test_hostile_fields(family):
    everything = list(hostile(family))
    for _, payload in random.Random(3464).sample(everything, min(40, len(everything))):
        for field in (b"Lena@reader.example", b"5.0.0", b"<letter.95@news.example>", b'"A1"'):
            _read(mail("failed").replace(field, payload))
        _read(mail("complaint").replace(b"abuse", payload))
        for whole in (payload, b"To: " + payload + b"\n\nx"):
            _read(whole)
            assert all(address == address.lower() for address in asked_at(whole))


@needs_wiredata
def test_copy_of_every_kind_is_no_report():
    files = [path for path in sorted(WIREDATA.rglob("*")) if path.is_file()]
    assert files
    for path in files:
        with path.open("rb") as file:
            data = file.read(50_000)
        with pytest.raises(CopyError):
            read_reports(data)
        asked_at(data)


@pytest.mark.parametrize(
    ("told", "words", "verdict"),
    [
        ("5.1.1", "", Verdict.HARD),
        ("5.1.2", "", Verdict.HARD),
        ("5.1.10", "null MX", Verdict.HARD),
        ("5.2.1", "mailbox disabled", Verdict.HARD),
        ("5.4.1", "recipient rejected", Verdict.HARD),
        ("5.0.0", "550 5.1.1 nobody", Verdict.HARD),
        ("5.0.0", "550 User unknown", Verdict.HARD),
        ("", "550 No such user here", Verdict.HARD),
        ("5.2.2", "552 full", Verdict.SOFT),
        ("5.7.1", "550 blocked: user unknown to our list", Verdict.SOFT),
        ("5.7.26", "unauthenticated", Verdict.SOFT),
        ("5.3.4", "too large", Verdict.SOFT),
        ("5.0.0", "554 no", Verdict.SOFT),
        ("4.2.2", "", Verdict.SOFT),
        ("", "450 4.1.1 user unknown", Verdict.SOFT),
        ("", "451 later", Verdict.SOFT),
        ("", "", Verdict.SOFT),
        ("2.0.0", "", Verdict.DELIVERED),
    ],
)
def test_what_a_status_means(told, words, verdict):
    assert verdict_of(best_status(told, words), words) is verdict


def test_an_address_of_numbers_is_no_status():
    assert Status.found_in("from 192.5.1.1 and 5.1.1.7") is None
    assert str(Status.found_in("smtp; 550 5.7.26 no")) == "5.7.26"


@given(st.integers(0, 2**63 - 1))
def test_an_address_names_its_letter(number):
    made = verp_address(MAILBOX, number, SECRET)
    assert len(made.partition("@")[0]) <= 64
    assert delivery_in(made, MAILBOX, SECRET) == number
    assert delivery_in(made.upper(), MAILBOX, SECRET) == number
    assert delivery_in(made, MAILBOX, b"another secret") is None
    assert delivery_in(made.replace("+", "+1"), MAILBOX, SECRET) is None
    assert delivery_in(made, "bounces@other.example", SECRET) is None
    leave = verp_address(MAILBOX, number, SECRET, Use.LEAVE)
    assert len(leave.partition("@")[0]) <= 64
    assert delivery_in(leave, MAILBOX, SECRET, Use.LEAVE) == number
    # Neither stands for the other, also when the mark is put before it or taken away.
    for one, use in ((leave, Use.BOUNCE), (made, Use.LEAVE)):
        changed = one.replace("leave-", "") if use is Use.BOUNCE else one.replace("+", "+leave-")
        assert delivery_in(one, MAILBOX, SECRET, use) is None
        assert delivery_in(changed, MAILBOX, SECRET, use) is None


@given(st.text())
def test_nobody_makes_an_address_up(text):
    assert delivery_in(text, MAILBOX, SECRET) is None
    assert delivery_in(f"bounces+{text}@news.example", MAILBOX, SECRET) is None
    assert delivery_in(f"bounces+leave-{text}@news.example", MAILBOX, SECRET, Use.LEAVE) is None


@pytest.mark.parametrize("mailbox", ["", "bounces", "@news.example", "b" * 60 + "@news.example"])
def test_a_mailbox_that_cannot_carry_a_number(mailbox):
    with pytest.raises(CopyError) as refused:
        verp_address(mailbox, 1, SECRET)
    assert refused.value.code == "bad-address"


LEAVE = "bounces+leave-2n-abcdefghijklmnop@news.example"


@pytest.mark.parametrize(
    "head",
    [
        f"To: {LEAVE}",
        f"to: {LEAVE.upper()}\nAuto-Submitted: no",
        f"To: Ended <{LEAVE}>\nSubject: =?klingon?B?//8=?=\nAuto-Submitted: auto-generated",
        f"To: list@reader.example\nDelivered-To: {LEAVE}\nSubject: \udcff\udcfe",
        f"To: {LEAVE}\nContent-Type: text/plain; charset=none\nReturn-Path: <a@b.example>",
    ],
    ids=range(5),
)
@pytest.mark.parametrize("text", [b"", b"unsubscribe", b"\xff\xfe" * 5_000_000])
def test_a_mail_asks_by_the_address_it_came_to(head, text):
    data = head.encode(errors="surrogateescape") + b"\n\n" + text
    assert LEAVE in asked_at(data)


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: Auto-Replied (vacation); owner-email=lena@reader.example",
        "Auto-Submitted: auto-notified",
        "Return-Path: <>",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="A"',
        "X-Filler: " + "x" * (64 << 10),
    ],
)
def test_no_machine_asks_to_leave(head):
    assert asked_at(f"{head}\nTo: {LEAVE}\n\nhello".encode()) == ()


@given(st.binary(max_size=3000))
def test_whatever_comes_asks_for_nothing(data):
    assert asked_at(b"X: y\n\n" + data) == ()
    asked_at(data)
