"""Taking in what was said on another system: once, quietly, with names and times as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F

from dateline.chats.actions.opening import open_chat
from dateline.chats.entries import MessageTaken
from dateline.chats.enums import MessageState
from dateline.chats.models import Chat, Message
from dateline.chats.rules import quoted
from dateline.chats.talk import html_of
from dateline.common import clock
from dateline.common.keys import new_key
from dateline.journal.record import record_all
from dateline.moderation import fingerprint
from dateline.people.models import Account
from dateline.standards.talk.facts import Said, Standing, Talk, Thread
from dateline.stories.models import Story
from dateline.stories.queries import number_at_old_address
from dateline.stories.rules import number_in_path

_BATCH = 500
_STATES = {
    Standing.SHOWN: MessageState.PUBLISHED,
    Standing.HELD: MessageState.HELD,
    Standing.REJECTED: MessageState.REJECTED,
    Standing.DELETED: MessageState.DELETED,
}


@dataclass(slots=True)
class TakenReport:
    """What an import came to.

    Shape: `homeless` are addresses that no story here has, with how much was said there.
    """

    taken: int = 0
    known: int = 0
    chats: int = 0
    homeless: dict[str, int] = field(default_factory=dict)


def take_talk(*, by: Account | None, talk: Talk, story: Story | None = None) -> TakenReport:
    """Take a discussion in; what was taken before is known by its key and left alone.

    Each chat is one transaction. Authors have no account here: their names stand over what they
    said. A thread whose address leads to no story of ours is left out and reported.

    Args:
        by: Who takes it in.
        talk: The discussion.
        story: Where everything goes; without it each thread goes by its address.

    Records: ChatOpened for each new chat, MessageTaken for each message that readers see.
    """
    report = TakenReport()
    for key, said in _by_thread(talk).items():
        thread = talk.threads.get(key, Thread(key=key))
        found = story or _story_of(thread)
        if found is None:
            report.homeless[thread.address or thread.title or key] = len(said)
            continue
        with transaction.atomic():
            _take(by, found, talk.system, said, report)
        report.chats += 1
    return report


def _by_thread(talk: Talk) -> dict[str, list[Said]]:
    sorted_out: dict[str, list[Said]] = {}
    for said in talk.read():
        sorted_out.setdefault(said.thread, []).append(said)
    return sorted_out


def _story_of(thread: Thread) -> Story | None:
    parts = urlsplit(thread.address)
    number = number_at_old_address(parts.path, parts.query) if parts.path else None
    if number is None and parts.netloc in {"", *settings.DATELINE.every_host}:
        number = number_in_path(parts.path)
    return Story.objects.filter(pk=number).select_related("edition").first() if number else None


def _take(
    by: Account | None, story: Story, system: str, said: list[Said], report: TakenReport
) -> None:
    chat = open_chat(by=by, of=story)
    known = _known(chat, system)
    ordered = sorted(said, key=_order)
    for begin in range(0, len(ordered), _BATCH):
        batch = ordered[begin : begin + _BATCH]
        new = [one for one in batch if _name(system, one) not in known]
        report.known += len(batch) - len(new)
        report.taken += len(new)
        made = _stored(chat, system, new, known)
        _shown(chat, made)


def _order(said: Said) -> tuple[str, int, str]:
    return (said.at.isoformat() if said.at else "", len(said.key), said.key)


def _name(system: str, said: Said) -> str:
    return f"{system}:{said.key}"[:64]


def _known(chat: Chat, system: str) -> dict[str, Message]:
    rows = Message.objects.filter(chat=chat, client_key__startswith=f"{system}:")
    return {row.client_key or "": row for row in rows.only(*_OF_PARENT)}


_OF_PARENT = ("client_key", "thread", "state", "text")
"""What is asked of a message that others may answer."""


def _stored(
    chat: Chat, system: str, new: Sequence[Said], known: dict[str, Message]
) -> list[Message]:
    made = [_message(chat, system, said) for said in new]
    Message.objects.bulk_create(made)
    known.update({message.client_key or "": message for message in made})
    for message, said in zip(made, new, strict=True):
        parent = known.get(f"{system}:{said.answers}"[:64]) if said.answers else None
        if parent is not None:
            message.answers = parent
            message.thread_id = parent.thread_id or parent.pk
            message.quote = quoted(parent.text) if parent.is_readable else ""
    Message.objects.bulk_update(made, ["answers", "thread", "quote"])
    return made


def _message(chat: Chat, system: str, said: Said) -> Message:
    text = "" if said.standing is Standing.DELETED else said.text
    at = said.at or chat.opened_at
    return Message(
        chat=chat,
        key=new_key(),
        client_key=_name(system, said),
        signed="" if said.standing is Standing.DELETED else said.author[:80],
        text=text,
        html=html_of(text),
        fingerprint=fingerprint(text),
        state=_STATES[said.standing],
        posted_at=min(at, clock.now()),
        edited_at=said.edited_at,
        is_featured=said.is_featured and said.standing is Standing.SHOWN,
        as_guest=said.is_guest,
    )


def _shown(chat: Chat, made: Sequence[Message]) -> None:
    """Give messages that readers see their places, and count them."""
    seen = [one for one in made if one.state in {MessageState.PUBLISHED, MessageState.DELETED}]
    places = record_all(list(_entries(chat, seen)))
    for message, place in zip(seen, places, strict=True):
        message.shown_as = place
    Message.objects.bulk_update(seen, ["shown_as"])
    out = [one for one in seen if one.is_readable]
    if not out:
        return
    Chat.objects.filter(pk=chat.pk).update(
        messages_shown=F("messages_shown") + len(out), last=out[-1], last_shown=out[-1].shown_as
    )
    for message in out:
        if message.thread_id:
            root = Message.objects.filter(pk=message.thread_id)
            root.update(replies_shown=F("replies_shown") + 1)


def _entries(chat: Chat, seen: Sequence[Message]) -> Iterator[MessageTaken]:
    for message in seen:
        yield MessageTaken(
            edition=chat.edition.code,
            chat=chat.pk,
            story=chat.story_id,
            message=message.pk,
            key=message.key,
            thread=message.thread_id,
        )
