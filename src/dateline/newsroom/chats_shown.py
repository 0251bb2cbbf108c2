"""What the moderators' screens show: messages, what was found in them, what stands around."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from dateline.chats.enums import MessageState
from dateline.chats.heat_queries import hot_lately
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Ground, Queue
from dateline.chats.moderation_models import Report
from dateline.chats.moderation_queries import (
    around,
    grounds_reported,
    has_colleague,
    last_decision,
    open_appeals,
    queue_counts,
    queue_page,
    record_of,
    reports_of,
)
from dateline.chats.moderation_rules import UNDOABLE
from dateline.chats.quoting import quotation
from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.newsroom.chats_forms import SanctionForm
from dateline.newsroom.chats_words import because
from dateline.people.models import Account
from dateline.topics.models import Section

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A message as a queue shows it.

    Shape: `because` are phrases, the deciding first; `grounds` those of its reports with counts.
    """

    message: Message
    because: list[str]
    reports: list[Report]
    grounds: list[tuple[str, int]]

    @property
    def is_out(self) -> bool:
        """Say whether readers see its words."""
        return self.message.is_readable

    @property
    def is_legal(self) -> bool:
        """Say whether somebody gave notice by law, who is told why."""
        return any(report.law for report in self.reports)

    @property
    def is_held(self) -> bool:
        """Say whether it waits for a moderator."""
        return self.message.state == MessageState.HELD


def rows_of(messages: Sequence[Message]) -> list[Row]:
    """Return messages as a queue shows them."""
    reports = reports_of(messages)
    return [
        Row(one, because(one), found := reports.get(one.pk, []), grounds_reported(found))
        for one in messages
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which queue, of which section, from where on."""

    queue: Queue
    section: int | None
    before: int | None

    @property
    def query(self) -> str:
        """Return it as the query of an address."""
        section = f"&section={self.section}" if self.section else ""
        return f"queue={self.queue.value}{section}"


def asked_of(request: HttpRequest) -> Asked:
    """Return what an address asks for; what it does not say rightly is left out."""
    queue = request.GET.get("queue", "")
    return Asked(
        queue=Queue(queue) if queue in Queue.values else Queue.REPORTED,
        section=whole_number(request.GET.get("section", "")),
        before=whole_number(request.GET.get("before", "")),
    )


def tabs_of(asked: Asked) -> list[dict[str, Any]]:
    """Return the queues with how much waits in each."""
    counts = queue_counts(asked.section)
    return [
        {
            "queue": queue,
            "label": queue.label,
            "count": counts[queue.value],
            "is_here": queue == asked.queue,
            "query": Asked(queue, asked.section, None).query,
        }
        for queue in Queue
    ]


def queue_screen(asked: Asked, asker: Account) -> dict[str, Any]:
    """Return the screen of a queue, as whoever asks for it sees it."""
    screen: dict[str, Any] = {
        "asked": asked,
        "tabs": tabs_of(asked),
        "sections": Section.objects.select_related("edition").order_by("edition", "name"),
        "hot": hot_lately(clock.now()),
        "grounds": Ground.choices,
    }
    if asked.queue == Queue.APPEALS:
        return {
            **screen,
            "appeals": list(open_appeals()[:PER_PAGE]),
            "has_colleague": has_colleague(asker),
        }
    found = queue_page(asked.queue, section=asked.section, limit=PER_PAGE + 1, before=asked.before)
    rows = rows_of(found[:PER_PAGE])
    more = rows[-1].message.pk if len(found) > PER_PAGE else None
    return {**screen, "rows": rows, "more": more}


def panel_of(message: Message) -> dict[str, Any]:
    """Return what stands beside a message: its surroundings, its author, what was decided."""
    last = last_decision(message)
    return {
        "row": rows_of([message])[0],
        "around": around(message),
        "record": record_of(message.author) if message.author else None,
        "last": last if last and last.deed in UNDOABLE else None,
        "quotation": quotation(message),
        "sanction_form": SanctionForm(),
        "grounds": Ground.choices,
    }
