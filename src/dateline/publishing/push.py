"""The runner's way out to browsers: who signs, where it may go, and who writes the words."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings

from dateline.common.fetch import Bounds
from dateline.standards.push.vapid import vapid_key
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.push.carrier import PushCarrier, Saying, Sender


def push_carrier() -> PushCarrier:
    """Return the carrier of notifications."""
    return PushCarrier(write=_write, sender=_sender, bounds=_bounds)


def _write(deliveries: Sequence[Delivery]) -> dict[int, Saying]:
    from dateline.reader.notices.writer import write_notes  # noqa: PLC0415 - seldom needed

    return write_notes(deliveries)


def _sender() -> Sender | None:
    key = settings.DATELINE.push_key.get_secret_value()
    return _signing(key, settings.DATELINE.contact) if key else None


@cache
def _signing(key: str, contact: str) -> Sender:
    return Sender(vapid_key(key), contact)


def _bounds() -> Bounds:
    inside = tuple(settings.DATELINE.networks_inside)
    return Bounds(seconds=5.0, max_bytes=4096, inside=inside, is_sealed=True)
