"""Questions about the hub: who asked, what changed, who is to be told."""

from collections.abc import Iterable
from datetime import datetime

from dateline.wire.models import HubRequest, HubSubscriber, HubTopic


def hub_requests(limit: int) -> list[HubRequest]:
    """Return the requests that wait for their callback to confirm them, the oldest first."""
    return list(HubRequest.objects.all()[:limit])


def topics_made_from(keys: Iterable[str]) -> list[int]:
    """Return the numbers of the feeds that show any of these keys."""
    found = HubTopic.objects.filter(keys__key__in=list(keys)).values_list("pk", flat=True)
    return list(found.distinct())


def changed_topics(limit: int) -> list[HubTopic]:
    """Return the feeds that may have changed since they were told."""
    return list(HubTopic.objects.filter(changed_at__isnull=False).order_by("changed_at")[:limit])


def due_subscribers(now: datetime, limit: int) -> list[HubSubscriber]:
    """Return who is to be told now, those who wait longest first."""
    found = HubSubscriber.objects.filter(due_at__lte=now, leased_until__gt=now)
    return list(found.select_related("topic").order_by("due_at")[:limit])


def is_known_to_hub(topic: str, mark: str) -> bool:
    """Say whether a callback, by its digest, is told of a feed already."""
    return HubSubscriber.objects.filter(topic__address=topic, mark=mark).exists()
