"""Finding alerts. `alert_in_force()` is the only way to the alert that readers see."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dateline.newsfeed.enums import WRONG, Ended
from dateline.newsfeed.models import Alert
from dateline.stories.enums import End
from dateline.stories.models import Ending
from dateline.topics.models import Edition

_STORY_IS_OVER = Exists(
    Ending.objects.filter(story_number=OuterRef("story_id"), lifted_at__isnull=True).order_by()
)


def alerts_in_force(now: datetime) -> QuerySet[Alert]:
    """Return the alerts that readers are to see at an instant, at most one of an edition.

    Times are compared here: one whose time has passed is over, whether or not anybody noted it.
    """
    running = Alert.objects.filter(~_STORY_IS_OVER, ended_at__isnull=True, until__gt=now)
    return running.select_related("edition")


def alert_in_force(edition: Edition, now: datetime) -> Alert | None:
    """Return an edition's alert, or None."""
    return alerts_in_force(now).filter(edition=edition).first()


def alerts_by_number(numbers: Iterable[int], now: datetime) -> dict[int, Alert]:
    """Return those alerts, by number, that readers are to see at an instant."""
    return {alert.pk: alert for alert in alerts_in_force(now).filter(pk__in=list(numbers))}


def due_alerts(now: datetime) -> QuerySet[Alert]:
    """Return the alerts that are over but not yet noted as ended."""
    due = Alert.objects.filter(Q(until__lte=now) | _STORY_IS_OVER, ended_at__isnull=True)
    return due.order_by("until", "pk")


def alerts_of_story(story: int) -> QuerySet[Alert]:
    """Return the alerts not yet ended that lead to a story, by its number."""
    return Alert.objects.filter(story=story, ended_at__isnull=True)


def alerts_about(stories: Collection[int]) -> list[tuple[int, int]]:
    """Return the alerts that led to some stories, each with its story; none that was wrong."""
    rows = Alert.objects.filter(story__in=stories).exclude(ended_as__in=WRONG).order_by()
    return list(rows.values_list("pk", "story_id"))


def story_of(alert: int) -> int | None:
    """Return the story that an alert led to, by number; None for none."""
    return Alert.objects.filter(pk=alert).values_list("story_id", flat=True).first()


def stories_of_alerts(editions: Collection[str], limit: int) -> list[int]:
    """Return the stories that the newest alerts of some editions, by code, led to; newest first."""
    rows = Alert.objects.filter(edition__code__in=editions, story__isnull=False)
    return list(rows.order_by("-pk").values_list("story_id", flat=True)[:limit])


def how_over(story: int) -> Ended | None:
    """Return how a story ends its alerts: it was killed, or withdrawn or deleted; or None."""
    endings = Ending.objects.filter(story_number=story, lifted_at__isnull=True)
    kinds = set(endings.values_list("kind", flat=True))
    if End.KILL in kinds:
        return Ended.KILLED
    return Ended.GONE if kinds else None


def latest_alerts(limit: int = 50) -> QuerySet[Alert]:
    """Return the newest alerts of all editions for the desk, newest first."""
    people = ("edition", "story", "raised_by", "changed_by", "ended_by")
    return Alert.objects.select_related(*people)[:limit]
