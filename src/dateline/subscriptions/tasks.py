"""What follows entries of other rooms."""

from dateline.journal.entries import Recorded
from dateline.readers.entries import ReaderChanged
from dateline.readers.models import Reader
from dateline.readers.queries import mail_of
from dateline.subscriptions.actions import Told, move_subscriber
from dateline.subscriptions.queries import subscriber_of


def subscriber_after(recorded: Recorded) -> None:
    """Write to a reader at the new address of their account, which they proved to be theirs.

    What that address got before comes along; see `actions.merge_subscribers`.
    """
    entry = recorded.entry
    if not isinstance(entry, ReaderChanged) or not entry.has_new_mail:
        return
    reader = Reader.objects.select_related("account").filter(pk=entry.reader).first()
    subscriber = subscriber_of(reader) if reader else None
    mail = mail_of(reader.account) if reader else ""
    if subscriber is None or mail in {"", subscriber.mail}:
        return
    move_subscriber(by=None, subscriber=subscriber, mail=mail, told=Told(page="/account/mail/"))
