"""Alignment of domains, and what a letter that arrived says of its way."""

import pytest

from dateline.standards.dmarc import Alignment, Signature, alignment_of, read_received
from dateline.standards.errors import CopyError

ARRIVED = b"""Return-Path: <bounces+1-abc@Bounces.news.example>
Authentication-Results: mx.elsewhere.example (built by a spf=fail machine);
 spf=softfail smtp.mailfrom=bounces.news.example;
 dkim=pass header.d=news.example; dkim=fail header.d=other.example; DMARC=pass
Authentication-Results: forged.example; spf=pass; arc=pass
DKIM-Signature: v=1; a=rsa-sha256; d=News.example; s=k1;
 h=From:To:List-Unsubscribe :
 List-Unsubscribe-Post; bh=x; b=y=
From: =?utf-8?b?0JzQtdGA0LjQtNC40LDQvQ==?= <desk@news.example>

Hello
"""


@pytest.mark.parametrize(
    ("domain", "sender", "expected"),
    [
        ("news.example", "news.example", Alignment.SAME),
        ("News.Example.", "news.example", Alignment.SAME),
        ("bounces.news.example", "news.example", Alignment.BELOW),
        ("news.example", "letters.news.example", Alignment.BELOW),
        ("a.news.example", "b.news.example", Alignment.SIBLINGS),
        ("one.co.uk", "two.co.uk", Alignment.SIBLINGS),
        ("other.example", "news.example", Alignment.NONE),
        ("badnews.example", "news.example", Alignment.NONE),
        ("", "news.example", Alignment.NONE),
    ],
)
def test_how_a_domain_stands_to_the_senders(domain, sender, expected):
    assert alignment_of(domain, sender) is alignment_of(sender, domain) is expected


def test_a_letter_that_arrived_tells_of_its_way():
    read = read_received(ARRIVED)
    assert (read.sender, read.returns_to) == ("news.example", "bounces.news.example")
    covers = frozenset({"from", "to", "list-unsubscribe", "list-unsubscribe-post"})
    assert read.signatures == (Signature("news.example", "k1", covers),)
    assert read.results == {"spf": "softfail", "dkim": "pass", "dmarc": "pass"}


def test_a_letter_that_nobody_signed_or_looked_at_tells_little():
    read = read_received(b"From: desk@news.example\n\nHello\n")
    assert (read.returns_to, read.signatures, read.results) == ("", (), {})


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "no-sender"), (b"\xff\x00 not a letter", "no-sender"), (b"x" * (3 << 20), "too-large")],
)
def test_what_is_no_letter_is_refused(data, code):
    with pytest.raises(CopyError) as refused:
        read_received(data)
    assert refused.value.code == code
