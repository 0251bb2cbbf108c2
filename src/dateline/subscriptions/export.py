"""Subscribers as a list that goes out: with their choices, and the consent to each of them."""

from collections.abc import Iterator

from dateline.standards.subscribers.facts import Listed, ListedAs
from dateline.subscriptions.enums import Channel, Deed, Standing
from dateline.subscriptions.models import Consent, Subscriber, Subscription
from dateline.subscriptions.naming import name_of
from dateline.subscriptions.rules import subject_of

_AT_ONCE = 1000
_AGREED = (Deed.SUBSCRIBED, Deed.IMPORTED)


def listed_subscribers() -> Iterator[Listed]:
    """Yield everybody with a mail address, those who left among them, a thousand at a time.

    Somebody who agreed to different choices at different times has a line for each time.

    Order: as they came.
    """
    names: dict[str, str] = {}
    last = 0
    rows = Subscriber.objects.exclude(mail="").select_related("edition").order_by("pk")
    while page := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = page[-1].pk
        choices, noted = _choices(page), _noted(page)
        for one in page:
            yield from _lines(one, choices.get(one.pk, []), noted.get(one.pk, {}), names)


_Key = tuple[str, str]
"""Subject and edition; neither for what is about everything."""


def _lines(
    one: Subscriber, rows: list[Subscription], noted: dict[_Key, Consent], names: dict[str, str]
) -> Iterator[Listed]:
    """Yield a line for each consent that somebody's choices rest on, or one without choices."""
    groups: dict[tuple[str, ...], tuple[Consent | None, list[str]]] = {}
    for row in rows:
        word = _word(row, names)
        agreed = noted.get((row.subject, row.edition.code), noted.get(("", "")))
        if word:
            groups.setdefault(_terms(agreed), (agreed, []))[1].append(word)
    for agreed, words in groups.values() or [(_last(noted), [])]:
        yield _listed(one, tuple(words), agreed)


def _terms(agreed: Consent | None) -> tuple[str, ...]:
    """Return what tells one consent from another; what is ticked at once is noted one by one."""
    if agreed is None:
        return ()
    minute = f"{agreed.at:%Y-%m-%dT%H:%M}"
    return (minute, agreed.page, agreed.address, agreed.file, agreed.words, agreed.language)


def _last(noted: dict[_Key, Consent]) -> Consent | None:
    return max(noted.values(), key=lambda one: (one.at, one.pk), default=None)


def _listed(one: Subscriber, choices: tuple[str, ...], agreed: Consent | None) -> Listed:
    stopped = one.standing == Standing.STOPPED
    return Listed(
        address=one.mail,
        listed_as=ListedAs(one.stopped_as or ListedAs.LEFT) if stopped else ListedAs.ACTIVE,
        language=(agreed.language if agreed else "") or one.edition.language,
        choices=choices,
        agreed_at=agreed.at if agreed else one.made_at,
        agreed_from=(agreed.page or agreed.file) if agreed else "",
        agreed_ip=agreed.address if agreed else "",
        words=agreed.words if agreed else "",
        left_at=one.stopped_at if stopped else None,
    )


def _choices(page: list[Subscriber]) -> dict[int, list[Subscription]]:
    rows = Subscription.objects.filter(subscriber__in=page, channel=Channel.MAIL)
    found: dict[int, list[Subscription]] = {}
    for row in rows.select_related("edition").order_by("subscriber", "rank", "subject", "pk"):
        found.setdefault(row.subscriber_id, []).append(row)
    return found


def _word(row: Subscription, names: dict[str, str]) -> str:
    """Return a choice as a file names it; empty for what is not there any more."""
    if row.subject not in names:
        subject = subject_of(row.subject)
        names[row.subject] = name_of(subject) if subject else ""
    name = names[row.subject]
    return f"{row.channel} {row.pace} {row.edition.code} {name}" if name else ""


def _noted(page: list[Subscriber]) -> dict[int, dict[_Key, Consent]]:
    """Return the last consent of each to each of their choices by mail."""
    rows = Consent.objects.filter(subscriber__in=page, deed__in=_AGREED)
    rows = rows.filter(channel__in=("", Channel.MAIL)).order_by("at", "pk")
    found: dict[int, dict[_Key, Consent]] = {}
    for row in rows:
        found.setdefault(row.subscriber_id, {})[row.subject, row.edition] = row
    return found
