"""The hub's side of WebSub: who asks for what, is it them, and what they are sent.

Source: https://www.w3.org/TR/websub/
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

from dateline.standards.errors import CopyError

LEASE = timedelta(days=10)
LEAST_LEASE, MOST_LEASE = timedelta(minutes=5), timedelta(days=30)
_MOST_SECRET_BYTES = 199
_MOST_LETTERS = 2000
_MOST_DIGITS = 12
Mode = Literal["subscribe", "unsubscribe"]
_MODES: dict[str, Mode] = {"subscribe": "subscribe", "unsubscribe": "unsubscribe"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to the hub (section 5.1). `lease` is what will be granted, within our bounds."""

    mode: Mode
    topic: str
    callback: str
    secret: str = ""
    lease: timedelta = LEASE


def asked_in(form: Mapping[str, str]) -> Asked:
    """Read a request's form. What it holds beyond the standard is passed over.

    Raises:
        CopyError: `bad-mode`, `bad-topic`, `bad-callback`, `bad-secret` or `bad-lease`.
    """
    mode = _MODES.get(form.get("hub.mode", ""))
    if mode is None:
        raise _refused("mode", "is neither subscribe nor unsubscribe")
    secret = form.get("hub.secret", "")
    if len(secret.encode("utf-8", "replace")) > _MOST_SECRET_BYTES:
        raise _refused("secret", f"holds more than {_MOST_SECRET_BYTES} bytes")
    if "\0" in secret:
        raise _refused("secret", "holds a zero byte")
    return Asked(
        mode=mode,
        topic=_address(form, "topic"),
        callback=_address(form, "callback"),
        secret=secret,
        lease=_lease(form.get("hub.lease_seconds", "")) if mode == "subscribe" else LEASE,
    )


def _address(form: Mapping[str, str], name: str) -> str:
    text = form.get(f"hub.{name}", "")
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_whole = False
    if not is_whole or len(text) > _MOST_LETTERS or not text.isprintable() or " " in text:
        raise _refused(name, "is no whole address of the web")
    return text


def _lease(text: str) -> timedelta:
    if not text:
        return LEASE
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and int(text)):
        raise _refused("lease_seconds", "is no whole number of seconds")
    seconds = min(int(text), int(MOST_LEASE.total_seconds()))
    return max(LEAST_LEASE, timedelta(seconds=seconds))


def verification_url(asked: Asked, challenge: str) -> str:
    """Return where to ask whether a request was meant (section 5.3)."""
    told = {"hub.mode": asked.mode, "hub.topic": asked.topic, "hub.challenge": challenge}
    if asked.mode == "subscribe":
        told["hub.lease_seconds"] = str(int(asked.lease.total_seconds()))
    return _with(asked.callback, told)


def denial_url(asked: Asked, reason: str) -> str:
    """Return where to tell that there will be no subscription (section 5.2)."""
    told = {"hub.mode": "denied", "hub.topic": asked.topic, "hub.reason": reason}
    return _with(asked.callback, told)


def is_confirmed(status: int, body: bytes, challenge: str) -> bool:
    """Say whether the answer confirms: any 2xx, and the challenge itself, nothing around it."""
    return 200 <= status < 300 and hmac.compare_digest(body, challenge.encode())


def content_headers(
    body: bytes, *, content_type: str, topic: str, hub: str, secret: str = ""
) -> dict[str, str]:
    """Return the headers of what a subscriber is sent (section 7), signed if they gave a secret."""
    headers = {
        "Content-Type": content_type,
        "Link": f'<{hub}>; rel="hub", <{topic}>; rel="self"',
    }
    if secret:
        headers["X-Hub-Signature"] = signature(body, secret)
    return headers


def signature(body: bytes, secret: str) -> str:
    """Return the signature of a body (section 7.1)."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def _with(address: str, told: Mapping[str, str]) -> str:
    """Return an address with more arguments behind its own, which stay as they are."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(told))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def _refused(name: str, what: str) -> CopyError:
    cure = "see https://www.w3.org/TR/websub/#subscriber-sends-subscription-request"
    code = f"bad-{name.partition('_')[0]}"
    return CopyError(code, what, cure=cure, where=f"hub.{name}")
