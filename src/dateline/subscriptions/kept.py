"""All that the house keeps of a subscriber, for them to take along."""

from typing import Any

from dateline.common.turns import site_of
from dateline.readers.models import Reader
from dateline.subscriptions.ledger_queries import deliveries_of
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import subscriber_of, subscriptions_of

_DELIVERY = (
    "sending__key",
    "channel",
    "state",
    "because",
    "variant",
    "cause",
    "planned_at",
    "settled_at",
)
_CONSENT = (
    "deed",
    "subject",
    "channel",
    "edition",
    "pace",
    "words",
    "language",
    "page",
    "address",
    "file",
    "at",
)


def kept_of(subscriber: Subscriber) -> dict[str, Any]:
    """Return everything kept of a subscriber, fit for JSON; for nobody but them.

    Of a browser the site of its push service is told: its address is a secret of that browser.
    """
    return {
        "mail": subscriber.mail,
        "timezone": subscriber.timezone,
        "standing": subscriber.standing,
        "since": subscriber.made_at,
        "paused_until": subscriber.paused_until,
        "is_counted": subscriber.is_counted,
        "subscriptions": [
            {
                "subject": one.subject,
                "channel": one.channel,
                "pace": one.pace,
                "edition": one.edition.code,
                "since": one.made_at,
            }
            for one in subscriptions_of(subscriber)
        ],
        "browsers": [
            {"push_service": site_of(one.address), "since": one.made_at, "used_at": one.used_at}
            for one in subscriber.endpoints.order_by("pk")
        ],
        "consents": list(subscriber.consents.values(*_CONSENT)),
        "deliveries": list(deliveries_of(subscriber).values(*_DELIVERY)),
        "feed_key": subscriber.feed_key,
    }


def letters_of_reader(reader: Reader) -> dict[str, Any]:
    """Return what is kept of a reader as a subscriber; nothing where they are none."""
    subscriber = subscriber_of(reader)
    return kept_of(subscriber) if subscriber else {}
