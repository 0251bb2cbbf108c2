"""One effect's way through the journal: in order, one entry at a time, retried alone."""

import random
import threading
import traceback
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Lane:
    """The reader of the journal behind one effect.

    The cursor moves only past what is done or parked, so a killed process runs the entry it was at
    once more, and no other. `stopping` ends it between two tries.
    """

    effect: Effect
    stopping: threading.Event
    most_tries: int

    def catch_up(self) -> int:
        """Run the effect on everything new and return how many entries were passed."""
        passed = 0
        for line in lines_after(cursor_of(self.effect.name), BATCH):
            if self.stopping.is_set():
                return passed
            if isinstance(line, Unreadable):
                self._set_aside(line)
            elif self.effect.concerns(line.entry) and not self._see_through(line):
                return passed
            move_cursor(name=self.effect.name, seq=line.seq)
            passed += 1
        return passed

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
