"""Letters to readers: plain text, and the same as simple HTML."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from dateline.reader.contexts import EditionContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says. `code` stands out; `lines` come before it, `after` below."""

    subject: str
    lines: tuple[str, ...]
    code: str = ""
    url: str = ""
    after: tuple[str, ...] = ()


def send_letter(letter: Letter, to: str, edition: EditionContext) -> None:
    """Send a letter in the language that is spoken now.

    Raises:
        OSError: no mail server takes it.
    """
    subject = " ".join(letter.subject.split())
    site = settings.DATELINE.base_url
    values = {"letter": letter, "edition": edition, "site": site, "subject": subject}
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("reader/mail/letter.txt", values),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("reader/mail/letter.html", values), "text/html")
    message.send()


def can_send() -> bool:
    """Say whether this newsroom sends mail at all."""
    return bool(settings.DATELINE.mail_server.get_secret_value())
