"""An alert is a delivery of its story: whom one reaches by the same way gets no letter besides."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from dateline.subscriptions.enums import Cause, State, Thing
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.queries import HAD, MAY_COME
from dateline.subscriptions.rules import Outcome, waits

AlertsOf = Callable[[Collection[int]], Mapping[str, int]]
"""Says under which keys alerts of some stories go out, each with its story; none that was wrong."""


def no_alerts(_: Collection[int]) -> Mapping[str, int]:
    """Say that no alert leads to any story."""
    return {}


def brought_by_alerts(
    taken: Sequence[Delivery], alerts_of: AlertsOf, now: datetime
) -> dict[int, Outcome]:
    """Return what becomes of those deliveries of stories that alerts bring to the same readers.

    Where one has left, the story stays here; while it is on its way, the story waits for what
    becomes of it. A flash that left before its story was out has not brought that.
    """
    letters = [one for one in taken if one.sending.thing == Thing.STORY]
    alerts = alerts_of({one.sending.story or 0 for one in letters}) if letters else {}
    if not alerts:
        return {}
    found = _on_their_way(letters, alerts)
    outcomes = {}
    for one in letters:
        since = one.sending.since or one.sending.made_at
        alerted = found[one.subscriber_id, one.sending.story or 0]
        due = [at for state, at in alerted if state not in HAD]
        if any(state in HAD and at >= since for state, at in alerted):
            outcomes[one.pk] = Outcome(one.pk, State.SKIPPED, Cause.ALERTED)
        elif due:
            outcomes[one.pk] = waits(one.pk, Cause.ALERTED, min(due), now)
    return outcomes


def _on_their_way(
    letters: Sequence[Delivery], alerts: Mapping[str, int]
) -> defaultdict[tuple[int, int], list[tuple[str, datetime]]]:
    """Return, by subscriber and story, the state of each alert, and when it left or is due."""
    rows = Delivery.objects.filter(
        sending__key__in=list(alerts),
        subscriber__in={one.subscriber_id for one in letters},
        channel=letters[0].channel,
        state__in=(State.PLANNED, *MAY_COME),
    )
    found = defaultdict(list)
    for key, who, state, at in rows.values_list("sending__key", "subscriber", "state", "due_at"):
        found[who, alerts[key]].append((state, at))
    return found
