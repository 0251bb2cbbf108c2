"""Letters about what is said to a reader: wanted or not, as a preference of their account."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from dateline.common.client import client_address
from dateline.reader.account.forms import PreferencesForm
from dateline.readers.models import Reader
from dateline.readers.queries import mail_of
from dateline.subscriptions.actions import Choice, Told, follow, subscriber_for, unfollow
from dateline.subscriptions.queries import hears_of_replies, subscriber_of
from dateline.subscriptions.rules import replies_subject

FIELD = "mails_replies"


def offer_replies(form: PreferencesForm, reader: Reader) -> None:
    """Ask about letters, where this newsroom sends them and knows the reader's address."""
    if settings.DATELINE.mail_server.get_secret_value() and mail_of(reader.account):
        form.fields[FIELD].initial = hears_of_replies(reader.pk)
    else:
        del form.fields[FIELD]


def save_replies(request: HttpRequest, form: PreferencesForm, reader: Reader) -> None:
    """Have the reader be written to, or not any more, if that is what they changed."""
    if FIELD not in form.changed_data:
        return
    subject, words = replies_subject(reader.pk), str(form.fields[FIELD].label)
    told = Told(
        words=words,
        page=request.path,
        address=client_address(request),
        language=get_language() or "",
    )
    if form.cleaned_data[FIELD]:
        edition, mail = request.furniture.edition, mail_of(reader.account)  # type: ignore[attr-defined]
        subscriber = subscriber_for(by=reader.account, mail=mail, edition=edition, reader=reader)
        choice = Choice(subject=subject, edition=edition)
        follow(by=reader.account, subscriber=subscriber, choice=choice, told=told)
    elif known := subscriber_of(reader):
        unfollow(by=reader.account, subscriber=known, subject=str(subject), told=told)
