"""Commands run to their end, one after another, and what each cost."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .many import environment

Measure = Callable[[int], float]
"""Returns the memory of a running process, by its number, in MiB."""


@dataclass
class Step:
    """One command. Units: seconds of the clock and of the processor, MiB at the most."""

    seconds: float
    processor: float
    memory: float


def run_step(home: Path, *words: str, measure: Measure | None = None) -> Step:
    """Run a command by itself and return what it cost.

    Memory is what the process had in memory, mapped files too; or what `measure` finds meanwhile.
    """
    began, most = time.monotonic(), 0.0
    command = [sys.executable, *words]
    process = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL)
    while measure and not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        most = max(most, measure(process.pid))
        time.sleep(0.05)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    memory = most if measure else used.ru_maxrss / 1024
    return Step(time.monotonic() - began, used.ru_utime + used.ru_stime, memory)
