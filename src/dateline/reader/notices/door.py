"""The door for a browser's notifications: what it is told of, changed and asked by its endpoint.

No session is looked at: the endpoint is known to that browser and us alone. Requests are JSON,
which no form of another site can send.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from math import ceil
from typing import Any
from urllib.parse import quote

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
from dateline.reader.letters.subjects import label_with_language, named
from dateline.reader.present.furniture import furniture_of
from dateline.reader.subscribe.shell import own_url
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
from dateline.subscriptions.models import Endpoint, Subscriber
from dateline.subscriptions.queries import endpoint_at, followed_by_push

Answer = dict[str, Any]
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
    """Do one of: `follow` some too, `leave` some, say what is `mine`, `moved`, `sent`, `stop`.

    Shape: each answers `{"follows": ["topic:88/en"]}`, what is followed from now on and in which
        edition; `mine` says in `names` what readers of an `edition` call each, `follow` in `clock`
        whether the `timezone` it was told is one, and `sent` at which `url` its reader sees what it
        was sent. `pressed` names the button that was pressed.
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
        return _too_many(wait) if wait else told(_DEEDS[deed](asked))
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


def _follow(asked: Asked) -> Answer:
    furniture = furniture_of(asked.text("edition"))
    if furniture is None or not asked.follows:
        raise EndpointRefused
    choices = [choice for name in asked.follows if (choice := _choice(name)) is not None]
    if not choices:
        raise SubjectUnknown
    subscriber = follow_by_browser(
        by=None,
        browser=asked.browser,
        edition=furniture.edition,
        choices=choices,
        told=_noted(asked),
        timezone=asked.text("timezone"),
    )
    is_known = bool(subscriber.timezone) or not asked.text("timezone")
    return _following(subscriber) | {"clock": is_known}


def _noted(asked: Asked) -> Told:
    """Return what is noted of a press: the words of the button, as the page has them."""
    furniture = furniture_of(asked.text("edition"))
    if furniture is None:
        return Told(page=asked.text("page"), address=asked.address)
    with speaking(furniture):
        return Told(
            words=_buttons().get(asked.text("pressed"), ""),
            page=asked.text("page"),
            address=asked.address,
            language=furniture.edition.language,
        )


def _buttons() -> dict[str, str]:
    return {
        "on": gettext("Turn on notifications"),
        "off": gettext("Turn off notifications"),
        "box": gettext("Notify me of"),
        "stop": gettext("Stop"),
    }


def _choice(name: str) -> Choice | None:
    """Return what a name such as `topic:88/en` stands for; None where there is no such thing."""
    subject, _, code = name.partition("/")
    furniture = furniture_of(code) if code else None
    found = named(subject, furniture.edition) if furniture else None
    if found is None:
        return None
    return Choice(subject=found.subject, edition=found.edition, channel=Channel.PUSH)


def _leave(asked: Asked) -> Answer:
    """End some of what is followed: whatever is not named stays, whether it is seen now or not."""
    endpoint = _endpoint(asked)
    leave_by_browser(by=None, endpoint=endpoint, names=asked.follows, told=_noted(asked))
    return _following(endpoint.subscriber)


def _mine(asked: Asked) -> Answer:
    """Say what is followed, and what readers of an edition call it, in its language."""
    endpoint = endpoint_at(asked.text("endpoint"))
    rows = followed_by_push(endpoint.subscriber) if endpoint else []
    furniture = furniture_of(asked.text("edition")) if asked.text("edition") else None
    names: Answer = {}
    if furniture is not None:
        with speaking(furniture):
            names = {
                "names": {row.name: label_with_language(row, furniture.edition) for row in rows}
            }
    return {"follows": [row.name for row in rows]} | names


def _moved(asked: Asked) -> Answer:
    move_browser(by=None, old=asked.text("old"), browser=asked.browser)
    endpoint = endpoint_at(asked.browser.address)
    return _following(endpoint.subscriber) if endpoint else {"follows": []}


def _sent(asked: Asked) -> Answer:
    """Say where this browser's reader sees what it was sent: at a link that is good for a day."""
    subscriber = _endpoint(asked).subscriber
    url = f"{own_url(subscriber)}?edition={quote(asked.text('edition'))}"
    return _following(subscriber) | {"url": url}


def _stop(asked: Asked) -> Answer:
    endpoint = endpoint_at(asked.text("endpoint"))
    if endpoint is not None:
        forget_endpoint(by=None, endpoint=endpoint, told=_noted(asked))
    return {"follows": []}


def _endpoint(asked: Asked) -> Endpoint:
    endpoint = endpoint_at(asked.text("endpoint"))
    if endpoint is None:
        raise EndpointRefused
    return endpoint


def _following(subscriber: Subscriber) -> Answer:
    return {"follows": [row.name for row in followed_by_push(subscriber)]}


_DEEDS: dict[str, Callable[[Asked], Answer]] = {
    "follow": _follow,
    "leave": _leave,
    "mine": _mine,
    "moved": _moved,
    "sent": _sent,
    "stop": _stop,
}
DEED = "|".join(_DEEDS)


def _is_ours(request: HttpRequest) -> bool:
    """Say whether a page of ours asks, as far as the browser says; a worker says so too."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


@cache
def _table() -> RateFile:
    return RateFile(house.home() / "run" / "notify-tries", secret=settings.SECRET_KEY, sets=512)
