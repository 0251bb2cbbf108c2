"""How many readers have a chat open: sampled from the open streams of all server processes."""

import asyncio
import time
from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from dateline.common.numbers import whole_number
from dateline.config.neighbours import Told, answer_as, ask_all
from dateline.stream.hub import Hub

_SAMPLED_EVERY = 3.0  # seconds
_PATIENCE = 1.0
_MOST = 50
_sample: tuple[float, Counter[str]] = (-_SAMPLED_EVERY, Counter())


async def answer_presence(hub: Hub) -> asyncio.AbstractServer:
    """Tell whoever may enter the data folder how many browsers hear each chat here."""

    async def tell() -> Told:
        counts = hub.roll.counts().items()
        return {name: count for name, count in counts if name.startswith("chat:")}

    return await answer_as("present", tell)


def present(request: HttpRequest) -> HttpResponse:
    """Answer with how many browsers have each of some chats open, for scripts.

    Shape: `{"present": {"12": 3}}`.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    asked = [whole_number(text) for text in request.GET.get("chats", "").split(",")[:_MOST]]
    counts = _counts()
    found = {number: counts[f"chat:{number}"] for number in asked if number is not None}
    response = JsonResponse({"present": found})
    response["Cache-Control"] = "no-store"
    return response


def _counts() -> Counter[str]:
    """Return the numbers of all processes, asked again after some seconds."""
    global _sample
    at, counts = _sample
    if time.monotonic() - at > _SAMPLED_EVERY:
        counts = Counter()
        for told in ask_all("present", patience=_PATIENCE):
            counts.update(told)
        _sample = (time.monotonic(), counts)
    return counts
