"""The clock somebody lives by, as their own page shows it and lets them choose another."""

from dateline.common.zones import time_zones_by_region
from dateline.reader.subscribe.contexts import ClockContext
from dateline.subscriptions.models import Subscriber


def clock_of(subscriber: Subscriber, error: str = "") -> ClockContext:
    """Return the clock of a subscriber, and why another was not taken, if so."""
    return ClockContext(
        zone=subscriber.zone,
        is_own=bool(subscriber.timezone),
        of_edition=subscriber.edition.timezone,
        error=error,
        zones=time_zones_by_region(),
        gets_letters=bool(subscriber.mail or subscriber.reader_id),
    )
