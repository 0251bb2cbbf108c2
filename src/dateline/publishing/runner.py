"""The runner: one process that gives every effect a lane, looks at the clock and does the jobs.

Each machine has one, and of all that share a database one works: the others stand by.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import Error as DatabaseTrouble
from django.db import connection

from dateline.chats.actions.origin import forget_origins
from dateline.common import clock, house
from dateline.common.memory import give_back
from dateline.journal.doorbell import Bell
from dateline.journal.queries import head
from dateline.people.letters import send_waiting
from dateline.people.sessions import SessionStore
from dateline.publishing import jobs, scheduler
from dateline.publishing.effects import EFFECTS
from dateline.publishing.hub import work_hub
from dateline.publishing.lane import Lane
from dateline.publishing.lead import Lead, lead_of
from dateline.publishing.newest import Newest
from dateline.publishing.post import posts, returned_mail
from dateline.publishing.wiring import hear_others
from dateline.subscriptions.actions import fold_some, forget_unused

log = structlog.get_logger(__name__)
SAFETY_POLL = 1.0
"""Seconds between two looks at the journal's end, at the jobs and after trouble."""
DRAIN_SECONDS = 15.0
# What time changed while no runner was there to see it: dropping a page twice costs one render.
LOOK_BACK = timedelta(days=1)
TIDY_EVERY = timedelta(hours=1)
FOLDS_EACH_TIME = 100
"""Batches of what is old in the ledger that are folded in one go: it is no hurry."""


class Runner:
    """Threads around one doorbell; `stop()` lets each finish the entry it is at."""

    def __init__(self, *, most_tries: int, lead: Lead | None = None) -> None:
        self._lead = lead or lead_of()
        self._leads = threading.Event()
        self.stopping = threading.Event()
        self._newest = Newest()
        self.lanes = [
            Lane(effect, self.stopping, most_tries, self._newest.after) for effect in EFFECTS
        ]
        self._looked_at: datetime = clock.now() - LOOK_BACK
        self._had_led = False
        self._tidied_at: datetime | None = None
        self._wakes: list[threading.Event] = []
        self._head = -1
        self._has_worked = False

    def run(self) -> None:
        """Work until `stop()` is called."""
        bell = Bell(house.bells_folder(), "runner")
        ear = hear_others(self._wake)
        threads = [
            self._start(lane.effect.name, self._while_leading(lane.catch_up), lane.patience)
            for lane in self.lanes
        ]
        threads.append(self._start("jobs", self._while_leading(self._work_off_jobs)))
        threads.append(self._start("letters", self._while_leading(send_waiting)))
        threads.append(self._start("returns", self._while_leading(returned_mail().work)))
        threads.append(self._start("hub", self._while_leading(work_hub)))
        threads += [self._start(post.name, post.work) for post in posts()]
        clocked = self._start("scheduler", self._look_at_clock, _to_next_second, is_woken=False)
        threads.append(clocked)
        rang = True
        while not self.stopping.is_set():
            if self._has_begun() or self._has_moved() or rang:
                self._wake()
            rang = bell.wait(SAFETY_POLL)
            if self._has_worked and not rang:
                self._has_worked = False
                give_back()
        connection.close()
        if ear:
            ear.stop()
        for thread in threads:
            thread.join(DRAIN_SECONDS)
        self._lead.give_up()
        bell.close()

    def stop(self) -> None:
        """Ask every thread to end."""
        self.stopping.set()
        self._wake()

    def _has_moved(self) -> bool:
        """Say whether the journal has grown since the last look: a ring may have been lost."""
        try:
            before, self._head = self._head, head()
        except DatabaseTrouble:
            connection.close()
            return True  # The lanes will find it, and tell of it.
        return self._head != before

    def _has_begun(self) -> bool:
        """Begin to work when the lead is ours, and stop when it is not; True at the beginning."""
        leads = self._lead.holds()
        if leads and not self._leads.is_set() and self._take_over():
            for lane in self.lanes:
                lane.start_again()
            log.info("this runner works")
            self._leads.set()
            return True
        if not leads and self._leads.is_set():
            log.warning("this runner stands by")
            self._leads.clear()
        return False

    def _take_over(self) -> bool:
        """Go back to the jobs another runner was at."""
        try:
            jobs.reclaim()
        except DatabaseTrouble as error:
            log.warning("database trouble", lane="jobs", error=str(error))
            return False
        finally:
            connection.close()
        return True

    def _while_leading(self, work: Callable[[], int]) -> Callable[[], int]:
        return lambda: work() if self._leads.is_set() else 0

    def _wake(self) -> None:
        self._newest.look_again()
        for wake in self._wakes:
            wake.set()

    def _start(
        self,
        name: str,
        work: Callable[[], object],
        poll: Callable[[], float] = lambda: SAFETY_POLL,
        *,
        is_woken: bool = True,
    ) -> threading.Thread:
        """Start a thread that works when woken, or by itself after so many seconds."""
        wake = threading.Event()
        if is_woken:
            self._wakes.append(wake)
        thread = threading.Thread(target=self._keep_at, args=(name, work, wake, poll), name=name)
        thread.start()
        return thread

    def _keep_at(
        self,
        name: str,
        work: Callable[[], object],
        wake: threading.Event,
        poll: Callable[[], float],
    ) -> None:
        """Do the work whenever woken; a database that is away is waited for."""
        while True:
            wake.clear()
            if self.stopping.is_set():  # Asked after: whoever stops us wakes us then.
                break
            try:
                if work():
                    self._has_worked = True
                else:
                    wake.wait(poll())
            except DatabaseTrouble as error:
                log.warning("database trouble", lane=name, error=str(error))
                connection.close()
                self.stopping.wait(SAFETY_POLL)
            except Exception:
                log.exception("lane failed", lane=name)
                self.stopping.wait(SAFETY_POLL)
        connection.close()

    def _look_at_clock(self) -> int:
        """Do what is due, if we lead; the pages of a machine are its own runner's in any case."""
        now = clock.now()
        since, self._looked_at = self._looked_at, now
        leads, had_led = self._leads.is_set(), self._had_led
        self._had_led = leads
        if leads and not had_led:
            since = now - LOOK_BACK  # Whoever led before may have died on the hour.
        look = scheduler.run_due if leads else scheduler.turn_pages
        look(since=since, now=now)
        return 0

    def _work_off_jobs(self) -> int:
        done = 0
        self._tidy(clock.now())
        while not self.stopping.is_set() and jobs.run_next():
            done += 1
        return done

    def _tidy(self, now: datetime) -> None:
        """Forget what is old once an hour, also after a clock was set back."""
        if self._tidied_at is None or abs(now - self._tidied_at) >= TIDY_EVERY:
            jobs.forget_old()
            SessionStore.clear_expired()
            forget_origins(now)
            forget_unused(by=None, now=now)
            for _ in range(FOLDS_EACH_TIME):
                if self.stopping.is_set() or not fold_some(by=None, now=now):
                    break
            self._tidied_at = now


def _to_next_second() -> float:
    return 1.0 - clock.now().microsecond / 1e6 + 0.002
