"""What the texts of settings must be: each check takes one, or says in words what it should be.

Raises: ValueError, whose words stand after the setting's name.
"""

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import TypeVar

from pydantic import SecretStr

from dateline.common.hours import HOURS

MAIL_FOLDER = "folder"
NO_HUB = "none"
PROVIDERS = (
    "brevo",
    "mailersend",
    "mailgun",
    "mailjet",
    "mailtrap",
    "mandrill",
    "postal",
    "postmark",
    "sparkpost",
)
"""Those that django-anymail reaches without another library, and that sign or name who they are."""
PROVEN_BY = {
    "mailersend": ("MAILERSEND_SIGNING_SECRET",),
    "mailgun": ("MAILGUN_WEBHOOK_SIGNING_KEY", "MAILGUN_API_KEY"),
    "mandrill": ("MANDRILL_WEBHOOK_KEY",),
    "postal": ("POSTAL_WEBHOOK_KEY",),
}
"""What proves a provider's events besides their password: one of these; of others nothing."""
T = TypeVar("T", str, SecretStr)


def matching(pattern: str, wanted: str, *, or_empty: bool = True) -> Callable[[T], T]:
    """Return a check that takes a text of a pattern, or none; `wanted` says what it should be."""

    def checked(value: T) -> T:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if (text or not or_empty) and not re.fullmatch(pattern, text):
            raise ValueError(wanted)
        return value

    return checked


checked_database = matching(
    r"postgres(?:ql)?://(?s:.*)",
    "is empty (SQLite in the data folder) or starts with postgresql://",
)
checked_base_url = matching(
    r"https?://[^/\s]+",
    "is scheme and host without a path, such as https://news.example",
    or_empty=False,
)
checked_web_address = matching(
    r"https?://[^\s\"<>]+", "is a whole address such as https://hub.example/, or empty"
)
checked_mailbox = matching(
    r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]+",
    "is empty or a short address such as bounces@news.example",
)
checked_mailbox_address = matching(
    r"(?:imap|pop3)s?://[^@/\s]+:[^@/\s]+@[^@/\s]+(?:/\S*)?",
    "is empty or such as imaps://name:password@host/INBOX",
)
checked_selector = matching(
    r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?",
    "holds names of keys in the DNS, such as news2026",
    or_empty=False,
)
checked_domain = matching(
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+",
    "is empty or a domain such as news.example",
)
checked_push_key = matching(
    r"[A-Za-z0-9_-]{43}", "is empty, and nobody is notified, or 32 bytes in base64url"
)
checked_holder = matching(
    r"http://[\w.-]+(?::\d{1,5})?/\S*[^/\s]",
    "is such as http://127.0.0.1:8081/-/tell",
    or_empty=False,
)
checked_contact = matching(
    r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+)",
    "is an address such as mailto:security@news.example, or empty",
)
checked_trust_line = matching(
    r"[a-z]+=\S[^\r\n]*",
    "holds lines such as belongto=https://association.example/",
    or_empty=False,
)
checked_hours = matching(HOURS, "is empty or such as 08:00-22:00")
checked_staff_path = matching(
    r"[a-z][a-z0-9-]*",
    "is one path part of lower-case letters, digits and hyphens",
    or_empty=False,
)
_mail_server = matching(
    rf"{MAIL_FOLDER}|smtps?://(?:[^@/\s]+@)?[^@/:\s]+(?::\d{{1,5}})?",
    f"is empty, folder, such as smtp://name:password@host:587, or esp: and {', '.join(PROVIDERS)}",
)


def checked_mail_server(value: SecretStr) -> SecretStr:
    """Take the address of a mail server, a provider by its name, or none."""
    kind, _, provider = value.get_secret_value().partition(":")
    if kind != "esp" or provider not in PROVIDERS:
        return _mail_server(value)
    if find_spec("anymail") is None:
        raise ValueError("needs the extra dateline[esp]")
    return value


def as_table(value: object) -> object:
    """Read a table that the environment writes as JSON."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("is a table, in the environment as JSON") from None


def checked_zone(value: str) -> str:
    """Take the name of a time zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only when a zone is set

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is not a time zone name such as Europe/Vienna") from error
    return value


def checked_redis(value: SecretStr) -> SecretStr:
    """Take the address of Redis, or none."""
    text = value.get_secret_value()
    if not text:
        return value
    if not re.fullmatch(r"(?:rediss?|unix)://\S+", text):
        raise ValueError("is empty or such as redis://:password@redis.example:6379/0")
    if find_spec("redis") is None:
        raise ValueError("needs the extra dateline[redis]")
    return value


def checked_hub(value: str) -> str:
    """Take the address of a WebSub hub, none for our own, or `none` for no hub."""
    return value if value == NO_HUB else checked_web_address(value)


def by_commas(value: object) -> object:
    """Read a list that the environment writes with commas."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value
