"""Carries notifications to the push services of readers' browsers.

Each service is spoken to over lines that stay open, a few at once (`common/turns.py` says whose
turn it is). A notification that was handed over twice replaces itself on the screen by its tag, so
what nobody answered is tried again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from dateline.common import clock
from dateline.common.fetch import Bounds, FetchRefused
from dateline.common.posting import Answered
from dateline.common.turns import AT_ONCE, Manners, site_of, take_turns
from dateline.standards.errors import CopyError
from dateline.standards.push.headers import Outcome as Answer
from dateline.standards.push.headers import Urgency, outcome_of, push_headers
from dateline.standards.push.sealing import BrowserKeys, seal
from dateline.standards.push.vapid import TOKEN_LASTS, vapid_header
from dateline.subscriptions.actions.endpoints import note_pushes
from dateline.subscriptions.enums import Cause, Channel, State
from dateline.subscriptions.models import Delivery, Endpoint
from dateline.subscriptions.push.lines import Lines, origin_of
from dateline.subscriptions.push.note import Note
from dateline.subscriptions.rules import Outcome, again, not_written

log = structlog.get_logger(__name__)
WINDOW = 1000
LONGEST = 5.0
"""Seconds in which a window's notifications begin: the rest is planned again."""
Saying = Note | Outcome


@dataclass(frozen=True, slots=True)
class Sender:
    """Who pushes: our key, and where the operator of a push service may write to."""

    key: ec.EllipticCurvePrivateKey
    contact: str


class PushCarrier:
    """The way out by web push."""

    channel: str = Channel.PUSH
    window: int = WINDOW

    def __init__(
        self,
        *,
        write: Callable[[Sequence[Delivery]], dict[int, Saying]],
        sender: Callable[[], Sender | None],
        bounds: Callable[[], Bounds],
    ) -> None:
        """`write` says, for a window of deliveries, which notification each is, or why none.

        Several deliveries of one subscriber may be the same one.
        """
        self.write, self.sender = write, sender
        self._lines = Lines(bounds)
        self._manners = Manners()
        self._pool: ThreadPoolExecutor | None = None

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
            saying = said.get(delivery.pk, Outcome(delivery.pk, State.SKIPPED, Cause.OVER))
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
        self._lines.close()

    def _pushed(self, notes: dict[tuple[int, Note], list[Delivery]]) -> Iterator[Outcome]:
        browsers = _browsers({subscriber for subscriber, _ in notes})
        pushes = [
            _Push(subscriber, note, browser)
            for subscriber, note in notes
            for browser in browsers.get(subscriber, ())
        ]
        self._ask(pushes)
        answers: dict[tuple[int, Note], list[_Answered]] = defaultdict(list)
        fates: dict[Answer, list[int]] = defaultdict(list)
        for push in pushes:
            answers[push.subscriber, push.note].append(push.answered or self._unasked(push))
            if push.answered is not None:
                fates[push.answered.outcome].append(push.browser.pk)
        note_pushes(
            by=None,
            taken=fates[Answer.TAKEN],
            failed=fates[Answer.LATER] + fates[Answer.REFUSED],
            gone=fates[Answer.GONE],
        )
        for one, deliveries in notes.items():
            for delivery in deliveries:
                yield _outcome(delivery, answers.get(one, []))

    def _ask(self, pushes: "Sequence[_Push]") -> None:
        """Push by several threads at once, and leave in each what was answered in time."""
        sender = self.sender()
        if not pushes or sender is None:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(AT_ONCE, "push")
        work = [(site_of(push.browser.address), push) for push in pushes]

        def ask(push: _Push) -> bool:
            push.answered = self._push(sender, push.note, push.browser)
            return push.answered.cause != Cause.UNREACHABLE

        take_turns(self._pool, work, ask, manners=self._manners, seconds=LONGEST)

    def _unasked(self, push: "_Push") -> "_Answered":
        """Return what stands for an answer where the time of a window was over, or a site rests."""
        rest = self._manners.rest_of(site_of(push.browser.address))
        return _Answered(Answer.LATER, Cause.RESTING, "", rest, counts=False)

    def _push(self, sender: Sender, note: Note, browser: Endpoint) -> "_Answered":
        try:
            body = seal(note.message, BrowserKeys.of(browser.p256dh, browser.auth))
            headers = push_headers(
                authorization=_token_now(sender, browser.address),
                lasts=note.lasts,
                urgency=Urgency.HIGH if note.is_urgent else Urgency.NORMAL,
                about=note.tag,
            )
            with self._lines.borrowed(browser.address) as line:
                answered = line.ask("POST", browser.address, body=body, headers=headers)
        except FetchRefused as error:
            return _Answered(Answer.LATER, Cause.UNREACHABLE, str(error.data["why"]))
        except CopyError as error:
            return _Answered(Answer.GONE, error.code, str(error))
        except Exception as error:
            # Whatever it was, it is about this browser alone, and can be tried again.
            log.exception("notification not pushed", endpoint=browser.pk)
            return _Answered(Answer.LATER, Cause.UNREACHABLE, repr(error))
        return _of(answered)


@dataclass(slots=True)
class _Push:
    """One notification for one browser, and what its service said, if it was asked."""

    subscriber: int
    note: Note
    browser: Endpoint
    answered: "_Answered | None" = None


_SLOT = TOKEN_LASTS / 2


def _token_now(sender: Sender, address: str) -> str:
    return _token(sender, origin_of(address), int(clock.now().timestamp() // _SLOT.total_seconds()))


@lru_cache(maxsize=200)
def _token(sender: Sender, origin: str, _slot: int) -> str:
    """Return the header that says who sends, the same for a service for hours."""
    return vapid_header(sender.key, endpoint=origin, contact=sender.contact, now=clock.now())


@dataclass(frozen=True, slots=True)
class _Answered:
    outcome: Answer
    cause: str
    words: str
    pause: timedelta = timedelta(0)
    counts: bool = True


def _of(answered: Answered) -> _Answered:
    told = answered.retry_after
    pause = timedelta(seconds=int(told)) if told.isdecimal() and len(told) < 6 else timedelta(0)
    words = answered.body.decode("utf-8", "replace").strip()
    return _Answered(outcome_of(answered.status), str(answered.status), words[:500], pause)


def _outcome(delivery: Delivery, answers: Iterable[_Answered]) -> Outcome:
    """Return what became of a delivery, from what each browser's service answered."""
    best = min(answers, key=lambda one: (_ORDER.index(one.outcome), not one.counts), default=None)
    if best is None:
        return Outcome(delivery.pk, State.SKIPPED, Cause.NO_BROWSER)
    if best.outcome is Answer.TAKEN:
        return Outcome(delivery.pk, State.SENT, "", best.words)
    if not best.counts:
        return Outcome(delivery.pk, State.PLANNED, best.cause, "", best.pause, counts=False)
    if best.outcome is Answer.LATER:
        return again(delivery.pk, delivery.tries, best.cause, best.words, least=best.pause)
    return Outcome(delivery.pk, State.BOUNCED, best.cause, best.words)


_ORDER = (Answer.TAKEN, Answer.LATER, Answer.REFUSED, Answer.GONE)


def _browsers(subscribers: set[int]) -> dict[int, list[Endpoint]]:
    found: dict[int, list[Endpoint]] = defaultdict(list)
    for row in Endpoint.objects.filter(subscriber__in=subscribers):
        found[row.subscriber_id].append(row)
    return found
