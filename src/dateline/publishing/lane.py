"""One effect's way through the journal: in order, one entry at a time, retried alone."""

import random
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import structlog
from django.db import close_old_connections, connection

from dateline.common import clock
from dateline.journal.actions import move_cursor
from dateline.journal.entries import Recorded, Unreadable
from dateline.journal.queries import cursor_of, lines_after
from dateline.publishing.effects import Effect
from dateline.publishing.errors import Hopeless, TooSlow
from dateline.publishing.models import Parked
from dateline.publishing.rules import retry_delay

log = structlog.get_logger(__name__)
BATCH = 500
LANE_POLL = 15.0
"""Seconds after which a lane looks by itself, though nobody has told it of an entry."""
SAVE_EVERY = 1.0
"""Seconds between two times that a lane's place is saved for its own sake."""


@dataclass(slots=True)
class Lane:
    """The reader of the journal behind one effect.

    The cursor moves only past what is done or parked, so a killed process runs the entry it was at
    once more, and no other. Of what does not concern the effect, and of what it may do any number
    of times, the place is saved once in a while: a busy chat would have each effect write for each
    message. `stopping` ends it between two tries; `read` gives the entries after a number.
    """

    effect: Effect
    stopping: threading.Event
    most_tries: int
    read: Callable[[int, int], Iterable[Recorded | Unreadable]] = lines_after
    _at: int | None = field(default=None, init=False)
    _saved: int = field(default=0, init=False)
    _saved_at: float = field(default=-SAVE_EVERY, init=False)

    def catch_up(self) -> int:
        """Run the effect on everything new and return how many entries were passed."""
        if self._at is None:
            self._at = self._saved = cursor_of(self.effect.name)
        passed = 0
        for line in self.read(self._at, BATCH):
            if self.stopping.is_set() or not self._passes(line):
                break
            passed += 1
        if time.monotonic() - self._saved_at >= SAVE_EVERY:
            self.save()
        return passed

    def save(self) -> None:
        """Say in the database how far this lane has come."""
        if self._at is not None and self._at > self._saved:
            move_cursor(name=self.effect.name, seq=self._at)
            self._saved, self._saved_at = self._at, time.monotonic()

    def start_again(self) -> None:
        """Begin where the database says: another process may have gone on meanwhile."""
        self._at = None

    def patience(self) -> float:
        """Return how many seconds it may wait for news: few while its place is to be saved."""
        return SAVE_EVERY if self._at is not None and self._at > self._saved else LANE_POLL

    def _passes(self, line: Recorded | Unreadable) -> bool:
        """Do what there is to do for an entry; False when the runner is stopping meanwhile."""
        concerns = isinstance(line, Recorded) and self.effect.concerns(line.entry)
        if isinstance(line, Unreadable):
            self._set_aside(line)
        elif concerns and not self._see_through(line):
            return False
        self._at = line.seq
        if concerns and not self.effect.is_light:
            self.save()
        return True

    def _set_aside(self, line: Unreadable) -> None:
        """Park an entry that cannot be read, unless it is surely none of this effect's."""
        if line.type is None or self.effect.hears_type(line.type):
            log.error("entry unreadable", effect=self.effect.name, seq=line.seq, kind=line.kind)
            park(effect=self.effect, seq=line.seq, tries=1, error=line.error)

    def _see_through(self, recorded: Recorded) -> bool:
        """Try until done or parked; False when the runner is stopping meanwhile."""
        for tries in range(1, self.most_tries + 1):
            error = self._try_once(recorded)
            if error is None:
                return True
            log.warning(
                "effect failed",
                effect=self.effect.name,
                seq=recorded.seq,
                tries=tries,
                error=repr(error),
            )
            if isinstance(error, Hopeless) or tries == self.most_tries:
                park(effect=self.effect, seq=recorded.seq, tries=tries, error=error)
                return True
            delay = retry_delay(tries=tries, chance=random.random())  # noqa: S311 - spreads load
            if self.stopping.wait(delay.total_seconds()):
                return False
        return True

    def _try_once(self, recorded: Recorded) -> Exception | None:
        """Run the effect in a thread of its own, which is left behind if it takes too long."""
        outcome: list[Exception | None] = []

        def attempt() -> None:
            try:
                self.effect.does(recorded)
                outcome.append(None)
            except Exception as error:  # noqa: BLE001 - an effect may fail in any way; all are retried
                outcome.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=attempt, name=f"{self.effect.name}-try", daemon=True)
        thread.start()
        seconds = self.effect.time_limit.total_seconds()
        thread.join(seconds)
        return outcome[0] if outcome else TooSlow(effect=self.effect.name, seconds=seconds)


def park(*, effect: Effect, seq: int, tries: int, error: Exception) -> Parked:
    """Put an effect that failed for good where a person sees it and can replay it."""
    close_old_connections()
    text = "".join(traceback.format_exception(error))
    parked, _ = Parked.objects.update_or_create(
        effect=effect.name,
        seq=seq,
        defaults={"tries": tries, "error": text, "parked_at": clock.now()},
    )
    return parked


def replay_parked(*, effect: Effect, parked: Parked) -> bool:
    """Run a parked effect once more; done, it is no longer parked."""
    line = next(lines_after(parked.seq - 1, 1), None)
    if line is None or line.seq != parked.seq:
        parked.delete()
        return True
    lane = Lane(effect=effect, stopping=threading.Event(), most_tries=1)
    error = line.error if isinstance(line, Unreadable) else lane._try_once(line)
    if error is None:
        parked.delete()
        return True
    park(effect=effect, seq=parked.seq, tries=parked.tries + 1, error=error)
    return False
