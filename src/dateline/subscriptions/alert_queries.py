"""An alert is a delivery of its story: whom one reaches by the same way gets no letter besides.

So it is when both are taken back: one letter says it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from dateline.subscriptions.enums import Cause, Channel, State, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.queries import HAD, MAY_COME
from dateline.subscriptions.rules import Outcome, story_retraction_key, waits

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


def told_by_another(taken: Sequence[Delivery]) -> set[int]:
    """Return which of those letters that take back a story tell their reader what another does.

    On a screen each notification is replaced by itself, so there none is one too many.
    """
    letters = [one for one in taken if _takes_back(one.sending) and one.channel == Channel.MAIL]
    backs = _of_whole_stories({one.sending.story or 0 for one in letters}) if letters else {}
    rows = Delivery.objects.filter(
        sending__in=list(backs),
        subscriber__in={one.subscriber_id for one in letters},
        channel=Channel.MAIL,
        state__in=(State.PLANNED, *MAY_COME),
    )
    found = defaultdict(list)
    for number, who, sending, state in rows.values_list("pk", "subscriber", "sending", "state"):
        found[who, backs[sending]].append((number, state))
    return {
        one.pk
        for one in letters
        if one.sending_id in backs
        for number, state in found[one.subscriber_id, one.sending.story]
        if number != one.pk and (state in HAD or number < one.pk)
    }


def _takes_back(sending: Sending) -> bool:
    return sending.thing == Thing.RETRACTION and sending.story is not None


def _of_whole_stories(stories: Collection[int]) -> dict[int, int | None]:
    """Return what takes back stories or alerts of them, each with its story; no part of one."""
    backs = list(Sending.objects.filter(thing=Thing.RETRACTION, story__in=stories))
    numbers = [one.thing_number or 0 for one in backs]
    alerts = set(
        Sending.objects.filter(pk__in=numbers, thing=Thing.ALERT).values_list("pk", flat=True)
    )
    return {
        one.pk: one.story
        for one in backs
        if one.thing_number in alerts or one.key == story_retraction_key(one.story or 0)
    }
