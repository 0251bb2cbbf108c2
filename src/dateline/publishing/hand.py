"""A thread that does one thing after another for somebody who waits only so long for each."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from queue import SimpleQueue
from typing import cast

from django.db import connection


class Hand:
    """One thread with one connection to the database, which it gives back when it is let go.

    What takes too long is left behind: whoever waits for it lets this hand go and takes another.
    """

    def __init__(self, name: str) -> None:
        self._given: SimpleQueue[tuple[Callable[[], object], Future[object]] | None] = SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def do(self, work: Callable[[], object], *, seconds: float) -> Exception | None:
        """Do some work and return what it raised, if anything.

        Raises: TimeoutError when it takes longer; it goes on, and nobody hears of its end.
        """
        done: Future[object] = Future()
        self._given.put((work, done))
        return cast("Exception | None", done.exception(seconds))

    def let_go(self) -> None:
        """End it, once it has finished what it is at."""
        self._given.put(None)

    def _work(self) -> None:
        while given := self._given.get():
            work, done = given
            try:
                done.set_result(Context().run(work))
            except Exception as error:  # noqa: BLE001 - whoever waits hears of it, whatever it is
                connection.close()  # It may be what failed.
                done.set_exception(error)
        connection.close()
