"""A test letter, by the way that all letters take, so that it shows what theirs would."""

from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from dateline.common import clock
from dateline.config.errors import LetterNotSent
from dateline.people.signing import sign_letter
from dateline.publishing.post import line_out
from dateline.subscriptions.mail.carrier import ascii_address, values_of
from dateline.subscriptions.mail.compose import TOKEN, Form, Letter
from dateline.subscriptions.mail.links import mail_host, return_address
from dateline.subscriptions.mail.smtp import Lost, Refused

_TEXT = (
    "If you read this, letters of this newsroom arrive.",
    "Save it with all of its headers, and `dateline doctor mail --letter FILE` says what the "
    "server that took it found out.",
)


def send_trial(to: str) -> str:
    """Send a test letter and return what the server said.

    Raises:
        LetterNotSent: it did not leave; says why and what to do.
    """
    address = _checked(to)
    number = int(clock.now().timestamp() * 1000)
    """Far above all numbers of the ledger, and another one for each test."""
    sender = settings.DEFAULT_FROM_EMAIL
    values = values_of(number, to=address, key="test")
    line = line_out()
    try:
        return line.hand_over(
            sender=return_address(number, parseaddr(sender)[1]),
            to=address,
            data=sign_letter(Form(_letter(sender)).filled(values)),
        )
    except Refused as error:
        why = f"the server refused it ({error.code} {error.answer})"
        raise LetterNotSent(to=to, why=why) from error
    except Lost as error:
        cure = "check mail_server: host, port, name and password, and what the firewall lets out"
        raise LetterNotSent(to=to, why=f"the server is away ({error.answer}); {cure}") from error
    finally:
        line.close()


def _checked(to: str) -> str:
    if not settings.DATELINE.mail_server.get_secret_value():
        raise LetterNotSent(to=to, why="this newsroom sends no mail; set mail_server")
    address = ascii_address(to)
    try:
        validate_email(address)
    except ValidationError as error:
        raise LetterNotSent(to=to, why="that is no mail address") from error
    return address


def _letter(sender: str) -> Letter:
    paragraphs = "".join(f"<p>{line}</p>" for line in _TEXT)
    return Letter(
        sender=sender,
        subject=f"Test letter of {settings.DATELINE.name}",
        text="\n\n".join((*_TEXT, "")),
        html=f'<!doctype html><html lang="en"><title>Test</title><body>{paragraphs}</body></html>',
        list_id=f"test.{mail_host()}",
        list_name="Test",
        unsubscribe_url=f"{settings.DATELINE.base_url}/letters/{TOKEN}/stop/",
        at=clock.now(),
        is_left_by_mail=bool(settings.DATELINE.bounce_mailbox),
    )
