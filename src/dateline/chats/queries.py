"""Finding chats and messages. `messages_for_readers()` is the only way to a reader's message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dateline.chats.enums import MessageState, Mode, Sort
from dateline.chats.models import Chat, Message
from dateline.chats.rules import MOST_WORDS, takes_messages
from dateline.common.hours import is_within
from dateline.common.prepared import Prepared, PreparedIn
from dateline.readers.models import Reader
from dateline.stories.queries import visible
from dateline.topics.models import Edition, Section

_OF_CHAT = ("story__section", "edition", "section")


def chats_for_readers(now: datetime) -> QuerySet[Chat]:
    """Return the chats readers may see: those of stories they may see, and of sections."""
    seen = Exists(visible(now).filter(pk=OuterRef("story_id")))
    found = Chat.objects.filter(seen | Q(section__isnull=False))
    return found.select_related(*_OF_CHAT).defer("story__body")


def chat_for_readers(number: int, now: datetime) -> Chat | None:
    """Return a chat by its number if readers may see it, or None."""
    return _CHAT.first(number=number, now=now)


_CHAT = Prepared(
    lambda number, now: chats_for_readers(now).filter(pk=number), number=int, now=datetime
)


def is_for_readers(chat: Chat, now: datetime) -> bool:
    """Say whether readers may see a chat: that of a section, or of a story they may see."""
    return chat.story_id is None or _SEEN.first(story=chat.story_id, now=now) is not None


_SEEN = Prepared(
    lambda story, now: visible(now).filter(pk=story).only("pk"), story=int, now=datetime
)


def chats_by_number(numbers: Iterable[int], now: datetime) -> dict[int, Chat]:
    """Return those chats, by number, that readers may see."""
    return {chat.pk: chat for chat in _CHATS.rows(numbers, now=now)}


_CHATS = PreparedIn(
    lambda numbers, now: chats_for_readers(now).filter(pk__in=numbers), now=datetime
)


def chat_of_story(story: int, now: datetime) -> Chat | None:
    """Return the chat of a story that readers may see, or None."""
    return chats_for_readers(now).filter(story=story).first()


def chat_of_section(section: Section) -> Chat | None:
    """Return the chat of a section, or None."""
    return Chat.objects.filter(section=section).select_related(*_OF_CHAT).first()


def has_chat(section: int) -> bool:
    """Say whether a section has a chat."""
    return _OF_SECTION.first(section=section) is not None


_OF_SECTION = Prepared(lambda section: Chat.objects.filter(section=section).only("pk"), section=int)


def chat_row(story: int) -> Chat | None:
    """Return the chat of a story without the story, given that readers see that; or None."""
    return _OF_STORY.first(story=story)


_OF_STORY = Prepared(lambda story: Chat.objects.filter(story=story), story=int)


def is_open(chat: Chat, now: datetime) -> bool:
    """Say whether anybody may post in a chat now."""
    return _takes(chat, now) and not is_out_of_hours(chat, now)


def rests(chat: Chat, now: datetime) -> bool:
    """Say whether a chat will take messages again when its hours begin, and not before."""
    return _takes(chat, now) and is_out_of_hours(chat, now)


def _takes(chat: Chat, now: datetime) -> bool:
    return takes_messages(
        mode=chat.mode, closed_at=chat.closed_at, closes_at=chat.closes_at, now=now
    )


def is_out_of_hours(chat: Chat, now: datetime) -> bool:
    """Say whether it is another hour than those in which a chat takes messages."""
    if not chat.hours:
        return False
    return not is_within(chat.hours, now.astimezone(ZoneInfo(chat.edition.timezone)))


def turning_chats(now: datetime) -> QuerySet[Chat]:
    """Return the chats whose hours began or ended since open pages were told."""
    kept = Chat.objects.filter(closed_at__isnull=True).exclude(hours="")
    groups = kept.order_by().values_list("hours", "edition__timezone").distinct()
    turned = Q(pk__in=[])
    for hours, zone in groups:
        is_out = not is_within(hours, now.astimezone(ZoneInfo(zone)))
        turned |= Q(hours=hours, edition__timezone=zone, is_resting=not is_out)
    return kept.filter(turned)


def going_on(edition: Edition, now: datetime, *, limit: int) -> list[Chat]:
    """Return the chats of an edition in which somebody spoke, the latest word first."""
    chats = chats_for_readers(now).filter(edition=edition, last_shown__gt=0)
    return list(chats.select_related("last__author").order_by("-last_shown")[:limit])


def messages_for_readers(chat: Chat) -> QuerySet[Message]:
    """Return what a chat shows, given that readers see it: messages, and where one was."""
    shown = Message.objects.filter(chat=chat, shown_as__isnull=False)
    return shown.select_related("author__account", "answers__author")


@dataclass(frozen=True, slots=True)
class Slice:
    """Some messages of a chat in the order they are shown, and what there is beside them.

    Shape: `is_last` says that nothing newer was there; `has_earlier` that something older was.
    """

    messages: list[Message]
    has_earlier: bool
    has_later: bool


def newest_messages(chat: Chat, *, limit: int, before: int | None = None) -> Slice:
    """Return the newest messages, or those before a place; the oldest of them first."""
    found = messages_for_readers(chat).order_by("-shown_as")
    if before is not None:
        found = found.filter(shown_as__lt=before)
    rows = list(found[: limit + 1])
    return Slice(rows[:limit][::-1], len(rows) > limit, before is not None)


def messages_from(chat: Chat, *, limit: int, after: int = 0) -> Slice:
    """Return the messages after a place, the oldest first; from the beginning without one."""
    found = messages_for_readers(chat).filter(shown_as__gt=after).order_by("shown_as")
    rows = list(found[: limit + 1])
    return Slice(rows[:limit], after > 0, len(rows) > limit)


def thread_messages(root: Message, *, limit: int, after: int = 0) -> Slice:
    """Return the answers in the talk that a message began, the oldest first."""
    return _onward(messages_for_readers(root.chat).filter(thread=root), after, limit)


def block_messages(chat: Chat, block: str, *, limit: int, after: int = 0) -> Slice:
    """Return the messages about a paragraph of the chat's story, the oldest first."""
    found = messages_for_readers(chat).filter(block=block, state=MessageState.PUBLISHED)
    return _onward(found, after, limit)


