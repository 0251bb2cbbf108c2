"""The alert in force as a page shows it, and as the stream brings it to open ones."""

from datetime import datetime

from django.utils.translation import gettext

from dateline.newsfeed.alert_queries import alert_in_force
from dateline.newsfeed.models import Alert
from dateline.press.touch import touch
from dateline.reader.contexts import AlertContext
from dateline.reader.memo import memo
from dateline.stories.queries import story_at
from dateline.topics.models import Edition


def alert_shown(edition: Edition, now: datetime) -> AlertContext | None:
    """Return the alert in force; whoever shows it is made anew when it changes.

    It is kept like the furniture, so that pages without one ask nothing; its time is compared here.
    """
    alert = memo.get(f"alert {edition.code}", lambda: _alert(edition, now))
    return alert if alert and alert.until > now else None


def _alert(edition: Edition, now: datetime) -> AlertContext | None:
    touch(f"alert:{edition.code}")
    alert = alert_in_force(edition, now)
    return alert_context(alert, now) if alert else None


def alert_context(alert: Alert, now: datetime) -> AlertContext:
    """Return an alert; it leads to its story only while readers may see that."""
    if alert.story_id:
        touch(f"story:{alert.story_id}")
    story = story_at(alert.story_id, now) if alert.story_id else None
    return AlertContext(
        number=alert.pk,
        headline=alert.headline,
        url=story.address if story else "",
        is_flash=alert.is_flash,
        raised_at=alert.raised_at,
        until=alert.until,
    )


def alert_label(alert: Alert) -> str:
    """Return the word over an alert, in the language spoken now."""
    return gettext("Breaking") if alert.is_flash else gettext("Bulletin")
