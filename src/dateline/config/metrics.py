"""Numbers for a monitor, in Prometheus' text format: of all server processes of this machine.

Each process answers on a socket in the data folder, as it does for `press verify`; whichever is
asked over HTTP adds up what all of them say.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dateline.config.neighbours import Told, answer_as, ask_all
from dateline.journal.queries import head
from dateline.press.front import PressFront
from dateline.publishing.announce import JournalSource
from dateline.publishing.delays import effect_states
from dateline.publishing.models import Parked
from dateline.stream.hub import Hub

_PATIENCE_SECONDS = 2.0
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA")


def numbers_of(hub: Hub, source: JournalSource, front: PressFront) -> dict[str, float]:
    """Return one process's numbers by their names in Prometheus' format, labels included."""
    numbers: Counter[str] = Counter(
        {"dateline_processes": 1, "dateline_stream_open": len(hub.roll)}
    )
    for channel, count in hub.roll.counts().items():
        numbers[f'dateline_stream_hearing{{kind="{channel.partition(":")[0]}"}}'] += count
    for name, value in asdict(hub.metrics).items():
        numbers[f"dateline_stream_{name}_total"] = value
    numbers["dateline_stream_unreadable_total"] = source.unreadable
    store = front.store
    for name, value in asdict(store.counts).items():
        numbers[f"dateline_press_{name}_total"] = value
    numbers["dateline_press_pages"] = len(store.pages)
    numbers["dateline_press_bytes"] = store.bytes
    return dict(numbers)


async def answer_metrics(
    hub: Hub, source: JournalSource, front: PressFront
) -> asyncio.AbstractServer:
    """Tell this process's numbers to whoever may enter the data folder."""

    async def tell() -> Told:
        return numbers_of(hub, source, front)

    return await answer_as("metrics", tell)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all numbers, to this machine itself or to whoever has the token."""
    plain = {"content_type": "text/plain; version=0.0.4; charset=utf-8"}
    headers = {"Cache-Control": "no-store"}
    if not _may_know(request):
        refused = "The numbers are for this machine, or for the token of metrics_token.\n"
        return HttpResponse(refused, status=403, headers=headers, content_type="text/plain")
    numbers = Counter(_of_the_house())
    for told in ask_all("metrics", patience=_PATIENCE_SECONDS):
        numbers.update(told)
    return HttpResponse("\n".join([*_lines(numbers), ""]), headers=headers, **plain)


def _may_know(request: HttpRequest) -> bool:
    token = settings.DATELINE.metrics_token.get_secret_value()
    if token:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.META for name in _FORWARDED):
        return False  # A proxy on this machine asks for somebody else.
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _of_the_house() -> dict[str, float]:
    """Return what the database knows, the same for every process."""
    numbers: dict[str, float] = {
        "dateline_journal_head": head(),
        "dateline_effects_parked": Parked.objects.count(),
    }
    for state in effect_states():
        numbers[f'dateline_effect_cursor{{effect="{state.name}"}}'] = state.cursor
        delay = round(state.delay.total_seconds(), 3)
        numbers[f'dateline_effect_delay_seconds{{effect="{state.name}"}}'] = delay
    return numbers


def _lines(numbers: Mapping[str, float]) -> Iterator[str]:
    """Yield the text, families together and each with its type."""
    told = ""
    for name in sorted(numbers):
        family = name.partition("{")[0]
        if family != told:
            told = family
            yield f"# TYPE {family} {'counter' if family.endswith('_total') else 'gauge'}"
        yield f"{name} {numbers[name]:g}" if numbers[name] < 1e6 else f"{name} {numbers[name]:.0f}"
