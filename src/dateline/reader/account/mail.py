"""Letters to readers: plain text, and the same as simple HTML."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string

from dateline.people.letters import post_letter
from dateline.reader.contexts import EditionContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says. `code` stands out; `lines` come before it, `after` below."""

    subject: str
    lines: tuple[str, ...]
    code: str = ""
    url: str = ""
    after: tuple[str, ...] = ()


def send_letter(
    letter: Letter,
    to: str,
    edition: EditionContext,
    *,
    about: str = "",
    after: timedelta = timedelta(0),
) -> None:
    """Put a letter on its way, in the language that is spoken now; the runner sends it."""
    subject = " ".join(letter.subject.split())
    site = settings.DATELINE.base_url
    values = {"letter": letter, "edition": edition, "site": site, "subject": subject}
    post_letter(
        to=to,
        subject=subject,
        text=render_to_string("reader/mail/letter.txt", values),
        html=render_to_string("reader/mail/letter.html", values),
        about=about,
        after=after,
    )


def can_send() -> bool:
    """Say whether this newsroom sends mail at all."""
    return bool(settings.DATELINE.mail_server.get_secret_value())
