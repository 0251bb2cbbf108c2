"""The mail of a demonstration: sent to nobody, each letter a file of its own."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from dateline.common import clock, house


class EmailBackend(BaseEmailBackend):
    """Writes what it is given into the data folder's `mail`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write messages, and return how many."""
        folder = house.mail_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            file = folder / f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
            file.write_bytes(message.message().as_bytes())
        return len(email_messages)
