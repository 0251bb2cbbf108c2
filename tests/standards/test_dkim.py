"""Signatures of letters: as the standards' own examples have them, and nothing slips in."""

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from dateline.standards.dkim import (
    SIGNED,
    DkimKey,
    Kind,
    dkim_key,
    has_held,
    new_key,
    public_in,
    relaxed_body,
    signed,
    tags_of,
)
from dateline.standards.errors import CopyError

# RFC 8463, appendix A: the key and the letter that it signed.
SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
EXAMPLE = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""
LETTER = b"""From: Meridian <desk@news.example>
To: lena@reader.example
Subject: Talks fail
Date: Sun, 29 Nov 2026 20:00:00 +0000
List-Unsubscribe: <https://news.example/x>,
 <mailto:bounces+leave-1@news.example>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Content-Type: text/plain

The talks ended.\t Without  a date.\x20
.
""".replace(b"\n", b"\r\n")


def example_key():
    private = Ed25519PrivateKey.from_private_bytes(b64decode(SEED))
    return DkimKey("football.example.com", "brisbane", private)


@pytest.fixture(params=Kind)
def key(request):
    return dkim_key(new_key(request.param), domain="news.example", selector="s1")


def test_the_standards_example_holds():
    key = example_key()
    assert key.public == PUBLIC
    assert has_held(EXAMPLE, key) is True
    assert has_held(EXAMPLE.replace(b"\n", b"\r\n"), key) is True
    assert has_held(EXAMPLE.replace(b"dinner", b"supper"), key) is False
    assert has_held(EXAMPLE.replace(b"hungry", b"thirsty"), key) is False


@pytest.mark.parametrize(
    ("body", "relaxed"),
    [
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),  # RFC 6376, section 3.4.5
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b" \t\r\n \r\n", b""),
        (b"a", b"a\r\n"),
        (b"a\t\t\t \r\n\r\nb" + b" " * 999, b"a\r\n\r\nb\r\n"),
    ],
)
def test_a_body_is_signed_without_what_servers_change(body, relaxed):
    assert relaxed_body(body) == relaxed


def test_a_letter_is_signed_and_stays_as_it_was(key):
    made = signed(LETTER, [key], at=1_796_000_000)
    assert made.endswith(LETTER)
    field = made.removesuffix(LETTER)
    assert all(len(line) <= 78 for line in field.split(b"\r\n"))
    tags = tags_of(field.decode().partition(":")[2])
    assert (tags["d"], tags["s"], tags["t"]) == ("news.example", "s1", "1796000000")
    assert tags["a"] == f"{key.kind}-sha256"
    assert has_held(made, key) is True
    assert has_held(LETTER, key) is None


def test_each_key_signs_the_letter_alone():
    keys = [dkim_key(new_key(kind), domain="news.example", selector=kind) for kind in Kind]
    made = signed(LETTER, keys, at=1)
    assert [has_held(made, one) for one in keys] == [True, True]


@pytest.mark.parametrize("name", SIGNED)
def test_nobody_adds_or_changes_a_field(key, name):
    made = signed(LETTER, [key], at=1)
    for added in (
        f"{name}: evil\r\n".encode() + made,
        made.replace(b"\r\n\r\n", f"\r\n{name}: evil\r\n\r\n".encode(), 1),
    ):
        assert has_held(added, key) is False
    assert has_held(b"Received: by mail.example\r\n" + made, key) is True


def test_servers_may_fold_and_space_as_they_like(key):
    made = signed(LETTER, [key], at=1)
    even = made.replace(b"Subject: Talks fail", b"subject :  Talks\r\n\tfail")
    assert has_held(even.replace(b"\r\n", b"\n"), key) is True
    assert has_held(made.replace(b"Talks", b"Talk s"), key) is False


@pytest.mark.parametrize("value", [b"b=!!;", b"b=", b"b=AAAA"])
def test_a_signature_that_is_none_does_not_hold(key, value):
    made = signed(LETTER, [key], at=1)
    begin = made.index(b"b=", made.index(b"bh=") + 3)
    end = made.index(b"From:", begin)
    assert has_held(made[:begin] + value + b"\r\n" + made[end:], key) is False


@pytest.mark.parametrize(
    "text",
    [
        "{record}",
        's1._domainkey.news.example. IN TXT "{first}" "{rest}"',
        's1._domainkey.news.example. 300 IN TXT ("{first}"\n  "{rest}")',
        '"v=DKIM1; t=s; k=x; p={public}"\n',
    ],
)
def test_a_record_is_read_as_it_is_published(key, text):
    record = key.record
    told = text.format(record=record, first=record[:99], rest=record[99:], public=key.public)
    assert public_in(told) == key.public
    assert public_in("v=spf1 ~all") == ""


def pem(private, how=None):
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how or NoEncryption())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff" * 99,
        new_key(Kind.RSA)[:-200],
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(Ed25519PrivateKey.generate(), BestAvailableEncryption(b"locked")),
    ],
    ids=["empty", "binary", "cut", "curve", "locked"],
)
def test_what_is_no_key_is_refused(data):
    with pytest.raises(CopyError) as refused:
        dkim_key(data, domain="news.example", selector="s1")
    assert refused.value.code == "bad-key"


def test_a_key_is_as_long_as_the_standard_wants(key):
    if key.kind is Kind.RSA:
        assert isinstance(key.private, rsa.RSAPrivateKey)
        assert key.private.key_size == 2048
    assert len(key.record) < 1000
