"""The door for what came back: providers and relays tell of bounces by a signed request.

Nobody is believed without the signature; with it, a report is believed about the delivery whose
signed Message-ID or return address it names, as mail that comes back is.
"""

import hmac
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dateline.common import clock
from dateline.reader.chat_door import told
from dateline.standards.bounces.events import reports_in
from dateline.standards.errors import CopyError
from dateline.subscriptions.mail.esp import listener, reports_of
from dateline.subscriptions.mail.returns import take_mail, take_reports

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
    if not chosen.provider or "WEBHOOK_SECRET" not in chosen.esp:
        return told({"error": "not-offered"}, HTTPStatus.NOT_FOUND)
    if request.method == "HEAD":  # Some ask so whether the address is there.
        return HttpResponse()
    listens = listener(chosen.provider)
    try:
        listens.run_validators(request)
    except SuspiciousOperation:
        return told({"error": "signature"}, HTTPStatus.FORBIDDEN)
    try:
        reports = reports_of(listens.parse_events(request))
    except (ValueError, LookupError, TypeError, AttributeError):
        return told({"error": "no-events"}, HTTPStatus.BAD_REQUEST)
    came = take_reports(reports)
    return told({"report": came.is_report, "known": came.known, "news": came.news})


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
