"""What a look into a mailbox finds, whichever way it is read."""

from collections.abc import Callable
from dataclasses import dataclass

SECONDS = 20
"""For how long a server may say nothing."""
MOST_AT_ONCE = 200
"""Mails that one look takes."""
TRIES = 3
"""Looks that a mail may end, before it is left to a person and holds up the others no more."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the box, and how to remove it."""

    data: bytes
    remove: Callable[[], object]
