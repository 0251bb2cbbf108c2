"""Ending what a letter was one of: by its link, or by a mail to its leave address."""

from django.db import transaction

from dateline.people.models import Account
from dateline.subscriptions.actions.follow import Told, unfollow
from dateline.subscriptions.models import Consent, Delivery, Subscriber
from dateline.subscriptions.queries import follows_of_letter


@transaction.atomic
def leave_letters(
    *, by: Account | None, subscriber: Subscriber, of: str, edition: str, told: Told
) -> bool:
    """Have somebody get no more letters like one, and say whether they got them until now.

    What they follow in other languages stays, unless `edition` is empty. See `follows_of_letter`
    for what a letter is one of.

    Records: SubscriberChanged for each subject that they followed.
    """
    left = [
        unfollow(by=by, subscriber=subscriber, subject=row.subject, edition=row.edition, told=told)
        for row in follows_of_letter(subscriber, of, edition)
    ]
    return any(left)


@transaction.atomic
def leave_by_mail(*, by: Account | None, delivery: int, told: Told) -> bool | None:
    """End what a delivery was one of, and say whether that was news; None if no line is left of it.

    `told` names the address that was written to as its page. Each address ends something once: a
    mail that is repeated does not end what its reader has asked for anew.

    Records: SubscriberChanged for each subject that they followed.
    """
    rows = Delivery.objects.select_related("subscriber__merged_into", "sending__edition")
    row = rows.filter(pk=delivery).first()
    if row is None:
        return None
    who = row.subscriber.merged_into or row.subscriber
    if Consent.objects.filter(subscriber=who, page=told.page).exists():
        return False
    code = row.sending.edition.code
    return leave_letters(by=by, subscriber=who, of=row.is_one_of, edition=code, told=told)
