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
from dateline.reader.letters.subjects import label_of, named
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
    leave_by_browser,
    move_browser,
)
from dateline.subscriptions.actions.browser import MOST_OF_BROWSER
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.errors import EndpointRefused, SubjectUnknown
from dateline.subscriptions.models import Subscription
from dateline.subscriptions.queries import endpoint_at, followed_by_push

_RATE = Rate(60, timedelta(minutes=10))
_NEW_RATE = Rate(20, timedelta(hours=1))
"""Browsers that are new to us, from one address: each is a row that stays."""


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
    def follows(self) -> list[str]:
        """Return what it names, as `topic:88/en`: what is to be followed, or to end."""
        given = self.told.get("follows")
        texts = given[: MOST_OF_BROWSER + 1] if isinstance(given, list) else []
        return list(dict.fromkeys(text for text in texts if isinstance(text, str)))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


@csrf_exempt
@require_POST
def notify(request: HttpRequest, deed: str) -> HttpResponse:
    """Do one of: `follow` some too, `leave` some, say what is `mine`, `moved`, `stop`.

    Shape: each answers `{"follows": ["topic:88/en"]}`, what is followed from now on and in which
        edition; `mine` says in `names` what readers of an `edition` call each.
    """
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


def _follow(asked: Asked) -> list[Subscription]:
    furniture = furniture_of(asked.text("edition"))
    if furniture is None or not asked.follows:
        raise EndpointRefused
    with speaking(furniture):
        words = gettext("Notify this browser of what I have chosen.")
    choices = [choice for name in asked.follows if (choice := _choice(name)) is not None]
    if not choices:
        raise SubjectUnknown
    subscriber = follow_by_browser(
        by=None,
        browser=asked.browser,
        edition=furniture.edition,
        choices=choices,
        told=Told(
            words=words,
            page=asked.text("page"),
            address=asked.address,
            language=furniture.edition.language,
        ),
        timezone=asked.text("timezone"),
    )
    return followed_by_push(subscriber)


def _choice(name: str) -> Choice | None:
    """Return what a name such as `topic:88/en` stands for; None where there is no such thing."""
    subject, _, code = name.partition("/")
    furniture = furniture_of(code) if code else None
    found = named(subject, furniture.edition) if furniture else None
    if found is None:
        return None
    return Choice(subject=found.subject, edition=found.edition, channel=Channel.PUSH)


def _leave(asked: Asked) -> list[Subscription]:
    """End some of what is followed: whatever is not named stays, whether it is seen now or not."""
    endpoint = endpoint_at(asked.text("endpoint"))
    if endpoint is None:
        raise EndpointRefused
    told = Told(page=asked.text("page"), address=asked.address)
    leave_by_browser(by=None, endpoint=endpoint, names=asked.follows, told=told)
    return followed_by_push(endpoint.subscriber)


def _mine(asked: Asked) -> list[Subscription]:
    return _followed_at(asked.text("endpoint"))


def _followed_at(address: str) -> list[Subscription]:
    endpoint = endpoint_at(address)
    return followed_by_push(endpoint.subscriber) if endpoint else []


def _done(deed: str, asked: Asked) -> dict[str, Any]:
    """Do a deed and return what a script is told; of what there is already, with the names."""
    rows = _DEEDS[deed](asked)
    code = asked.text("edition") if deed == "mine" else ""
    return {"follows": [row.name for row in rows]} | ({"names": _names(rows, code)} if code else {})


def _names(rows: Sequence[Subscription], code: str) -> dict[str, str]:
    """Return what readers call what a browser is notified of, in the language of an edition."""
    furniture = furniture_of(code)
    if furniture is None:
        return {}
    with speaking(furniture):
        return {row.name: label_of(row) for row in rows}


def _moved(asked: Asked) -> list[Subscription]:
    move_browser(by=None, old=asked.text("old"), browser=asked.browser)
    return _followed_at(asked.browser.address)


def _stop(asked: Asked) -> list[Subscription]:
    endpoint = endpoint_at(asked.text("endpoint"))
    if endpoint is not None:
        forget_endpoint(by=None, endpoint=endpoint)
    return []


_DEEDS: dict[str, Callable[[Asked], list[Subscription]]] = {
    "follow": _follow,
    "leave": _leave,
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