def _onward(messages: QuerySet[Message], after: int, limit: int) -> Slice:
    """Return the messages that come after a place, the oldest first."""
    rows = list(messages.filter(shown_as__gt=after).order_by("shown_as")[: limit + 1])
    return Slice(rows[:limit], after > 0, len(rows) > limit)


def chosen_messages(
    chat: Chat, sort: Sort, *, limit: int, past: tuple[int, int] | None = None
) -> Slice:
    """Return the messages with most replies, or the featured ones, the newest of them first.

    Shape: `past` are replies and place of the last message of the page before.
    """
    found = messages_for_readers(chat).filter(state=MessageState.PUBLISHED)
    replies, place = past or (0, 0)
    if sort == Sort.REPLIED:
        found = found.filter(replies_shown__gt=0).order_by("-replies_shown", "-shown_as")
        further = Q(replies_shown__lt=replies) | Q(replies_shown=replies, shown_as__lt=place)
    else:
        found = found.filter(is_featured=True).order_by("-shown_as")
        further = Q(shown_as__lt=place)
    rows = list((found.filter(further) if past else found)[: limit + 1])
    return Slice(rows[:limit], has_earlier=False, has_later=len(rows) > limit)


def found_messages(chat: Chat, words: str, *, limit: int, before: int | None = None) -> Slice:
    """Return the newest messages in which all of some words stand."""
    found = messages_for_readers(chat).filter(state=MessageState.PUBLISHED)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_has(word))
    if before is not None:
        found = found.filter(shown_as__lt=before)
    rows = list(found.order_by("-shown_as")[: limit + 1])
    return Slice(rows[:limit], len(rows) > limit, before is not None)


def _has(word: str) -> Q:
    """Return that a text has a word, however it is written: SQLite folds Latin letters alone."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    ways = [("text__contains", one) for one in sorted(spellings)]
    return Q(("text__icontains", word), *ways, _connector=Q.OR)


def message_known(chat: Chat, author: Reader, client_key: str) -> Message | None:
    """Return what a reader posted in a chat under the posting page's own name for it, or None."""
    if not client_key:
        return None
    return _KNOWN.first(chat=chat.pk, author=author.pk, key=client_key)


