"""WebSub, the hub's side: requests, questions back, what is sent."""

import hashlib
import hmac
import random
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.standards.errors import CopyError
from dateline.standards.websub import (
    LEASE,
    Asked,
    asked_in,
    content_headers,
    denial_url,
    is_confirmed,
    verification_url,
)
from tests.standards.shared import hostile, needs_corpora

TOPIC = "https://news.example/world/feed.xml"
CALLBACK = "https://reader.example/in?foo=bar&red=fish"
FORM = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK}


def test_the_least_one_may_ask():
    assert asked_in(FORM) == Asked(mode="subscribe", topic=TOPIC, callback=CALLBACK)
    assert asked_in(FORM | {"hub.more": "x", "y": ""}) == asked_in(FORM)


@pytest.mark.parametrize(
    ("told", "lease"),
    [
        ("", LEASE),
        ("3600", timedelta(hours=1)),
        ("1", timedelta(minutes=5)),
        ("999999999999", timedelta(days=30)),
    ],
)
def test_leases(told, lease):
    asked = asked_in(FORM | {"hub.lease_seconds": told})
    assert asked.lease == lease
    leaving = asked_in(FORM | {"hub.mode": "unsubscribe", "hub.lease_seconds": "never"})
    assert leaving.lease == LEASE


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"hub.mode": ""}, "bad-mode"),
        ({"hub.mode": "publish"}, "bad-mode"),
        ({"hub.topic": ""}, "bad-topic"),
        ({"hub.topic": "ftp://news.example/x"}, "bad-topic"),
        ({"hub.topic": "https://news.example/\r\nX: y"}, "bad-topic"),
        ({"hub.callback": "/in"}, "bad-callback"),
        ({"hub.callback": "https://[::1"}, "bad-callback"),
        ({"hub.callback": "https://reader.example/" + "x" * 2000}, "bad-callback"),
        ({"hub.secret": "x" * 200}, "bad-secret"),
        ({"hub.secret": "я" * 100}, "bad-secret"),
        ({"hub.secret": "a\0b"}, "bad-secret"),
        ({"hub.lease_seconds": "0"}, "bad-lease"),
        ({"hub.lease_seconds": "-5"}, "bad-lease"),
        ({"hub.lease_seconds": "٣"}, "bad-lease"),
        ({"hub.lease_seconds": "1" * 5000}, "bad-lease"),
    ],
)
def test_what_is_no_request(changed, code):
    with pytest.raises(CopyError) as refused:
        asked_in(FORM | changed)
    assert refused.value.code == code


def test_asking_back_keeps_what_the_callback_had():
    asked = asked_in(FORM | {"hub.lease_seconds": "600"})
    url = verification_url(asked, "a b&c")
    assert url.startswith("https://reader.example/in?foo=bar&red=fish&hub.mode=subscribe&")
    assert parse_qsl(urlsplit(url).query)[2:] == [
        ("hub.mode", "subscribe"),
        ("hub.topic", TOPIC),
        ("hub.challenge", "a b&c"),
        ("hub.lease_seconds", "600"),
    ]
    leaving = asked_in(FORM | {"hub.mode": "unsubscribe", "hub.callback": "http://r.example"})
    assert verification_url(leaving, "x").startswith("http://r.example/?hub.mode=unsubscribe&")
    assert "lease" not in verification_url(leaving, "x")


def test_a_refusal_says_why():
    url = denial_url(asked_in(FORM), "no such feed")
    assert dict(parse_qsl(urlsplit(url).query))["hub.reason"] == "no such feed"


@pytest.mark.parametrize(
    ("status", "body", "confirmed"),
    [
        (200, b"secret", True),
        (204, b"secret", True),
        (200, b"secret\n", False),
        (200, b"", False),
        (302, b"secret", False),
        (404, b"secret", False),
        (200, b"\xff", False),
    ],
)
def test_what_confirms(status, body, confirmed):
    assert is_confirmed(status, body, "secret") is confirmed


@given(st.binary(), st.text(min_size=1, max_size=40))
def test_what_is_sent_is_signed(body, secret):
    try:
        key = secret.encode()
    except UnicodeEncodeError:
        return
    headers = content_headers(
        body,
        content_type="application/rss+xml",
        topic=TOPIC,
        hub="https://news.example/-/hub",
        secret=secret,
    )
    method, _, told = headers["X-Hub-Signature"].partition("=")
    assert hmac.new(key, body, method).hexdigest() == told
    assert method == hashlib.sha256().name
    assert headers["Link"] == f'<https://news.example/-/hub>; rel="hub", <{TOPIC}>; rel="self"'


def test_nothing_is_signed_without_a_secret():
    headers = content_headers(b"", content_type="x/y", topic=TOPIC, hub=TOPIC)
    assert set(headers) == {"Content-Type", "Link"}


@needs_corpora
@pytest.mark.parametrize("family", ["ssrf_url", "url", "crlf_smuggling", "open_redirect"])
def test_hostile_addresses(family):
    everything = list(hostile(family))
    for _, payload in random.Random(5).sample(everything, min(150, len(everything))):
        text = payload.decode("utf-8", "replace")
        try:
            url = verification_url(asked_in(FORM | {"hub.callback": text}), "x")
        except CopyError:
            continue
        assert url.isprintable()
        assert " " not in url
        assert urlsplit(url).scheme in {"http", "https"}
