"""Which column says what, by system; told from a file's head."""

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.standards.subscribers.facts import ListedAs

COLUMNS = (
    "address",
    "name",
    "listed_as",
    "language",
    "choices",
    "agreed_at",
    "agreed_from",
    "agreed_ip",
    "words",
    "left_at",
)
"""The columns of our own file, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a system's file keeps what we read.

    Shape: each field names columns as heads are compared: lower case, words joined by `_`. Of
        several the first that is not empty counts; those of `name` are joined. `standings` maps
        what stands in `standing` to how one is listed; `left_when` are columns that are filled
        only for those who left, `bounced_when` for those whose address failed.
    """

    system: str
    marks: frozenset[str]
    address: tuple[str, ...]
    name: tuple[str, ...] = ("name",)
    standing: tuple[str, ...] = ()
    standings: Mapping[str, ListedAs]
    choices: tuple[str, ...] = ()
    language: tuple[str, ...] = ("language",)
    agreed_at: tuple[str, ...] = ()
    agreed_from: tuple[str, ...] = ()
    agreed_ip: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    left_at: tuple[str, ...] = ()
    left_when: tuple[str, ...] = ()
    bounced_when: tuple[str, ...] = ()


_YES_OR_NO = {
    **dict.fromkeys(("true", "yes", "1", "y"), ListedAs.ACTIVE),
    **dict.fromkeys(("false", "no", "0", "n"), ListedAs.LEFT),
}
_WORDS = {
    **_YES_OR_NO,
    **dict.fromkeys(("active", "subscribed", "confirmed", "enabled"), ListedAs.ACTIVE),
    **dict.fromkeys(("unconfirmed", "pending", "nonsubscribed"), ListedAs.UNCONFIRMED),
    **dict.fromkeys(("left", "unsubscribed", "inactive", "disabled"), ListedAs.LEFT),
    **dict.fromkeys(("bounced", "cleaned", "undeliverable"), ListedAs.BOUNCED),
    **dict.fromkeys(("complained", "complaint", "spam", "blocklisted"), ListedAs.COMPLAINED),
}
OURS = Layout(
    system="dateline",
    marks=frozenset({"address", "listed_as", "choices", "agreed_from"}),
    address=("address",),
    standing=("listed_as",),
    standings={one.value: one for one in ListedAs},
    choices=("choices",),
    agreed_at=("agreed_at",),
    agreed_from=("agreed_from",),
    agreed_ip=("agreed_ip",),
    words=("words",),
    left_at=("left_at",),
)
_GHOST = Layout(
    system="ghost",
    marks=frozenset({"email", "subscribed_to_emails", "complimentary_plan"}),
    address=("email",),
    standing=("subscribed_to_emails",),
    standings={**_YES_OR_NO, "": ListedAs.LEFT},
    choices=("labels",),
    agreed_at=("created_at",),
    left_at=("deleted_at",),
    left_when=("deleted_at",),
)
_MAILCHIMP = Layout(
    system="mailchimp",
    marks=frozenset({"optin_time", "confirm_time", "leid"}),
    address=("email_address", "email"),
    name=("first_name", "last_name"),
    standings={},
    choices=("tags",),
    agreed_at=("confirm_time", "optin_time"),
    agreed_ip=("confirm_ip", "optin_ip"),
    left_at=("unsub_time", "clean_time"),
    left_when=("unsub_time",),
    bounced_when=("clean_time",),
)
_LISTMONK = Layout(
    system="listmonk",
    marks=frozenset({"uuid", "email", "attributes", "status"}),
    address=("email",),
    standing=("status",),
    standings={
        "enabled": ListedAs.ACTIVE,
        "disabled": ListedAs.LEFT,
        "blocklisted": ListedAs.COMPLAINED,
    },
    agreed_at=("created_at",),
)
_CSV = Layout(
    system="csv",
    marks=frozenset(),
    address=("email", "e_mail", "email_address", "mail", "mail_address", "address"),
    name=("name", "full_name", "first_name", "last_name"),
    standing=("status", "state", "subscribed"),
    standings=_WORDS,
    choices=("choices", "topics", "lists", "tags", "labels"),
    language=("language", "lang", "locale"),
    agreed_at=("agreed_at", "subscribed_at", "opted_in_at", "created_at", "date"),
    agreed_from=("agreed_from", "page", "source"),
    agreed_ip=("agreed_ip", "ip", "ip_address"),
    words=("words", "consent"),
    left_at=("left_at", "unsubscribed_at"),
    left_when=("left_at", "unsubscribed_at"),
)
_LAYOUTS = (OURS, _GHOST, _MAILCHIMP, _LISTMONK, _CSV)
SYSTEMS = tuple(layout.system for layout in _LAYOUTS)


def layout_of(head: list[str]) -> Layout | None:
    """Return the first layout whose marks all stand in a head; None if nothing names addresses."""
    columns = set(head)
    fits = (one for one in _LAYOUTS if one.marks <= columns and columns & set(one.address))
    return next(fits, None)


def layout_named(system: str) -> Layout:
    """Return the layout of a system by its name."""
    return next(one for one in _LAYOUTS if one.system == system)
