"""What the texts of settings must be: each check takes one, or says in words what it should be.

Raises: ValueError, whose words stand after the setting's name.
"""

import re
from importlib.util import find_spec

from pydantic import SecretStr

from dateline.common.hours import HOURS

MAIL_FOLDER = "folder"
NO_HUB = "none"


def checked_zone(value: str) -> str:
    """Take the name of a time zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only when a zone is set

    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("is not a time zone name such as Europe/Vienna") from error
    return value


def checked_database(value: SecretStr) -> SecretStr:
    """Take a PostgreSQL address, or none for SQLite."""
    text = value.get_secret_value()
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise ValueError("is empty (SQLite in the data folder) or starts with postgresql://")
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


def checked_base_url(value: str) -> str:
    """Take scheme and host without a path."""
    if not re.fullmatch(r"https?://[^/\s]+", value):
        raise ValueError("is scheme and host without a path, such as https://news.example")
    return value


def checked_web_address(value: str) -> str:
    """Take an address of the web, or none."""
    if value and not re.fullmatch(r"https?://[^\s\"<>]+", value):
        raise ValueError("is a whole address such as https://hub.example/, or empty")
    return value


def checked_hub(value: str) -> str:
    """Take the address of a WebSub hub, none for our own, or `none` for no hub."""
    return value if value == NO_HUB else checked_web_address(value)


def checked_mailbox(value: str) -> str:
    """Take a short mail address, or none."""
    if value and not re.fullmatch(r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]+", value):
        raise ValueError("is empty or a short address such as bounces@news.example")
    return value


def checked_mailbox_address(value: SecretStr) -> SecretStr:
    """Take where a mailbox is read, with name and password, or none."""
    text = value.get_secret_value()
    if text and not re.fullmatch(r"(?:imap|pop3)s?://[^@/\s]+:[^@/\s]+@[^@/\s]+(?:/\S*)?", text):
        raise ValueError("is empty or such as imaps://name:password@host/INBOX")
    return value


def checked_push_key(value: SecretStr) -> SecretStr:
    """Take 32 bytes in base64url, or none."""
    text = value.get_secret_value()
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
        raise ValueError("is empty, and nobody is notified, or 32 bytes in base64url")
    return value


def checked_holder(value: str) -> str:
    """Take the address a machine that holds streams is told at."""
    if not re.fullmatch(r"http://[\w.-]+(?::\d{1,5})?/\S*[^/\s]", value):
        raise ValueError("is such as http://127.0.0.1:8081/-/tell")
    return value


def checked_contact(value: str) -> str:
    """Take where trouble is reported, or none."""
    if value and not re.fullmatch(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+?[0-9-]+)", value):
        raise ValueError("is an address such as mailto:security@news.example, or empty")
    return value


def checked_trust_line(value: str) -> str:
    """Take a line of trust.txt."""
    if not re.fullmatch(r"[a-z]+=\S[^\r\n]*", value):
        raise ValueError("holds lines such as belongto=https://association.example/")
    return value


def checked_hours(value: str) -> str:
    """Take two hours with a hyphen between, or none."""
    if value and not re.fullmatch(HOURS, value):
        raise ValueError("is empty or such as 08:00-22:00")
    return value


def checked_staff_path(value: str) -> str:
    """Take one part of a path."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", value):
        raise ValueError("is one path part of lower-case letters, digits and hyphens")
    return value


def by_commas(value: object) -> object:
    """Read a list that the environment writes with commas."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def checked_mail_server(value: SecretStr) -> SecretStr:
    """Take the address of a mail server, the folder, or none."""
    text = value.get_secret_value()
    is_server = re.fullmatch(r"smtps?://(?:[^@/\s]+@)?[^@/:\s]+(?::\d{1,5})?", text)
    if text and text != MAIL_FOLDER and not is_server:
        raise ValueError("is empty, folder, or such as smtp://name:password@host:587")
    return value
