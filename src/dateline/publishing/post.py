"""The runner's post: who carries what is planned, one carrier for each channel."""

from collections.abc import Callable, Sequence
from functools import cache

from django.conf import settings

from dateline.live.queries import posts_seen
from dateline.newsfeed.alert_queries import alerts_by_number
from dateline.people.signing import sign_letter
from dateline.publishing.alert_sendings import alerts_bringing
from dateline.publishing.push import push_carrier
from dateline.subscriptions.enums import Thing
from dateline.subscriptions.mail.carrier import MailCarrier
from dateline.subscriptions.mail.compose import Form
from dateline.subscriptions.mail.esp import EspLine
from dateline.subscriptions.mail.folder import FolderLine
from dateline.subscriptions.mail.links import return_address
from dateline.subscriptions.mail.mailbox import Mailbox
from dateline.subscriptions.mail.smtp import Line, SmtpLine, server_in_settings
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.post import Carrier, Post, Sight


def posts() -> list[Post]:
    """Return the post of each channel; the runner gives each a thread of its own."""
    return [Post(carrier, SIGHTS, alerts_bringing) for carrier in _carriers()]


SIGHTS: dict[str, Sight] = {Thing.ALERT: alerts_by_number, Thing.LIVE: posts_seen}


def _carriers() -> list[Carrier]:
    return [
        MailCarrier(
            write=_write,
            line=line_out,
            sender=lambda: settings.DEFAULT_FROM_EMAIL,
            returns=return_address,
            sign=sign_letter,
            a_minute=lambda: settings.DATELINE.mail_a_minute,
            is_open=lambda: bool(settings.DATELINE.mail_server.get_secret_value()),
        ),
        push_carrier(),
    ]


def returned_mail() -> Mailbox:
    """Return the mailbox to which letters come back; the runner looks into it."""
    return Mailbox(lambda: settings.DATELINE.bounces_from.get_secret_value())


def line_out() -> Line:
    """Return a way by which letters leave: to a server or provider, or into a demo's folder."""
    if settings.DATELINE.provider:
        return EspLine()
    is_folder = settings.DATELINE.mail_server.get_secret_value() == "folder"
    return FolderLine() if is_folder else SmtpLine(server_in_settings())


def _write(deliveries: Sequence[Delivery]) -> dict[int, Form]:
    """Write letters as the reader's room has them, which is loaded with the first one."""
    return _writer()(deliveries)


@cache
def _writer() -> Callable[[Sequence[Delivery]], dict[int, Form]]:
    from dateline.reader.letters.writer import Writer  # noqa: PLC0415 - large, and seldom needed

    return Writer()
