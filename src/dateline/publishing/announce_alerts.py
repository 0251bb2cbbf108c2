"""What an open page is told of alerts: the page's own partial, as the alert is when it is told."""

from collections.abc import Iterable
from datetime import datetime

from django.template.loader import render_to_string

from dateline.journal.entries import Recorded
from dateline.newsfeed.alert_queries import alerts_by_number
from dateline.newsfeed.entries import AlertEntry, AlertShown
from dateline.newsfeed.models import Alert
from dateline.reader.present.alerts import alert_context
from dateline.reader.present.furniture import furniture_of
from dateline.reader.views import speaking

Told = dict[str, object]


def alert_words(lines: Iterable[Recorded], now: datetime) -> dict[int, Told]:
    """Return what is told of the entries about alerts among some, by their numbers.

    Of an alert that is over by now nothing but its number is told.
    """
    found = {line.seq: line.entry for line in lines if isinstance(line.entry, AlertEntry)}
    if not found:
        return {}
    shown = {entry.alert for entry in found.values() if isinstance(entry, AlertShown)}
    banners = {n: _banner(one, now) for n, one in alerts_by_number(shown, now).items()}
    return {
        seq: {"alert": entry.alert}
        | (banners.get(entry.alert, {}) if isinstance(entry, AlertShown) else {})
        for seq, entry in found.items()
    }


def _banner(alert: Alert, now: datetime) -> Told:
    furniture = furniture_of(alert.edition.code)
    if furniture is None:
        return {}
    with speaking(furniture):
        values = {"alert": alert_context(alert, now)}
        return {"html": render_to_string("reader/_alert.html", values)}
