"""All that the house keeps of a subscriber, for them to take along."""

from typing import Any

from dateline.readers.models import Reader
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import deliveries_of, subscriber_of, subscriptions_of

_WHERE_FROM = ("address",)
_CONSENT = ("deed", "subject", "channel", "words", "page", "at")


def kept_of(subscriber: Subscriber, *, is_sure: bool) -> dict[str, Any]:
    """Return everything kept of a subscriber, fit for JSON.

    Who came by a letter's link may have been handed that letter: unless it `is_sure` that they are
    the subscriber they are not told from which network somebody agreed, nor the feed's secret.
    """
    consent = _CONSENT + (_WHERE_FROM if is_sure else ())
    kept = {
        "mail": subscriber.mail,
        "standing": subscriber.standing,
        "since": subscriber.made_at,
        "paused_until": subscriber.paused_until,
        "subscriptions": [
            {
                "subject": one.subject,
                "channel": one.channel,
                "pace": one.pace,
                "since": one.made_at,
            }
            for one in subscriptions_of(subscriber)
        ],
        "consents": list(subscriber.consents.values(*consent)),
        "deliveries": list(
            deliveries_of(subscriber).values(
                "sending__key", "channel", "state", "because", "cause", "planned_at", "settled_at"
            )
        ),
    }
    return kept | ({"feed_key": subscriber.feed_key} if is_sure else {})


def letters_of_reader(reader: Reader) -> dict[str, Any]:
    """Return what is kept of a reader as a subscriber; nothing where they are none."""
    subscriber = subscriber_of(reader)
    return kept_of(subscriber, is_sure=True) if subscriber else {}
