"""One command, several processes: the supervisor forks them, brings back the dead, drains at TERM.

Everything is imported before the fork, so a child that was killed is back in milliseconds and the
processes share the memory of what they imported. The supervisor itself opens no database and no
thread; both would not survive a fork.
"""

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger(__name__)
DRAIN_SECONDS = 20.0
_SHORT_LIFE = 2.0
_LONGEST_PAUSE = 5.0
_PR_SET_PDEATHSIG = 1
_ENDS = frozenset({signal.SIGTERM, signal.SIGINT})
_LOOK_UP = 60.0


@dataclass(slots=True)
class Child:
    """One supervised process: what it runs, and how it has fared."""

    name: str
    main: Callable[[], None]
    pid: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    short_lives: int = 0


@dataclass(slots=True)
class Supervisor:
    """Keeps the children running until it is told to stop.

    Units: seconds of the monotonic clock.
    """

    children: list[Child]
    stopping: bool = field(default=False, init=False)

    def run(self) -> int:
        """Run until TERM or INT and return the exit status."""
        gc.collect()
        gc.freeze()
        watched = {*_ENDS, signal.SIGCHLD}
        signal.pthread_sigmask(signal.SIG_BLOCK, watched)
        while not self.stopping:
            self._start_due()
            told = signal.sigtimedwait(watched, self._next_start())
            # Stopped (Ctrl+Z) and continued too late, Python's call returns what is no signal.
            self.stopping = told is not None and told.si_signo in _ENDS
            self._reap()
        return self._drain(watched)

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if not child.pid and child.start_at <= now:
                self._start(child)

    def _next_start(self) -> float:
        waiting = [child.start_at for child in self.children if not child.pid]
        return max(0.0, min(waiting, default=time.monotonic() + _LOOK_UP) - time.monotonic())

    def _start(self, child: Child) -> None:
        supervisor = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        child.started_at = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            _be_child(child, supervisor)

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._note_end(pid, status)

    def _note_end(self, pid: int, status: int) -> None:
        child = next((child for child in self.children if child.pid == pid), None)
        if child is None:
            return
        now = time.monotonic()
        child.pid = 0
        if self.stopping:
            return
        short = now - child.started_at < _SHORT_LIFE
        child.short_lives = child.short_lives + 1 if short else 0
        child.start_at = now + min(_LONGEST_PAUSE, 0.1 * (2**child.short_lives - 1))
        log.warning("process ended", process=child.name, status=os.waitstatus_to_exitcode(status))

    def _drain(self, watched: set[signal.Signals]) -> int:
        self._signal_all(signal.SIGTERM)
        end = time.monotonic() + DRAIN_SECONDS
        while any(child.pid for child in self.children) and time.monotonic() < end:
            signal.sigtimedwait(watched, 0.2)
            self._reap()
        left = [child.name for child in self.children if child.pid]
        self._signal_all(signal.SIGKILL)
        if left:
            log.warning("processes did not end in time", processes=left)
        return 1 if left else 0

    def _signal_all(self, number: signal.Signals) -> None:
        for child in self.children:
            if child.pid:
                with suppress(ProcessLookupError):
                    os.kill(child.pid, number)


def _be_child(child: Child, supervisor: int) -> None:
    """Run the child's main and leave without going back up the supervisor's stack."""
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        end_with(supervisor)
        child.main()
        status = 0
    except KeyboardInterrupt:
        status = 0
    except BaseException:
        log.exception("process failed", process=child.name)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def end_with(supervisor: int) -> None:
    """Have the kernel send TERM when the supervisor dies, however it dies (Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os._exit(0)
