"""What the screens of letters show: a sending with its figures, and one reader's whole record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.common import clock
from dateline.common.pages import Page, page_of
from dateline.subscriptions.enums import Deed, Stage, State, Stop
from dateline.subscriptions.ledger_queries import consents_of, deliveries_of
from dateline.subscriptions.models import Consent, Delivery, Endpoint, Sending, Subscriber
from dateline.subscriptions.naming import called, reasons
from dateline.subscriptions.queries import subscriptions_of
from dateline.subscriptions.reasons import Reason
from dateline.topics.queries import edition_names

PER_PAGE = 50
_OPEN = (State.PLANNED, State.SENDING)
_LEFT = (State.SENT, State.CONFIRMED, State.COMPLAINED)
_FAILED = (State.BOUNCED, State.UNCERTAIN)
BAR = 1000
"""Units of a bar's whole length."""


@dataclass(frozen=True, slots=True)
class Part:
    """The deliveries of a sending that are in one state, as a part of its bar.

    Units: `at` and `length` in thousandths of the bar.
    """

    state: State
    count: int
    at: int
    length: int

    @property
    def percent(self) -> str:
        """Return the part in hundredths of the whole; a little of it is never nothing or all."""
        return f"{self.length // 10}" if self.length >= 10 else "< 1"


@dataclass(frozen=True, slots=True)
class Shown:
    """A sending with its figures."""

    sending: Sending
    states: dict[str, int]

    @property
    def total(self) -> int:
        """Return of how many the ledger has a line."""
        return sum(self.states.values())

    @property
    def gone(self) -> int:
        """Return how many left and did not come back."""
        return self._count(*_LEFT)

    @property
    def failed(self) -> int:
        """Return how many did not arrive, as far as is known."""
        return self._count(*_FAILED)

    @property
    def skipped(self) -> int:
        """Return how many were kept here."""
        return self._count(State.SKIPPED)

    @property
    def left(self) -> int:
        """Return how many are still to be settled."""
        return self._count(*_OPEN)

    @property
    def is_open(self) -> bool:
        """Say whether it goes on: recipients are written down, or something is to be settled."""
        return self.sending.stage == Stage.PLANNING or self.left > 0

    @property
    def settled(self) -> int:
        """Return of how many it is known what became of them, or that nobody knows."""
        return self.total - self.left

    @property
    def percent(self) -> int:
        """Return how many of a hundred are settled: all only when nothing is left."""
        return self.settled * 100 // self.total if self.total else 100

    @property
    def parts(self) -> list[Part]:
        """Return the parts of the bar in the order of states, without empty ones."""
        parts, before = [], 0
        for state in sorted(State, key=lambda one: one in _OPEN):
            count = self.states.get(state, 0)
            if count:
                at, end = (n * BAR // self.total for n in (before, before + count))
                parts.append(Part(state, count, at, end - at))
                before += count
        return parts

    def _count(self, *states: State) -> int:
        return sum(self.states.get(one, 0) for one in states)


@dataclass(frozen=True, slots=True)
class Told:
    """A row that speaks of a subject, with what the desk calls that, or why it was sent.

    Shape: `edition` is the name of the one that a consent has the code of.
    """

    row: Delivery | Consent
    subject: str | Reason
    edition: str = ""


def reader_screen(
    subscriber: Subscriber, *, before: int | None, consents_before: int | None
) -> dict[str, Any]:
    """Return all that is known of one subscriber: choices, consents, lines of the ledger."""
    followed = subscriptions_of(subscriber)
    deliveries = page_of(deliveries_of(subscriber), before=before, most=PER_PAGE)
    consents = page_of(consents_of(subscriber), before=consents_before, most=PER_PAGE)
    spoken_of = {one.subject for one in followed} | {one.subject for one in consents.rows}
    names, why = called(spoken_of), reasons({one.because for one in deliveries.rows})
    editions = edition_names(one.edition for one in consents.rows)
    return {
        "reader": subscriber,
        "is_written_to": subscriber.is_written_to(clock.now()),
        "left": _left(subscriber),
        "browsers": Endpoint.objects.filter(subscriber=subscriber).count(),
        "followed": [(one, names[one.subject]) for one in followed],
        "deliveries": _page(
            deliveries, [Told(one, why.get(one.because, "")) for one in deliveries.rows]
        ),
        "consents": _page(
            consents,
            [
                Told(one, names[one.subject], editions.get(one.edition, one.edition))
                for one in consents.rows
            ],
        ),
    }


def _page(page: Page[Any], rows: Sequence[Told]) -> dict[str, Any]:
    return {"rows": rows, "older": page.older, "is_first": page.is_first}


def _left(subscriber: Subscriber) -> Consent | None:
    """Return how somebody left who did so themselves: they follow nothing since."""
    if subscriber.stopped_as != Stop.LEFT:
        return None
    return consents_of(subscriber).filter(deed=Deed.LEFT).first()
