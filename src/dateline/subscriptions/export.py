"""Subscribers as a list that goes out: with their choices and their consent."""

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

    Order: as they came.
    """
    names: dict[str, str] = {}
    last = 0
    rows = Subscriber.objects.exclude(mail="").select_related("edition").order_by("pk")
    while page := list(rows.filter(pk__gt=last)[:_AT_ONCE]):
        last = page[-1].pk
        choices = _choices(page, names)
        agreed = _agreed(page)
        for one in page:
            yield _listed(one, choices.get(one.pk, ()), agreed.get(one.pk))


def _listed(one: Subscriber, choices: tuple[str, ...], agreed: Consent | None) -> Listed:
    stopped = one.standing == Standing.STOPPED
    return Listed(
        address=one.mail,
        listed_as=ListedAs(one.stopped_as or ListedAs.LEFT) if stopped else ListedAs.ACTIVE,
        language=one.edition.language,
        choices=choices,
        agreed_at=agreed.at if agreed else one.made_at,
        agreed_from=(agreed.page or agreed.address) if agreed else "",
        words=agreed.words if agreed else "",
        left_at=one.stopped_at if stopped else None,
    )


def _choices(page: list[Subscriber], names: dict[str, str]) -> dict[int, tuple[str, ...]]:
    rows = Subscription.objects.filter(subscriber__in=page, channel=Channel.MAIL)
    found: dict[int, tuple[str, ...]] = {}
    for row in rows.select_related("edition").order_by("subscriber", "rank", "subject"):
        if row.subject not in names:
            subject = subject_of(row.subject)
            names[row.subject] = name_of(subject) if subject else ""
        if names[row.subject]:
            word = f"{row.channel} {row.pace} {row.edition.code} {names[row.subject]}"
            found[row.subscriber_id] = (*found.get(row.subscriber_id, ()), word)
    return found


def _agreed(page: list[Subscriber]) -> dict[int, Consent]:
    """Return the last consent of each."""
    rows = Consent.objects.filter(subscriber__in=page, deed__in=_AGREED).order_by("at", "pk")
    return {row.subscriber_id: row for row in rows}
