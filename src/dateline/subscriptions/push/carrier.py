"""Carries notifications to the push services of readers' browsers.

Each service is spoken to over lines that stay open, a few at once. A notification that was handed
over twice replaces itself on the screen by its tag, so what nobody answered is tried again.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from dateline.common import clock
from dateline.common.fetch import Bounds, FetchRefused
from dateline.common.posting import Answered, Line
from dateline.standards.errors import CopyError
from dateline.standards.push.headers import Outcome as Answer
from dateline.standards.push.headers import Urgency, outcome_of, push_headers
from dateline.standards.push.sealing import BrowserKeys, seal
from dateline.standards.push.vapid import TOKEN_LASTS, vapid_header
from dateline.subscriptions.actions.browser import forget_endpoint
from dateline.subscriptions.enums import Channel, State
from dateline.subscriptions.models import Delivery, Endpoint
from dateline.subscriptions.push.note import Note
from dateline.subscriptions.rules import Outcome, again, not_written

log = structlog.get_logger(__name__)
WINDOW = 500
_AT_ONCE = 16
NOTHING_TO_SAY = "over"
"""The cause of what was skipped since it is no news any more."""
NO_BROWSER = "no browser"
NIGHT = "night"
TOO_MANY = "too many"
Saying = Note | Outcome


@dataclass(frozen=True, slots=True)
class Sender:
    """Who pushes: our key, and where the operator of a push service may write to."""

    key: ec.EllipticCurvePrivateKey
    contact: str


@dataclass(slots=True)
class PushCarrier:
    """The way out by web push.

    Shape: `write` says, for a window of deliveries, which notification each is, or why none;
        several deliveries of one subscriber may be the same one.
    """

    write: Callable[[Sequence[Delivery]], dict[int, Saying]]
    sender: Callable[[], Sender | None]
    bounds: Callable[[], Bounds]
    channel: str = Channel.PUSH
    window: int = WINDOW
    _pool: ThreadPoolExecutor | None = None
    _lines: threading.local = field(default_factory=threading.local)
    _opened: list[Line] = field(default_factory=list)
    _tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def is_open(self) -> bool:
        """Say whether there is a key to sign with."""
        return self.sender() is not None

    def carry(self, deliveries: Sequence[Delivery]) -> Iterator[Outcome]:
        """Push to every browser of each subscriber; one that took it is enough."""
        try:
            said = self.write(deliveries)
        except Exception as error:
            # As with letters: whatever it was, all of them can be tried again.
            log.exception("notifications not written")
            yield from (not_written(one.pk, one.tries, error) for one in deliveries)
            return
        notes: dict[tuple[int, Note], list[Delivery]] = defaultdict(list)
        for delivery in deliveries:
            saying = said.get(delivery.pk, Outcome(delivery.pk, State.SKIPPED, NOTHING_TO_SAY))
            if isinstance(saying, Outcome):
                yield saying
            else:
                notes[delivery.subscriber_id, saying].append(delivery)
        yield from self._pushed(notes)

    def close(self) -> None:
        """Give back threads and connections."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        while self._opened:
            self._opened.pop().close()
        self._lines = threading.local()

    def _pushed(self, notes: dict[tuple[int, Note], list[Delivery]]) -> Iterator[Outcome]:
        browsers = _browsers({subscriber for subscriber, _ in notes})
        work = [
            (subscriber, note, browser)
            for subscriber, note in notes
            for browser in browsers.get(subscriber, ())
        ]
        if work and self._pool is None:
            self._pool = ThreadPoolExecutor(_AT_ONCE, "push")
        sender = self.sender()
        answers: dict[tuple[int, Note], list[_Answered]] = defaultdict(list)
        if self._pool is not None and sender is not None:
            asked = self._pool.map(lambda one: self._push(sender, one[1], one[2]), work)
            for (subscriber, note, browser), answer in zip(work, asked, strict=True):
                answers[subscriber, note].append(answer)
                if answer.outcome is Answer.GONE:
                    forget_endpoint(by=None, endpoint=browser)
        for one, deliveries in notes.items():
            for delivery in deliveries:
                yield _outcome(delivery, answers.get(one, []))

    def _push(self, sender: Sender, note: Note, browser: Endpoint) -> "_Answered":
        try:
            body = seal(note.message, BrowserKeys.of(browser.p256dh, browser.auth))
            headers = push_headers(
                authorization=self._token(sender, browser.address),
                lasts=note.lasts,
                urgency=Urgency.HIGH if note.is_urgent else Urgency.NORMAL,
                about=note.tag,
            )
            line = self._line(browser.address)
            answered = line.ask("POST", browser.address, body=body, headers=headers)
        except FetchRefused as error:
            return _Answered(Answer.LATER, "unreachable", str(error.data["why"]))
        except CopyError as error:
            return _Answered(Answer.GONE, error.code, str(error))
        return _of(answered)

    def _token(self, sender: Sender, address: str) -> str:
        """Return the header that says who sends, the same for a service for hours."""
        now, origin = clock.now(), _origin(address)
        token, until = self._tokens.get(origin, ("", now))
        if until <= now:
            token = vapid_header(sender.key, endpoint=address, contact=sender.contact, now=now)
            self._tokens[origin] = token, now + TOKEN_LASTS / 2
        return token

    def _line(self, address: str) -> Line:
        """Return this thread's line to the push service of an address."""
        mine: dict[str, Line] = self._lines.__dict__.setdefault("of", {})
        origin = _origin(address)
        if origin not in mine:
            mine[origin] = Line(address, self.bounds())
            self._opened.append(mine[origin])
        return mine[origin]


@dataclass(frozen=True, slots=True)
class _Answered:
    outcome: Answer
    cause: str
    words: str
    pause: timedelta = timedelta(0)


def _of(answered: Answered) -> _Answered:
    told = answered.retry_after
    pause = timedelta(seconds=int(told)) if told.isdecimal() and len(told) < 6 else timedelta(0)
    words = answered.body.decode("utf-8", "replace").strip()
    return _Answered(outcome_of(answered.status), str(answered.status), words[:500], pause)


def _outcome(delivery: Delivery, answers: Iterable[_Answered]) -> Outcome:
    """Return what became of a delivery, from what each browser's service answered."""
    best = min(answers, key=lambda one: _ORDER.index(one.outcome), default=None)
    if best is None:
        return Outcome(delivery.pk, State.SKIPPED, NO_BROWSER)
    if best.outcome is Answer.TAKEN:
        return Outcome(delivery.pk, State.SENT, "", best.words)
    if best.outcome is Answer.LATER:
        return again(delivery.pk, delivery.tries, best.cause, best.words, least=best.pause)
    return Outcome(delivery.pk, State.BOUNCED, best.cause, best.words)


_ORDER = (Answer.TAKEN, Answer.LATER, Answer.REFUSED, Answer.GONE)


def _browsers(subscribers: set[int]) -> dict[int, list[Endpoint]]:
    rows = Endpoint.objects.filter(subscriber__in=subscribers).select_related("subscriber")
    found: dict[int, list[Endpoint]] = defaultdict(list)
    for row in rows:
        found[row.subscriber_id].append(row)
    return found


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
