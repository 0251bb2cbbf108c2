"""The door for what came back: providers and relays tell of bounces by a signed request.

Nobody is believed without the signature; with it, a report is believed about the delivery whose
signed Message-ID or return address it names, as mail that comes back is.
"""

import hmac
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dateline.common import clock
from dateline.reader.chat_door import told
from dateline.standards.bounces.events import reports_in
from dateline.standards.errors import CopyError
from dateline.standards.text.clean import fold
from dateline.subscriptions.mail.esp import listener, reports_of
from dateline.subscriptions.mail.returns import take_mail, take_reports

log = structlog.get_logger(__name__)
GOOD_FOR = 300
"""Seconds for which a signature is good, either way: clocks differ, and nobody repeats it later."""
_JSON = "application/json"


@csrf_exempt  # A machine has no page of ours; its signature is what proves it.
@require_POST
def returned(request: HttpRequest) -> HttpResponse:
    """Take reports: events as JSON, else one mail (DSN or ARF) as it came."""
    secret = settings.DATELINE.bounce_secret.get_secret_value()
    if not secret:
        return told({"error": "not-offered"}, HTTPStatus.NOT_FOUND)
    signature = request.headers.get("X-Dateline-Signature", "")
    if not is_signed(request.body, signature, secret, now=clock.now().timestamp()):
        return told({"error": "signature"}, HTTPStatus.FORBIDDEN)
    try:
        is_json = request.content_type == _JSON
        came = take_reports(reports_in(request.body)) if is_json else take_mail(request.body)
    except CopyError as error:
        return told({"error": error.code, "message": str(error)}, HTTPStatus.BAD_REQUEST)
    return told({"report": came.is_report, "known": came.known, "news": came.news})


@csrf_exempt  # As above: its password or signature is what proves it.
@require_http_methods(["HEAD", "POST"])
def returned_by_provider(request: HttpRequest) -> HttpResponse:
    """Take what the provider in force tells of letters, in its own words."""
    chosen = settings.DATELINE
    lacks = chosen.lacks_for_events
    if not chosen.provider or lacks == "WEBHOOK_SECRET":
        return told({"error": "not-offered"}, HTTPStatus.NOT_FOUND)
    if request.method == "HEAD":  # Some ask so whether the address is there.
        return HttpResponse()
    try:
        _prove(request, chosen.provider, lacks)
        reports = reports_of(listener(chosen.provider).parse_events(request))
    except _NotTakenError as refused:
        return told({"error": refused.error}, refused.status)
    except (ValueError, LookupError, TypeError, AttributeError):
        return told({"error": "no-events"}, HTTPStatus.BAD_REQUEST)
    came = take_reports(reports)
    return told({"report": came.is_report, "known": came.known, "news": came.news})


class _NotTakenError(Exception):
    def __init__(self, error: str, status: HTTPStatus) -> None:
        super().__init__(error)
        self.error, self.status = error, status


def _prove(request: HttpRequest, provider: str, lacks: str) -> None:
    """Raise _NotTakenError for what is not proved to be the provider's.

    Where that is for want of a setting they are told to come again: nothing is lost once it is set.
    """
    cure = f"set {lacks} in [esp]" if lacks else ""
    try:
        if not lacks:
            listener(provider).run_validators(request)
    except SuspiciousOperation as error:
        raise _NotTakenError("signature", HTTPStatus.FORBIDDEN) from error
    except (ImproperlyConfigured, ValueError) as error:
        cure = f"correct [esp]: {fold(str(error))[:200]}"
    if cure:
        _say(cure)
        raise _NotTakenError("not-set-up", HTTPStatus.SERVICE_UNAVAILABLE)


@lru_cache(maxsize=8)
def _say(cure: str) -> None:
    """Say it once: anybody may ask this door a thousand times."""
    log.warning("what the provider tells of letters cannot be proved", cure=cure)


def is_signed(body: bytes, signature: str, secret: str, *, now: float) -> bool:
    """Say whether a body was signed with our secret, just now.

    Shape: `signature` is `t=SECONDS,v1=HEX`: HMAC-SHA256 of the seconds, a dot and the body.
    """
    parts = dict(part.strip().partition("=")[::2] for part in signature.split(","))
    at, given = parts.get("t", ""), parts.get("v1", "")
    if not (at.isascii() and at.isdecimal() and len(at) < 13) or not given.isascii():
        return False
    made = hmac.new(secret.encode(), at.encode() + b"." + body, sha256).hexdigest()
    return hmac.compare_digest(made, given) and abs(now - int(at)) <= GOOD_FOR
