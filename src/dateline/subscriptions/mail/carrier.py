"""Letters leave the house by several lines to the mail server at once, with patience."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

import structlog

from dateline.subscriptions.enums import Cause, State
from dateline.subscriptions.mail.compose import LEAVE, MESSAGE_ID, OPENING, TO, TOKEN, Form
from dateline.subscriptions.mail.links import leave_address, message_id, opening_of, token_of
from dateline.subscriptions.mail.pace import Pace
from dateline.subscriptions.mail.rests import Rests
from dateline.subscriptions.mail.smtp import Line, Lost, Refused
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.rules import (
    Outcome,
    after_refusal,
    domain_of,
    is_throttle,
    not_written,
)

log = structlog.get_logger(__name__)
LINES = 8
WINDOW = 120
LONGEST = 5.0
"""Seconds in which a window's letters begin: the rest is planned again, and looked at anew.

So a slow server does not go on for long with what was withdrawn meanwhile.
"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter on its way: to whom, and what it is filled with; plain values for threads."""

    delivery: int
    tries: int
    sender: str
    to: str
    key: str
    form: Form

    def filled(self) -> bytes:
        """Return the letter's bytes."""
        return self.form.filled(values_of(self.delivery, to=self.to, key=self.key))


def values_of(delivery: int, *, to: str, key: str) -> dict[str, str]:
    """Return what one letter's gaps are filled with: its address, and its subscriber's key."""
    return {
        TO: to,
        MESSAGE_ID: message_id(delivery),
        TOKEN: token_of(key),
        LEAVE: leave_address(delivery),
        OPENING: opening_of(delivery),
    }


