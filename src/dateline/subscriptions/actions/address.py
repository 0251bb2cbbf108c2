"""Who is written to at an address: it was proved to be theirs, by a link or by their account."""

from django.db import transaction
from django.db.models import Q

from dateline.journal.record import record
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.subscriptions.actions.follow import Told, note_deed
from dateline.subscriptions.actions.merge import merge_subscribers, send_home
from dateline.subscriptions.actions.standing import resume_subscriber
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.enums import Deed, Standing, Stop
from dateline.subscriptions.models import Subscriber
from dateline.subscriptions.queries import at_address, subscriber_of
from dateline.topics.models import Edition


@transaction.atomic
def subscriber_for(
    *, by: Account | None, mail: str, edition: Edition, reader: Reader | None = None
) -> Subscriber:
    """Return the subscriber with a mail address that was proved to be theirs, or make one.

    A reader is one subscriber: what they got at another address comes along.

    Records: SubscriberChanged for a new one, or one that is known to be a reader from now on.
    """
    mail = mail.lower()
    _lock(at_address(mail) | Q(reader=reader, reader__isnull=False))
    if reader is not None:
        _leave_to(reader, mail, by=by)
    rows = Subscriber.objects.filter(at_address(mail))
    found, is_new = rows.get_or_create(defaults={"mail": mail, "edition": edition})
    if reader is not None and found.reader_id != reader.pk:
        before = subscriber_of(reader)
        if before is not None:
            merge_subscribers(by=by, kept=found, other=before, is_asked=False)
        found.reader = reader
        found.save(update_fields=["reader"])
        is_new = True
    if is_new:
        record(SubscriberChanged(edition="", subscriber=found.pk))
    return found


@transaction.atomic
def move_subscriber(
    *,
    by: Account | None,
    subscriber: Subscriber,
    mail: str,
    is_asked: bool = False,
    told: Told,
) -> Subscriber:
    """Write to somebody at another address, which was proved to be theirs; return who they are.

    What that address got is theirs too (see `merge_subscribers`), unless it is of another account.
    `is_asked` says that they have asked for their letters there, and not for an account alone.

    Records: SubscriberChanged.
    """
    mail = mail.lower()
    _lock(at_address(mail) | Q(pk=subscriber.pk))
    subscriber.refresh_from_db()
    kept = subscriber.merged_into or subscriber
    if kept.reader is not None:
        _leave_to(kept.reader, mail, by=by)
    other = Subscriber.objects.filter(at_address(mail)).exclude(pk=kept.pk).first()
    if other is not None:
        merge_subscribers(by=by, kept=kept, other=other, is_asked=is_asked)
        note_deed(by=by, subscriber=kept, deed=Deed.MERGED, told=told)
    kept.mail, kept.soft_bounces = mail, 0
    kept.save(update_fields=["mail", "soft_bounces"])
    if kept.standing == Standing.STOPPED and kept.stopped_as == Stop.BOUNCED:
        resume_subscriber(by=by, subscriber=kept)
    note_deed(by=by, subscriber=kept, deed=Deed.MOVED, told=told)
    return kept


def _lock(who: Q) -> None:
    """Hold the rows that this is about, in one order, so that two moves wait for each other."""
    list(Subscriber.objects.select_for_update().filter(who).order_by("pk").values_list("pk"))


def _leave_to(reader: Reader, mail: str, *, by: Account | None) -> None:
    """Have an address to oneself: another account that was written to there goes home."""
    rows = Subscriber.objects.filter(at_address(mail), reader__isnull=False).exclude(reader=reader)
    for one in rows.select_related("reader__account"):
        send_home(by=by, subscriber=one)
