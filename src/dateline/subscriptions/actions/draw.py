"""Drawing who tries which of two subjects, as recipients are written down."""

from collections import defaultdict

from django.db.models import Q

from dateline.subscriptions.enums import Channel, State, Variant
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.trial_queries import trial_in
from dateline.subscriptions.trial_rules import drawn


def draw_subjects(sending: Sending, first: int, last: int) -> None:
    """Give the recipients of one window, by subscribers' numbers, their subject.

    Who is not drawn, or refused to be counted, waits until the trial is decided. After that all get
    the subject that won.
    """
    trial = trial_in(sending)
    if trial is None:
        return
    rows = Delivery.objects.filter(
        sending=sending,
        subscriber__gte=first,
        subscriber__lte=last,
        channel=Channel.MAIL,
        state=State.PLANNED,
        variant="",
    )
    if not trial.is_running:
        rows.update(variant=trial.won)
        return
    chosen: dict[Variant, list[int]] = defaultdict(list)
    counted = rows.filter(subscriber__is_counted=True).values_list("pk", "subscriber")
    for delivery, subscriber in counted:
        variant = drawn(sending.key, subscriber, trial.share)
        if variant is not None:
            chosen[variant].append(delivery)
    for variant, numbers in chosen.items():
        Delivery.objects.filter(pk__in=numbers).update(variant=variant)
    rows.filter(Q(due_at__lt=trial.decides_at)).update(due_at=trial.decides_at)