class MailCarrier:
    """Carries letters by a mail server."""

    channel = "mail"
    window = WINDOW

    def __init__(  # noqa: PLR0913 - each is one thing that the carrier does not know by itself
        self,
        *,
        write: Callable[[Sequence[Delivery]], dict[int, Form]],
        line: Callable[[], Line],
        sender: Callable[[], str],
        is_open: Callable[[], bool],
        returns: Callable[[int, str], str] = lambda _, sender: sender,
        a_minute: Callable[[], int] = int,
        sign: Callable[[bytes], bytes] = bytes,
    ) -> None:
        """`write` returns the letter of each delivery; one it leaves out has nothing to say.

        `returns` says where the letter of a delivery comes back to, `a_minute` how many go to one
        domain in a minute, 0 for as many as there are. `sign` returns a letter as it leaves.
        """
        self._sign = sign
        self._returns = returns
        self._write, self._line, self._sender, self._is_open = write, line, sender, is_open
        self._lines: list[Line] = []
        self._threads: ThreadPoolExecutor | None = None
        self._rests = Rests()
        self._pace = Pace(a_minute)

    def is_open(self) -> bool:
        """Say whether this newsroom sends mail, and its server is not resting."""
        return self._is_open() and not self._rests.is_server_left()

    def carry(self, deliveries: Sequence[Delivery]) -> Iterable[Outcome]:
        """Hand letters over by all lines at once, and return what became of each."""
        letters, unwritten = self._written(deliveries)
        spoken_of = {one.delivery for one in letters} | {one.delivery for one in unwritten}
        silent = [one for one in deliveries if one.pk not in spoken_of]
        until = time.monotonic() + LONGEST
        shares = [letters[n::LINES] for n in range(LINES)]
        work = zip([share for share in shares if share], self._opened(), strict=False)
        jobs = [self._pool().submit(self._hand_over, *share, until) for share in work]
        done = [outcome for job in jobs for outcome in job.result()]
        return (
            [Outcome(one.pk, State.SKIPPED, Cause.NOTHING_NEW) for one in silent] + unwritten + done
        )

    def _written(self, deliveries: Sequence[Delivery]) -> tuple[list[Envelope], list[Outcome]]:
        """Write what each sending says; one that cannot be written holds up no other."""
        letters: list[Envelope] = []
        unwritten: list[Outcome] = []
        sender = parseaddr(self._sender())[1]
        for sending in {one.sending_id for one in deliveries}:
            own = [one for one in deliveries if one.sending_id == sending]
            try:
                forms = self._write(own)
                letters += [
                    _envelope(one, self._returns(one.pk, sender), forms[one.pk])
                    for one in own
                    if one.pk in forms
                ]
            except Exception as error:
                # Nothing was handed over: whatever it was, these can be tried again.
                log.exception("letters not written", sending=sending)
                unwritten += [not_written(one.pk, one.tries, error) for one in own]
        return letters, unwritten

    def close(self) -> None:
        """Hang up: nothing is to be sent for now."""
        for line in self._lines:
            line.close()
        self._lines = []
        if self._threads is not None:
            self._threads.shutdown()
            self._threads = None

    def _opened(self) -> list[Line]:
        while len(self._lines) < LINES:
            self._lines.append(self._line())
        return self._lines

    def _pool(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(LINES, thread_name_prefix="letters")
        return self._threads

    def _hand_over(self, letters: Sequence[Envelope], line: Line, until: float) -> list[Outcome]:
        """Hand over one line's share; asks no database."""
        return [self._try_one(letter, line, until) for letter in letters]

    def _try_one(self, letter: Envelope, line: Line, until: float) -> Outcome:
        domain = domain_of(letter.to)
        if not letter.to:
            return Outcome(letter.delivery, State.BOUNCED, Cause.BAD_ADDRESS)
        is_late = time.monotonic() > until
        rest = 0.0 if is_late else self._rests.left(domain)
        if is_late or rest > 0:
            pause = timedelta(seconds=rest)
            return Outcome(letter.delivery, State.PLANNED, Cause.RESTING, "", pause, counts=False)
        wait = timedelta(seconds=self._pace.wait(domain))
        if wait:
            return Outcome(letter.delivery, State.PLANNED, Cause.PACED, "", wait, counts=False)
        try:
            data = self._sign(letter.filled())
        except Exception as error:
            log.exception("letter not filled", delivery=letter.delivery)
            return not_written(letter.delivery, letter.tries, error)
        return self._handed_over(letter, data, line, domain)

    def _handed_over(self, letter: Envelope, data: bytes, line: Line, domain: str) -> Outcome:
        try:
            line.hand_over(sender=letter.sender, to=letter.to, data=data)
        except Refused as error:
            self._note(error, domain)
            return after_refusal(
                delivery=letter.delivery, tries=letter.tries, code=error.code, answer=error.answer
            )
        except Lost as error:
            return self._lost(letter, error)
        except Exception as error:
            # Whatever it was: what became of this letter is not known, and of no other.
            log.exception("letter in doubt", delivery=letter.delivery)
            line.close()
            return Outcome(letter.delivery, State.UNCERTAIN, Cause.BROKEN, repr(error))
        self._rests.went_well(domain)
        return Outcome(letter.delivery, State.SENT)

    def _note(self, error: Refused, domain: str) -> None:
        """Slow a domain down where the server asks for it, before it has heard of a recipient."""
        if error.is_early and is_throttle(error.code):
            self._rests.domain_slowed(domain)
        elif 400 <= error.code < 500:
            self._rests.domain_asked(domain)

    def _lost(self, letter: Envelope, error: Lost) -> Outcome:
        self._rests.server_gone(is_busy=is_throttle(error.code))
        if error.is_in_doubt:
            return Outcome(letter.delivery, State.UNCERTAIN, Cause.LINE_LOST, error.answer[:500])
        pause = timedelta(seconds=self._rests.left(""))
        said = error.answer[:500]
        return Outcome(letter.delivery, State.PLANNED, Cause.SERVER_AWAY, said, pause, counts=False)


def _envelope(delivery: Delivery, sender: str, form: Form) -> Envelope:
    who = delivery.subscriber
    return Envelope(delivery.pk, delivery.tries, sender, ascii_address(who.mail), who.key, form)


def ascii_address(mail: str) -> str:
    """Return an address as every server understands it, or nothing where there is none such."""
    name, _, domain = mail.rpartition("@")
    try:
        made = mail if mail.isascii() else f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return ""
    return made if made.isascii() and made.isprintable() else ""
