"""Letters by a provider's own interface (extra `esp`), and what it tells of them.

The provider builds its own mail of what a letter says, and may give it another Message-ID: ours
goes along as a mark, comes back with each event, and is believed since it is signed.
"""

from collections.abc import Iterable
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import import_module
from typing import Any, Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from dateline.standards.bounces.reports import Report
from dateline.standards.bounces.status import Status, Verdict, best_status, verdict_of
from dateline.standards.text.clean import fold
from dateline.subscriptions.mail.smtp import Lost, Refused

MARK = "dateline"
_HEADS = ("Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted")
_BUSY, _NOT_WITH_THESE, _BROKEN = 429, frozenset({401, 402, 403, 404, 407}), 500
_MOST_WORDS = 500
_SURE = {
    "complained": Verdict.COMPLAINT,
    "delivered": Verdict.DELIVERED,
    "deferred": Verdict.DELAYED,
}
_CAME_BACK = frozenset({"bounced", "rejected", "failed"})
_NO_ADDRESS = Status(5, 1, 1)


class EspLine:
    """A provider's interface. What was asked of it, and not answered, is in doubt."""

    def __init__(self) -> None:
        self._open: BaseEmailBackend | None = None

    def hand_over(self, *, sender: str, to: str, data: bytes) -> str:
        """Give one letter to the provider, and return the name it has there."""
        from anymail.exceptions import (  # noqa: PLC0415 - an extra
            AnymailAPIError,
            AnymailError,
            AnymailRecipientsRefused,
        )

        letter = _letter(message_from_bytes(data, policy=policy.default), to)
        try:
            self._opened().send_messages([letter])
        except AnymailRecipientsRefused as error:
            raise Refused(550, f"5.7.1 {fold(str(error))}") from error
        except AnymailAPIError as error:
            raise _after(error.status_code, fold(str(error))) from error
        except AnymailError as error:
            raise Refused(554, f"5.6.0 {fold(str(error))}") from error
        return str(letter.anymail_status.message_id)  # type: ignore[attr-defined]

    def close(self) -> None:
        """End the conversation."""
        line, self._open = self._open, None
        if line is not None:
            line.close()

    def _opened(self) -> BaseEmailBackend:
        if self._open is None:
            self._open = get_connection()
            self._open.open()
        return self._open


def _letter(read: EmailMessage, to: str) -> EmailMultiAlternatives:
    plain, html = (read.get_body((kind,)) for kind in ("plain", "html"))
    letter = EmailMultiAlternatives(
        subject=str(read["Subject"]),
        body=plain.get_content() if plain else "",
        from_email=str(read["From"]),
        to=[to],
        headers={name: str(read[name]) for name in _HEADS if read[name]},
    )
    if html:
        letter.attach_alternative(html.get_content(), "text/html")
    letter.metadata = {MARK: str(read["Message-ID"])}  # type: ignore[attr-defined]
    return letter


def _after(status: int | None, said: str) -> Refused | Lost:
    """Return what an answer means: without one, or with a broken one, the letter may have left."""
    if status is None or status >= _BROKEN:
        return Lost(said, is_in_doubt=True)
    if status == _BUSY:
        return Lost(said, is_in_doubt=False, code=421)
    if status in _NOT_WITH_THESE:
        return Lost(said, is_in_doubt=False)
    return Refused(554, f"5.6.0 {said}")


class Event(Protocol):
    """What a provider tells of a letter, as django-anymail puts it."""

    event_type: str
    metadata: dict[str, Any]
    mta_response: str | None
    description: str | None
    reject_reason: str | None
    recipient: str | None


def reports_of(events: Iterable[Event]) -> list[Report]:
    """Return the reports in a provider's events; openings and the like are none."""
    return [report for event in events if (report := _report(event)) is not None]


def _report(event: Event) -> Report | None:
    words = fold(str(event.mta_response or event.description or ""))[:_MOST_WORDS]
    status = best_status(words, words)
    if event.event_type in _CAME_BACK:
        is_invalid = status is None and event.reject_reason == "invalid"
        status = _NO_ADDRESS if is_invalid else status
        verdict = verdict_of(status, words)
        verdict = Verdict.SOFT if verdict is Verdict.DELIVERED else verdict
    elif event.event_type in _SURE:
        verdict = _SURE[event.event_type]
    else:
        return None
    return Report(
        verdict=verdict,
        address=str(event.recipient or "").lower(),
        status=str(status or ""),
        words=words or event.event_type,
        message_id=str(event.metadata.get(MARK, "")),
        came_to=(),
    )


def listener(provider: str) -> Any:
    """Return django-anymail's view of a provider's events, of which we use checks and reading."""
    module = import_module(f"anymail.webhooks.{provider}")
    names = (f"{part}WebhookView" for part in ("Tracking", "Combined"))
    found = next(one for name in names for one in vars(module) if one.endswith(name))
    return vars(module)[found]()
