"""Mail goes by the runner: no page waits for a mail server.

A letter is a row until a server has taken it. It holds a code that is good for minutes, so one that
cannot be sent for as long is given up, and nothing of what was sent is kept.
"""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from functools import partial

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from dateline.common import clock, house
from dateline.people.models import Letter

log = structlog.get_logger(__name__)
MOST_TRIES = 5
_AT_ONCE = 20
_after_post: list[Callable[[], None]] = []


def call_after_post(rings: Callable[[], None]) -> None:
    """Have the runner woken as soon as a letter is committed."""
    if rings not in _after_post:
        _after_post.append(rings)


_NOW = timedelta(0)


@transaction.atomic
def post_letter(
    *, to: str, subject: str, text: str, html: str, about: str = "", after: timedelta = _NOW
) -> Letter:
    """Put a letter on its way, to leave after a while; what it is `about` drops it until then."""
    letter = Letter.objects.create(
        to=to, subject=subject, text=text, html=html, about=about, due_at=clock.now() + after
    )
    for rings in _after_post:
        transaction.on_commit(rings, robust=True)
    return letter


def drop_letters(about: str) -> int:
    """Take away what is on its way about something, and return how many letters that is."""
    return Letter.objects.filter(about=about).delete()[0]


def send_waiting() -> int:
    """Send the letters that are due and return how many a mail server has taken.

    One that no server takes is tried again after 5, 25, 125 and 625 seconds, then given up.
    """
    due = list(Letter.objects.filter(due_at__lte=clock.now()).order_by("due_at")[:_AT_ONCE])
    if not due:
        return 0
    server = get_connection()
    try:
        return sum(_is_sent(letter, server) for letter in due)
    finally:
        server.close()


def _is_sent(letter: Letter, server: BaseEmailBackend) -> bool:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        headers={"Auto-Submitted": "auto-generated"},
        connection=server,
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except OSError as error:
        _failed(letter, error)
        return False
    letter.delete()
    return True


def _failed(letter: Letter, error: OSError) -> None:
    letter.tries += 1
    log.warning("letter not sent", letter=letter.pk, tries=letter.tries, error=repr(error))
    if letter.tries >= MOST_TRIES:
        letter.delete()
        return
    letter.due_at = clock.now() + timedelta(seconds=5**letter.tries)
    letter.save(update_fields=["tries", "due_at"])


def forget_letters(to: str) -> None:
    """Take away what is on its way to an address, and what a demonstration's folder holds of it."""
    Letter.objects.filter(to=to).delete()
    if to:
        transaction.on_commit(partial(_drop_files, to))


def _drop_files(to: str) -> None:
    for file in house.mail_folder().glob("*.eml"):
        if message_from_bytes(file.read_bytes())["To"] == to:
            file.unlink(missing_ok=True)
