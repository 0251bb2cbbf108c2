"""The door for a browser's notifications: what it is told of, changed and asked by its endpoint.

No session is looked at: the endpoint is known to that browser and us alone. Requests are JSON,
which no form of another site can send.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dateline.common import clock, house
from dateline.common.client import client_address
from dateline.common.errors import DatelineError
from dateline.common.rates import Rate, RateFile
from dateline.reader.chat_door import told
from dateline.reader.letters.subjects import named
from dateline.reader.present.furniture import furniture_of
from dateline.reader.views import speaking
from dateline.standards.errors import CopyError
from dateline.standards.json_text import parse_json
from dateline.subscriptions.actions import (
    Browser,
    Choice,
    Told,
    follow_by_browser,
    forget_endpoint,
    move_browser,
)
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.errors import EndpointRefused, SubjectUnknown
from dateline.subscriptions.queries import endpoint_at, followed_by_push
from dateline.subscriptions.rules import Subject, subject_of

_RATE = Rate(60, timedelta(minutes=10))
_NEW_RATE = Rate(20, timedelta(hours=1))
"""Browsers that are new to us, from one address: each is a row that stays."""
MOST_SUBJECTS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser's script sends: values as they came, each checked where it is read."""

    told: dict[str, Any]
    address: str

    def text(self, name: str) -> str:
        """Return a value that is a text which can be stored, else nothing."""
        value = self.told.get(name)
        return value if isinstance(value, str) and value.isprintable() else ""

    @property
    def browser(self) -> Browser:
        """Return the browser's subscription, as `PushSubscription.toJSON()` writes it."""
        one = _object(self.told.get("subscription"))
        keys = _object(one.get("keys"))
        texts = (one.get("endpoint"), keys.get("p256dh"), keys.get("auth"))
        return Browser(*(value if isinstance(value, str) else "" for value in texts))

    @property
    def subjects(self) -> list[Subject]:
        """Return what it wants to be notified of."""
        given = self.told.get("subjects")
        texts = given[:MOST_SUBJECTS] if isinstance(given, list) else []
        found = (subject_of(text) for text in texts if isinstance(text, str))
        return [subject for subject in dict.fromkeys(found) if subject is not None]


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


@csrf_exempt
@require_POST
def notify(request: HttpRequest, deed: str) -> HttpResponse:
    """Do one of: `follow` exactly these subjects, `mine` (which are they), `moved`, `stop`."""
    if request.content_type != "application/json" or not _is_ours(request):
        return told({"error": "json"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    address = client_address(request)
    wait = _table().take(f"notify {address}", _RATE, clock.now())
    if wait:
        return _too_many(wait)
    try:
        said = parse_json(request.body.decode("utf-8"))
        asked = Asked(said if isinstance(said, dict) else {}, address)
        wait = _wait_for_new(asked) if deed == "follow" else wait
        return _too_many(wait) if wait else told(_done(deed, asked))
    except (CopyError, UnicodeDecodeError):
        return told({"error": "bad-request"}, HTTPStatus.BAD_REQUEST)
    except DatelineError as error:
        return told({"error": error.code}, error.status)


def _wait_for_new(asked: Asked) -> timedelta:
    """Return how long an address has to wait until another browser may come from there."""
    if endpoint_at(asked.browser.address) is not None:
        return timedelta(0)
    return _table().take(f"new browser {asked.address}", _NEW_RATE, clock.now())


def _too_many(wait: timedelta) -> HttpResponse:
    answer = told({"error": "too-many"}, HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(ceil(wait.total_seconds()))
    return answer


def _follow(asked: Asked) -> list[str]:
    furniture = furniture_of(asked.text("edition"))
    if furniture is None or not asked.subjects:
        raise EndpointRefused
    with speaking(furniture):
        found = [one for text in asked.subjects if (one := named(str(text), furniture.edition))]
        words = gettext("Notify this browser of what I have chosen.")
    if not found:
        raise SubjectUnknown
    subscriber = follow_by_browser(
        by=None,
        browser=asked.browser,
        edition=furniture.edition,
        choices=[
            Choice(subject=one.subject, edition=one.edition, channel=Channel.PUSH) for one in found
        ],
        told=Told(words=words, page=asked.text("page"), address=asked.address),
    )
    return followed_by_push(subscriber)


def _mine(asked: Asked) -> list[str]:
    endpoint = endpoint_at(asked.text("endpoint"))
    return followed_by_push(endpoint.subscriber) if endpoint else []


def _done(deed: str, asked: Asked) -> dict[str, Any]:
    """Do a deed and return what a script is told; of what there is already, with the names."""
    subjects = _DEEDS[deed](asked)
    code = asked.text("edition") if deed == "mine" else ""
    return {"subjects": subjects} | ({"names": _names(subjects, code)} if code else {})


def _names(subjects: Sequence[str], code: str) -> dict[str, str]:
    """Return what readers call what a browser is notified of, in the language of an edition."""
    furniture = furniture_of(code)
    if furniture is None:
        return {}
    with speaking(furniture):
        found = {text: named(text, furniture.edition) for text in subjects}
    return {text: one.label for text, one in found.items() if one is not None}


def _moved(asked: Asked) -> list[str]:
    move_browser(by=None, old=asked.text("old"), browser=asked.browser)
    endpoint = endpoint_at(asked.browser.address)
    return followed_by_push(endpoint.subscriber) if endpoint else []


def _stop(asked: Asked) -> list[str]:
    endpoint = endpoint_at(asked.text("endpoint"))
    if endpoint is not None:
        forget_endpoint(by=None, endpoint=endpoint)
    return []


_DEEDS: dict[str, Callable[[Asked], list[str]]] = {
    "follow": _follow,
    "mine": _mine,
    "moved": _moved,
    "stop": _stop,
}
DEED = "|".join(_DEEDS)


def _is_ours(request: HttpRequest) -> bool:
    """Say whether a page of ours asks, as far as the browser says; a worker says so too."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


@cache
def _table() -> RateFile:
    return RateFile(house.home() / "run" / "notify-tries", secret=settings.SECRET_KEY, sets=512)
