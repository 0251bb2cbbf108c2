"""From the journal to the stream: what an open browser is told of an entry."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

import structlog
from django.db import close_old_connections, connection
from django.template.loader import render_to_string

from dateline.chats.entries import MessageRemoved
from dateline.common import clock, house
from dateline.journal.doorbell import Bell
from dateline.journal.entries import Entry, Recorded, Unreadable
from dateline.journal.queries import head, lines_after
from dateline.live.entries import LiveMerged, LivePostDeleted
from dateline.newsfeed.entries import AlertChanged, AlertEnded
from dateline.publishing.announce_alerts import alert_words
from dateline.publishing.announce_chats import chat_words
from dateline.publishing.announce_live import live_words
from dateline.publishing.pages import keep_up
from dateline.publishing.presence import Census, counts_together
from dateline.publishing.wiring import hear_others
from dateline.reader.contexts import StoryCardContext
from dateline.reader.present.furniture import furniture_of
from dateline.reader.present.lines import feed_lines, row_of_card
from dateline.reader.views import speaking
from dateline.stories.entries import StoryEntry, StoryShown, StoryWithdrawn
from dateline.stories.models import Story
from dateline.stories.queries import cards_by_number
from dateline.stream.source import Announcement

log = structlog.get_logger(__name__)
SAFETY_POLL = 1.0
_RECALLING = (
    StoryWithdrawn,
    LivePostDeleted,
    LiveMerged,
    AlertChanged,
    AlertEnded,
    MessageRemoved,
)
T = TypeVar("T")
_Line = dict[str, object]


def announcements_of(lines: Iterable[Recorded]) -> list[Announcement]:
    """Return what the stream says of entries that have channels.

    A newsfeed's line is the page's own partial, and the story's present state: of one that readers
    may not see any more nothing but its number is told.
    """
    heard = [recorded for recorded in lines if recorded.channels]
    shown = [one.entry.story for one in heard if isinstance(one.entry, StoryShown)]
    now = clock.now()
    stories = cards_by_number(list(dict.fromkeys(shown)), now)
    lines_of: dict[int, _Line] = {}
    for code in {story.edition.code for story in stories}:
        lines_of |= _lines(code, [story for story in stories if story.edition.code == code])
    words = live_words(heard, now) | alert_words(heard, now) | chat_words(heard, now)
    return [_announcement(one, lines_of, words.get(one.seq)) for one in heard]


def _announcement(
    recorded: Recorded, lines: Mapping[int, _Line], words: _Line | None
) -> Announcement:
    entry = recorded.entry
    told: dict[str, object] = {"story": entry.story} if isinstance(entry, StoryEntry) else {}
    if isinstance(entry, StoryShown):
        told |= lines.get(entry.story, {})
    return Announcement(
        seq=recorded.seq,
        channels=recorded.channels,
        event=entry.kind,
        data=json.dumps(told | (words or {}), ensure_ascii=False, separators=(",", ":")).encode(),
        about=_about(entry),
        recalls=isinstance(entry, _RECALLING),
    )


def _about(entry: Entry) -> str:
    """Return what an entry tells of, or recalls: posts that were moved are told of elsewhere."""
    return f"story:{entry.merged}/live" if isinstance(entry, LiveMerged) else entry.subject


def _lines(edition: str, stories: Sequence[Story]) -> dict[int, _Line]:
    """Return what is told of an edition's stories, by number."""
    furniture = furniture_of(edition)
    with speaking(furniture):
        cards_of = feed_lines(stories, clock.now(), furniture)
        return {card.story_id: _line(card) for card in cards_of}


def _line(card: StoryCardContext) -> _Line:
    html = render_to_string("reader/_feed_line.html", {"card": card})
    return {"html": html, "urgency": card.urgency, "row": row_of_card(card)}


def _read(seq: int, limit: int) -> tuple[list[Announcement], int, int]:
    """Return what is told after a number, how far that goes, and how many lines were unreadable."""
    newest = head()
    keep_up(newest)
    if newest < seq:
        return [], newest, 0
    lines = list(lines_after(seq, limit))
    entries = [line for line in lines if isinstance(line, Recorded)]
    told = announcements_of(entries)
    _log_skipped(lines)
    return told, lines[-1].seq if lines else newest, len(lines) - len(entries)


def _log_skipped(lines: Iterable[Recorded | Unreadable]) -> None:
    for line in lines:
        if isinstance(line, Unreadable):
            log.error("entry unreadable", seq=line.seq, kind=line.kind, error=str(line.error))


class JournalSource:
    """The journal as the stream's hub reads it, in one thread with one database connection.

    `on_ring` is called first when the doorbell rings, so that no browser is told of a story while
    this process still holds a page without it. `unreadable` counts the entries that browsers were
    not told of because this house cannot read them.
    """

    unreadable = 0

    def __init__(self, on_ring: Callable[[], object] = bool) -> None:
        self._on_ring = on_ring
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._census = Census() if counts_together() else None
        self._rung = asyncio.Event()
        self._bell = Bell(house.bells_folder(), "stream")
        loop = asyncio.get_running_loop()
        loop.add_reader(self._bell.socket, self._ring)
        self._ear = hear_others(partial(_set_soon, loop, self._rung))

    def _ring(self) -> None:
        self._bell.hush()
        self._on_ring()
        self._rung.set()

    async def head(self) -> int:
        """Return the newest journal number."""
        return await self._in_thread(head)

    async def after(self, seq: int, limit: int) -> tuple[Sequence[Announcement], int]:
        """Return the announcements after a number, and how far that answer is complete."""
        told, complete_to, skipped = await self._in_thread(_read, seq, limit)
        self.unreadable += skipped
        return told, complete_to

    async def share(self, counts: dict[str, int]) -> dict[str, int]:
        """Return how many readers all server processes hold, given what this one does."""
        return await self._in_thread(self._census.share, counts) if self._census else counts

    async def wait(self) -> None:
        """Return at a ring of the doorbell, or after a second to be safe."""
        try:
            await asyncio.wait_for(self._rung.wait(), SAFETY_POLL)
        except TimeoutError:
            return
        self._rung.clear()

    def close(self) -> None:
        """Stop listening and close the connection."""
        asyncio.get_running_loop().remove_reader(self._bell.socket)
        if self._ear:
            self._ear.stop()
        self._bell.close()
        self._thread.submit(lambda: connection.close())  # its own, not that of this thread
        self._thread.shutdown()

    async def _in_thread(self, work: Callable[..., T], *given: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _on_good_connection, work, *given)


def _set_soon(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    with suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(event.set)


def _on_good_connection(work: Callable[..., T], *given: object) -> T:
    """Do work in a thread that outlives its database: a connection that broke is given up."""
    close_old_connections()
    return work(*given)
