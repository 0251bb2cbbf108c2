"""Finding trials of two subjects, and how they go."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from dateline.subscriptions.enums import Thing, Variant
from dateline.subscriptions.models import Delivery, Issue, Opening, Sending, Trial
from dateline.subscriptions.queries import HAD
from dateline.subscriptions.trial_rules import Figures


def trial_of(issue: Issue) -> Trial | None:
    """Return the trial of an issue's two subjects, or None."""
    return Trial.objects.select_related("issue").filter(issue=issue).first()


def trial_in(sending: Sending) -> Trial | None:
    """Return the trial that goes on, or went on, in a sending; or None."""
    rows = Trial.objects.filter(issue__sending=sending, decides_at__isnull=False)
    return rows.first() if sending.thing == Thing.NEWSLETTER else None


def due_trials(now: datetime) -> list[Trial]:
    """Return the trials to be decided; asked every second, so by index."""
    rows = Trial.objects.filter(decided_at__isnull=True, decides_at__isnull=False)
    return list(rows.filter(decides_at__lte=now).order_by("decides_at", "pk"))


def undecided(sendings: Iterable[Sending]) -> dict[int, datetime]:
    """Return which of some sendings wait for a trial, and until when."""
    issues = [one.pk for one in sendings if one.thing == Thing.NEWSLETTER]
    if not issues:
        return {}
    rows = Trial.objects.filter(issue__sending__in=issues, decided_at__isnull=True)
    found = rows.filter(decides_at__isnull=False).values_list("issue__sending", "decides_at")
    return {sending: at for sending, at in found if sending and at}


def figures_now(trial: Trial) -> dict[Variant, Figures]:
    """Return how both subjects do: counted now while the trial runs, as it ended afterwards."""
    if not trial.is_running:
        return trial.figures
    letters = Delivery.objects.filter(sending__issue__trial=trial, state__in=HAD)
    opened = Opening.objects.filter(delivery__in=letters.filter(subscriber__is_counted=True))
    sent = dict(letters.order_by().values_list("variant").annotate(count=Count("pk")))
    seen = dict(opened.order_by().values_list("delivery__variant").annotate(count=Count("pk")))
    return {one: Figures(sent.get(one, 0), seen.get(one, 0)) for one in Variant}
