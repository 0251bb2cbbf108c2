"""Work done in a process of its own while this one goes on."""

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dateline.config.supervisor import end_with


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do some work in a fork of this process while the block runs; wait for it at the block's end.

    All that the work imports, opens and leaves in memory goes with its process.

    Raises:
        Exception: what the work raised, or ChildProcessError when something ended it.
    """
    told, tell = os.pipe()
    pid = _fork(work, tell)
    os.close(tell)
    try:
        yield
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        raise
    finally:
        with open(told, "rb") as answer:
            said = answer.read()
        os.waitpid(pid, 0)
    if not said:
        raise ChildProcessError("what ran beside the start was ended before it was done")
    error = pickle.loads(said)  # noqa: S301 - our own fork's words
    if error is not None:
        raise error


def _fork(work: Callable[[], object], tell: int) -> int:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        end_with(parent)
        said = pickle.dumps(_error_of(work))
        with open(tell, "wb") as answer:
            answer.write(said)
    finally:
        os._exit(0)


def _error_of(work: Callable[[], object]) -> Exception | None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - raised again by who asked for the work
        error.add_note(traceback.format_exc())
        return error
    return None
