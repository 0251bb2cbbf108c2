"""What happens at its time: embargoes, scheduled publications, expiry, the calendar's marks.

Every step is one transaction and safe to run again. Nothing here decides what a reader may see: the
queries compare times themselves, so a stopped scheduler delays and never leaks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from django.db import Error as DatabaseTrouble
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from dateline.chats.actions import change_mode, close_chat, follow_hours
from dateline.chats.enums import Closed, Mode
from dateline.chats.queries import due_chats, slow_since, turning_chats
from dateline.fronts.queries import turned
from dateline.live.actions import publish_post, refuse_scheduled_post
from dateline.live.models import LivePost
from dateline.live.queries import due_posts
from dateline.newsfeed.actions import end_alert
from dateline.newsfeed.alert_queries import due_alerts
from dateline.publishing.digests import due_digests
from dateline.publishing.newsletters import release
from dateline.publishing.pages import ring_keys
from dateline.readers.actions import remove_reader
from dateline.readers.queries import due_departures
from dateline.stories.actions import refuse_scheduled, release_embargo
from dateline.stories.enums import Urgency
from dateline.stories.models import Story
from dateline.stories.queries import due_embargoes
from dateline.stories.rules import BREAKING_FOR, NEWS_FOR
from dateline.subscriptions.actions import decide_trial, plan_sending
from dateline.subscriptions.newsletter_queries import due_issues
from dateline.subscriptions.trial_queries import due_trials
from dateline.topics.models import Edition
from dateline.topics.queries import editions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is due; `gives_up` puts one that cannot be done where a person sees it."""

    name: str
    does: Callable[[], object]
    gives_up: Callable[[Exception], object] | None = None


def run_due(*, since: datetime, now: datetime) -> int:
    """Do what has become due and return how many things were done.

    One that fails does not hold up the others. A publication that is refused leaves the schedule;
    what else fails is tried again the next second.
    """
    return sum(_is_done(step) for step in _due_steps(since, now))


def turn_pages(*, since: datetime, now: datetime) -> int:
    """Drop this machine's pages that time alone has changed; return how many things were done."""
    return sum(_is_done(step) for step in _steps_of_time(since, now))


def _is_done(step: Step) -> bool:
    try:
        with transaction.atomic():
            step.does()
    except DatabaseTrouble as error:
        log.warning("database trouble", step=step.name, error=str(error))
    except Exception as error:
        log.exception("scheduled step failed", step=step.name)
        if step.gives_up is not None:
            step.gives_up(error)
    else:
        return True
    return False


def _due_steps(since: datetime, now: datetime) -> Iterator[Step]:
    for embargo in due_embargoes(now):
        yield Step(f"embargo {embargo.pk}", partial(release_embargo, by=None, embargo=embargo))
    for revision in Revision.objects.filter(approved_go_live_at__lte=now):
        yield Step(f"go live {revision.pk}", revision.publish, partial(_refuse, revision))
    for story in Story.objects.filter(live=True, expire_at__isnull=False, expire_at__lte=now):
        yield Step(f"expiry {story.pk}", partial(story.unpublish, set_expired=True))
    for post in due_posts(now):
        does = partial(publish_post, by=None, post=post)
        yield Step(f"live post {post.pk}", does, partial(_refuse_post, post))
    for alert in due_alerts(now):
        yield Step(f"alert {alert.pk}", partial(end_alert, by=None, alert=alert))
    for departure in due_departures(now):
        removes = partial(remove_reader, by=None, reader=departure.reader)
        yield Step(f"departure {departure.pk}", removes)
    for plan in due_digests(since, now):
        yield Step(plan.key, partial(plan_sending, by=None, plan=plan))
    for issue in due_issues(now):
        yield Step(f"issue {issue.pk}", partial(release, issue, now))
    for trial in due_trials(now):
        yield Step(f"trial {trial.pk}", partial(decide_trial, by=None, trial=trial))
    yield from _steps_of_chats(now)
    yield from _steps_of_time(since, now)


def _steps_of_chats(now: datetime) -> Iterator[Step]:
    for chat in due_chats(now):
        yield Step(f"chat {chat.pk}", partial(close_chat, by=None, chat=chat, how=Closed.BY_AGE))
    for chat in slow_since(now - BREAKING_FOR):
        yield Step(f"pace {chat.pk}", partial(change_mode, by=None, chat=chat, mode=Mode.OPEN))
    for chat in turning_chats(now):
        yield Step(f"hours {chat.pk}", partial(follow_hours, by=None, chat=chat))


def _steps_of_time(since: datetime, now: datetime) -> Iterator[Step]:
    keys = tuple(_keys_of_time(since, now))
    if keys:
        yield Step("calendar", partial(ring_keys, keys))


def _refuse(revision: Revision, error: Exception) -> None:
    refuse_scheduled(by=None, revision=revision, why=str(error) or type(error).__name__)


def _refuse_post(post: LivePost, error: Exception) -> None:
    refuse_scheduled_post(by=None, post=post, why=str(error) or type(error).__name__)


def _keys_of_time(since: datetime, now: datetime) -> Iterator[str]:
    """Yield the keys of pages that show something which time alone has changed, either way."""
    yield from turned(*sorted((since, now)))
    for edition in editions():
        ended = _no_longer_breaking(edition, *sorted((since, now)))
        yield from (f"story:{number}" for number in ended.values_list("pk", flat=True))
        if _left_the_news(edition, *sorted((since, now))).exists():
            yield f"news:{edition.code}"
        zone = ZoneInfo(edition.timezone)
        if since.astimezone(zone).date() != now.astimezone(zone).date():
            yield f"day:{edition.code}"


def _no_longer_breaking(edition: Edition, early: datetime, late: datetime) -> QuerySet[Story]:
    """Return an edition's stories that stopped to be breaking; asked every second, so by index."""
    ended: QuerySet[Story] = Story.objects.filter(
        edition=edition,
        live__in=[True],
        published_at__gt=early - BREAKING_FOR,
        published_at__lte=late - BREAKING_FOR,
        urgency__lte=Urgency.BULLETIN,
    )
    return ended


def _left_the_news(edition: Edition, early: datetime, late: datetime) -> QuerySet[Story]:
    """Return an edition's stories that became too old for the news sitemap, by index."""
    left: QuerySet[Story] = Story.objects.filter(
        edition=edition,
        live__in=[True],
        published_at__gt=early - NEWS_FOR,
        published_at__lte=late - NEWS_FOR,
    )
    return left
