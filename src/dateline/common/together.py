"""Short writes of several threads in one transaction, where each alone would wait for the disk."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.utils.translation import get_language, override

from dateline.common import house
from dateline.common.one_by_one import one_by_one

T = TypeVar("T")
_MOST = 16


def together(work: Callable[[], T]) -> T:
    """Do work in a transaction, with that of threads that come meanwhile, and return its result.

    Whoever comes while another writes is written by the next in turn, with all who wait: one
    commit for many, in the order in which they came. Work that raises is undone alone. It runs in
    its caller's context (language, log), though perhaps in another thread. Inside a transaction it
    is a part of that one.

    Raises: what the work raises, or what the commit did; then nothing of it is kept.
    """
    if connection.in_atomic_block:
        return work()
    return cast("T", _queue().do(work))


@dataclass(eq=False)
class _Piece:
    work: Callable[[], Any]
    is_done: bool = False
    value: Any = None
    error: BaseException | None = None
    _language: str | None = field(default_factory=get_language)
    _context: Context = field(default_factory=copy_context)

    def run(self) -> None:
        """Do the work as its caller would, and remember what came of it."""
        self.value = self._context.run(self._spoken)

    def _spoken(self) -> Any:
        with override(self._language):  # Django ties it to the thread, not to the context.
            return self.work()

    def run_apart(self) -> None:
        """Do the work; if it raises, undo it alone and remember that."""
        try:
            with transaction.atomic():
                self.run()
        except Exception as error:  # noqa: BLE001  # whoever brought the work hears of it
            self.error = error

    def result(self) -> Any:
        if self.error is not None:
            raise self.error
        return self.value


class _Queue:
    """Pieces of work in the order in which they came; one thread at a time carries them out."""

    def __init__(self) -> None:
        self._waiting: deque[_Piece] = deque()
        self._turn = Lock()

    def do(self, work: Callable[[], Any]) -> Any:
        piece = _Piece(work)
        self._waiting.append(piece)
        while not piece.is_done:
            with self._turn:
                if not piece.is_done:
                    self._carry_out()
        return piece.result()

    def _carry_out(self) -> None:
        pieces = [self._waiting.popleft() for _ in range(min(_MOST, len(self._waiting)))]
        try:
            with _turn_of_processes(), transaction.atomic():
                if len(pieces) == 1:
                    pieces[0].run()
                else:
                    for piece in pieces:
                        piece.run_apart()
        except Exception as error:  # noqa: BLE001  # whoever brought the work hears of it
            for piece in pieces:
                piece.error = piece.error or error
        finally:
            for piece in pieces:
                piece.is_done = True


@cache
def _queue() -> _Queue:
    return _Queue()


@contextmanager
def _turn_of_processes() -> Iterator[None]:
    """Have the server processes of a machine take turns.

    SQLite has no queue: whoever finds another writing sleeps, longer each time, and may find the
    next one there. PostgreSQL has one.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with one_by_one(house.turn_path()):
        yield
