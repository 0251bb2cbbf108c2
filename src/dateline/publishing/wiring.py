"""What every process does right after it committed an entry, and how it hears of others."""

import atexit
import importlib
from collections.abc import Callable

from django.conf import settings

from dateline.chats.actions import forget_author
from dateline.chats.kept import talk_of_reader
from dateline.common import house
from dateline.journal.backplane import Backplane, Ear, FarBell, NotifyBackplane, RedisBackplane
from dateline.journal.doorbell import Doorbell
from dateline.journal.entries import Entry
from dateline.journal.record import call_after_commit
from dateline.people.letters import call_after_post
from dateline.publishing.live_search import words_of_posts
from dateline.publishing.pages import drop_now
from dateline.readers.actions import before_removal
from dateline.readers.everything import tells_of_reader
from dateline.search.more import add_words
from dateline.subscriptions.kept import letters_of_reader

_bells: list[Doorbell | FarBell] = []


def connect() -> None:
    """Have pages dropped first and the other processes woken then; called once at start.

    What it opens to wake them is closed when the process ends.

    A reader who goes is forgotten in the chats too, and takes along what those and the letters'
    ledger keep of them, of which the room of readers does not know.
    """
    make = backplane_of()
    _bells[:] = [Doorbell(house.bells_folder()), *([FarBell(make)] if make else [])]
    atexit.register(disconnect)
    call_after_commit(drop_now)
    call_after_commit(_ring)
    call_after_post(_ring_bells)
    before_removal(forget_author)
    tells_of_reader("letters", letters_of_reader)
    tells_of_reader("chats", talk_of_reader)
    add_words(words_of_posts)


def disconnect() -> None:
    """Close what the other processes are woken through; a commit after this opens it anew."""
    for bell in _bells:
        bell.close()


def backplane_of() -> Callable[[], Backplane] | None:
    """Return what makes the way to other machines: Redis where it is set, else PostgreSQL's own."""
    redis, database = settings.DATELINE.redis_url, settings.DATELINE.database
    if redis.get_secret_value():
        importlib.import_module("redis")  # slow: the first publication must not wait for it
        return lambda: RedisBackplane(redis.get_secret_value())
    if database.get_secret_value():
        return lambda: NotifyBackplane(database.get_secret_value())
    return None


def hear_others(heard: Callable[[], object]) -> Ear | None:
    """Have `heard` called, from a thread of its own, when another machine rings."""
    make = backplane_of()
    if make is None:
        return None
    ear = Ear(make, heard)
    ear.start()
    return ear


def _ring(seq: int, entry: Entry) -> None:
    _ring_bells()


def _ring_bells() -> None:
    for bell in _bells:
        bell.ring()
