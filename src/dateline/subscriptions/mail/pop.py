"""A mailbox by POP: mails with lines of any length, and what stays in it for a person."""

import poplib
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO
from urllib.parse import SplitResult, unquote

import structlog

from dateline.standards.bounces.reports import MOST_BYTES
from dateline.subscriptions.mail.came import MOST_AT_ONCE, SECONDS, TRIES, Mail

log = structlog.get_logger(__name__)
BROKEN = (OSError, poplib.error_proto)
"""What ends a conversation: nothing it removed is gone, and all of it is there the next time."""


class _LongLines:
    """Lines as long as a mail may be: poplib itself gives up at 2,048 bytes."""

    file: BinaryIO

    def _getline(self) -> tuple[bytes, int]:
        line = self.file.readline(MOST_BYTES + 2)
        if not line.endswith(b"\n"):
            raise poplib.error_proto("-ERR a line without an end")
        return line.removesuffix(b"\n").removesuffix(b"\r"), len(line)


class _Plain(_LongLines, poplib.POP3):
    pass


class _Tls(_LongLines, poplib.POP3_SSL):
    pass


@dataclass(slots=True)
class PopBox:
    """What is known of the mails in a box from one look to the next.

    Shape: `left` are names of mails that stay for a person. `failed` counts how often one ended a
        look: after some times it is left too, so that it does not hold up the others for ever.
    """

    left: set[str] = field(default_factory=set)
    failed: Counter[str] = field(default_factory=Counter)

    def mails(self, address: SplitResult) -> Generator[Mail, None, None]:
        """Yield the mails in a box that were not left; what is removed is gone after the last."""
        box = _opened(address)
        try:
            yield from self._new(box)
            box.quit()
        except GeneratorExit:
            with suppress(*BROKEN):
                box.quit()
            raise
        finally:
            box.close()

    def _new(self, box: poplib.POP3) -> Generator[Mail, None, None]:
        names = dict(line.decode().split(" ", 1) for line in box.uidl()[1])
        sizes = dict(line.decode().split(" ")[:2] for line in box.list()[1])
        self._forget_all_but(names.values())
        waiting = [(number, name) for number, name in names.items() if name not in self.left]
        for number, name in waiting[:MOST_AT_ONCE]:
            removed: list[str] = []
            try:
                is_huge = int(sizes.get(number, 0)) > MOST_BYTES
                lines = (box.top(int(number), 0) if is_huge else box.retr(int(number)))[1]
                yield Mail(b"\r\n".join(lines), partial(_remove, box, int(number), removed))
            except (GeneratorExit, *BROKEN):
                self._note_failure(name)
                raise
            if not removed:
                self.left.add(name)

    def _note_failure(self, name: str) -> None:
        self.failed[name] += 1
        if self.failed[name] >= TRIES:
            self.left.add(name)
            log.warning("mail left to a person", why="it could not be read", tries=TRIES)

    def _forget_all_but(self, names: Iterable[str]) -> None:
        self.left &= {*names}
        for name in self.failed.keys() - {*names}:
            del self.failed[name]


def _remove(box: poplib.POP3, number: int, removed: list[str]) -> None:
    removed.append(box.dele(number).decode())


def _opened(address: SplitResult) -> poplib.POP3:
    """Return a box that was entered."""
    is_tls = address.scheme == "pop3s"
    port = address.port or (poplib.POP3_SSL_PORT if is_tls else poplib.POP3_PORT)
    box = (_Tls if is_tls else _Plain)(address.hostname or "", port, timeout=SECONDS)
    try:
        box.user(unquote(address.username or ""))
        box.pass_(unquote(address.password or ""))
    except BROKEN:
        box.close()
        raise
    return box
