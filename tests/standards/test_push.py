"""Web push: the vectors of RFC 8291, tokens of RFC 8292, headers of RFC 8030."""

from datetime import timedelta

import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from dateline.common import clock
from dateline.standards.base64url import from_base64url, to_base64url
from dateline.standards.errors import CopyError
from dateline.standards.push.headers import Outcome, Urgency, outcome_of, push_headers
from dateline.standards.push.sealing import CURVE, MAX_BYTES, BrowserKeys, seal, seal_with
from dateline.standards.push.vapid import new_vapid_key, public_text, vapid_header, vapid_key
from tests.push_double import Browser, claims_in

# RFC 8291, section 5 and appendix A.
WORDS = b"When I grow up, I want to be a watermelon"
BROWSER_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_POINT = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
NOW = clock.now()


def test_the_vector_of_the_rfc():
    keys = BrowserKeys.of(BROWSER_POINT, AUTH)
    body = seal_with(WORDS, keys, vapid_key(SENDER_KEY), from_base64url(SALT))
    assert to_base64url(body) == SEALED
    browser = Browser(key=vapid_key(BROWSER_KEY), auth=from_base64url(AUTH))
    assert browser.open(body) == WORDS


@given(st.binary(max_size=MAX_BYTES))
def test_only_the_browser_opens_what_was_sealed(message):
    browser = Browser()
    body = seal(message, browser.keys)
    assert browser.open(body) == message
    assert len(body) == len(message) + 103
    with pytest.raises(InvalidTag):
        Browser().open(body)


def test_nothing_is_sealed_twice_the_same():
    browser = Browser()
    assert seal(WORDS, browser.keys) != seal(WORDS, browser.keys)


def test_a_message_is_as_long_as_a_record_holds():
    assert len(seal(b"x" * MAX_BYTES, Browser().keys)) == 4096
    with pytest.raises(CopyError) as refused:
        seal(b"x" * (MAX_BYTES + 1), Browser().keys)
    assert refused.value.code == "too-large"


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        ("%%", AUTH),
        (BROWSER_POINT, "short"),
        (BROWSER_POINT[:-4], AUTH),
        ("B" + "A" * 86, AUTH),
        (BROWSER_POINT, AUTH + "AAAA"),
    ],
)
def test_keys_that_are_none(p256dh, auth):
    with pytest.raises(CopyError) as refused:
        BrowserKeys.of(p256dh, auth)
    assert refused.value.code == "bad-key"


@given(st.text(), st.text())
def test_foreign_text_is_no_key_and_no_crash(p256dh, auth):
    with pytest.raises(CopyError):
        BrowserKeys.of(p256dh, auth)


def test_a_token_says_who_sends():
    key = vapid_key(new_vapid_key())
    header = vapid_header(
        key, endpoint="https://push.example:8443/a/b?c", contact="mailto:desk@news.example", now=NOW
    )
    claims, sender = claims_in(header, audience="https://push.example:8443")
    assert claims == {
        "aud": "https://push.example:8443",
        "sub": "mailto:desk@news.example",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
    }
    assert sender == public_text(key)
    with pytest.raises(jwt.InvalidAudienceError):
        claims_in(header, audience="https://other.example")


def test_a_key_is_kept_as_text():
    text = new_vapid_key()
    assert len(text) == 43
    assert text != new_vapid_key()
    key = vapid_key(text)
    assert isinstance(key.curve, type(CURVE))
    point = from_base64url(public_text(key))
    assert ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point) == key.public_key()


@pytest.mark.parametrize("text", ["", "x", "A" * 43, "_" * 43, "ключ", SENDER_KEY + "AA"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(CopyError) as refused:
        vapid_key(text)
    assert refused.value.code == "bad-key"


def test_headers():
    made = push_headers(
        authorization="vapid t=a, k=b",
        lasts=timedelta(minutes=30),
        urgency=Urgency.HIGH,
        about="alert:en",
    )
    assert made == {
        "Authorization": "vapid t=a, k=b",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": "1800",
        "Urgency": "high",
        "Topic": "A0rFaKLWR010uz1LCfJ36PqyAv1BMBA-",
    }
    plain = push_headers(authorization="", lasts=timedelta(seconds=-5), urgency=Urgency.LOW)
    assert plain["TTL"] == "0"
    assert "Topic" not in plain


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.TAKEN),
        (201, Outcome.TAKEN),
        (202, Outcome.TAKEN),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (408, Outcome.LATER),
        (429, Outcome.LATER),
        (500, Outcome.LATER),
        (503, Outcome.LATER),
        (302, Outcome.REFUSED),
        (400, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (413, Outcome.REFUSED),
    ],
)
def test_what_an_answer_means(status, outcome):
    assert outcome_of(status) is outcome


@given(st.binary())
def test_base64url_goes_out_and_comes_in_again(data):
    text = to_base64url(data)
    assert from_base64url(text) == data
    assert from_base64url(text + "=" * (-len(text) % 4)) == data


@pytest.mark.parametrize("text", ["a", "a b", "+/", "é", "====", "ab=c"])
def test_what_is_no_base64url(text):
    with pytest.raises(ValueError, match=r"holds|ends"):
        from_base64url(text)
