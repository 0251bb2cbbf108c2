"""The door of the WebSub hub: a machine asks to be told of a feed."""

from datetime import timedelta
from functools import cache
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dateline.common import clock, house
from dateline.common.client import client_address
from dateline.common.rates import Rate, RateFile
from dateline.common.turns import site_of
from dateline.standards.errors import CopyError
from dateline.standards.websub import Asked, asked_in
from dateline.wire.actions import ask_hub
from dateline.wire.errors import HubBusy

_RATE = Rate(120, timedelta(minutes=10))
"""Of one address, and about one site's callbacks: we are no means to have another asked often."""
_MOST_TOPIC = 1000


@csrf_exempt
@require_POST
def hub(request: HttpRequest) -> HttpResponse:
    """Take a request: 202, and its callback is asked within seconds; 4xx says what is wrong."""
    if not settings.DATELINE.is_hub:
        return _plain("Feeds name no hub of ours.", 404)
    wait = _table().take(f"hub {client_address(request)}", _RATE, clock.now())
    if wait:
        return _plain("Too many requests.", 429, wait)
    try:
        return _taken(asked_in(request.POST.dict()))
    except CopyError as error:
        return _plain(str(error), 400)
    except HubBusy as error:
        return _plain(str(error), error.status, timedelta(minutes=1))


def _taken(asked: Asked) -> HttpResponse:
    base = f"{settings.DATELINE.base_url}/"
    if not asked.topic.startswith(base) or len(asked.topic) > _MOST_TOPIC:
        return _plain(f"hub.topic: is no feed of {base}", 404)
    site = site_of(asked.callback)
    wait = _table().take(f"callback {site}", _RATE, clock.now())
    if wait:
        return _plain("Too many requests for this callback.", 429, wait)
    ask_hub(by=None, asked=asked, site=site)
    return _plain("Your callback will be asked.", 202)


def _plain(text: str, status: int, wait: timedelta | None = None) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    if wait:
        answer["Retry-After"] = str(ceil(wait.total_seconds()))
    return answer


@cache
def _table() -> RateFile:
    return RateFile(house.home() / "run" / "hub-tries", secret=settings.SECRET_KEY, sets=512)