_KNOWN = Prepared(
    lambda chat, author, key: Message.objects.filter(chat=chat, author=author, client_key=key),
    chat=int,
    author=int,
    key=str,
)


def message_by_key(key: str) -> Message | None:
    """Return a message by its key, with its chat, whatever has become of it."""
    found = Message.objects.filter(key=key).select_related(
        "chat__story__section", "chat__edition", "chat__section", "author__account", "answers"
    )
    return found.first()


def messages_seen(numbers: Iterable[int], chats: Mapping[int, Chat]) -> dict[int, Message]:
    """Return those messages, by number, that some chats show now, gone ones included.

    Shape: `chats` are chats readers may see, by number; each message comes with its own.
    """
    found = [row for row in _MESSAGES.rows(numbers) if row.chat_id in chats]
    for row in found:
        row.chat = chats[row.chat_id]
    return {row.pk: row for row in found}


_MESSAGES = PreparedIn(
    lambda numbers: Message.objects.filter(pk__in=numbers, shown_as__isnull=False).select_related(
        "author__account", "answers__author"
    )
)


def numbers_of_messages(chat: Chat, *, before: int | None, limit: int) -> list[tuple[int, int]]:
    """Return places and numbers of the newest readable messages, or of those before a place."""
    found = Message.objects.filter(chat=chat, state=MessageState.PUBLISHED, shown_as__isnull=False)
    if before is not None:
        found = found.filter(shown_as__lt=before)
    rows = found.order_by("-shown_as").values_list("shown_as", "pk")[:limit]
    return [(place or 0, number) for place, number in rows]


def speakers_of(chat: Chat, beginning: str, *, limit: int = 8) -> list[Reader]:
    """Return readers who spoke in a chat lately and whose name or slug begins so."""
    lately = messages_for_readers(chat).filter(author__isnull=False).order_by("-shown_as")
    recent = list(dict.fromkeys(lately.values_list("author_id", flat=True)[:400]))
    found = Reader.objects.filter(pk__in=recent).filter(
        Q(slug__istartswith=beginning) | Q(display_name__istartswith=beginning)
    )
    by_number = {reader.pk: reader for reader in found}
    return [by_number[number] for number in recent if number in by_number][:limit]


def talked_of_blocks(chat: Chat) -> dict[str, int]:
    """Return how many readable messages are about each paragraph of the chat's story."""
    found = Message.objects.filter(chat=chat, state=MessageState.PUBLISHED).exclude(block="")
    counted = found.order_by().values_list("block").annotate(Count("pk"))
    return dict(counted)


def talked_about(
    edition: Edition,
    *,
    since: datetime,
    now: datetime,
    limit: int,
    sections: Sequence[int] | None = None,
) -> list[int]:
    """Return the stories of an edition that most was said of since an instant, the most first."""
    said = Message.objects.filter(
        Exists(visible(now).filter(pk=OuterRef("chat__story"))),
        chat__edition=edition,
        state=MessageState.PUBLISHED,
        posted_at__gte=since,
    )
    if sections is not None:
        said = said.filter(chat__story__section__in=sections)
    counted = said.order_by().values_list("chat__story").annotate(count=Count("pk"))
    return [story or 0 for story, _count in counted.order_by("-count", "-chat__story")[:limit]]


def due_chats(now: datetime) -> QuerySet[Chat]:
    """Return the chats whose time is over and that nobody has closed yet."""
    return Chat.objects.filter(closed_at__isnull=True, closes_at__lte=now).order_by("closes_at")


def slow_since(at: datetime) -> QuerySet[Chat]:
    """Return the open chats that the rules made slow before a time."""
    slow = Chat.objects.filter(closed_at__isnull=True, mode=Mode.SLOW, mode_by__isnull=True)
    return slow.filter(opened_at__lte=at)


def readers_by_slug(slugs: Sequence[str]) -> list[Reader]:
    """Return the readers with these slugs."""
    return list(Reader.objects.filter(slug__in=slugs)) if slugs else []
