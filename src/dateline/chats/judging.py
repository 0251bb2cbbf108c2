"""What the moderation is told of a message and of who wrote it, and what it says."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dateline.chats.enums import MessageState, Mode
from dateline.chats.models import Chat, Message
from dateline.chats.rules import MOST_LETTERS
from dateline.common import clock
from dateline.moderation import Draft, Facts, House, Said, Verdict, fingerprint, judge
from dateline.readers.models import Reader

__all__ = ["fingerprint", "judged", "refuse_shut_out", "sentence_of"]
_LOOKED_AT = 200
_DAY = timedelta(days=1)


def judged(*, by: Reader, chat: Chat, text: str, is_edit: bool = False) -> Verdict:
    """Return what becomes of a text, and everything that was found in it."""
    draft = Draft(text, language=chat.edition.language, is_edit=is_edit)
    return judge(draft, facts_of(by, chat, text, clock.now()), house())


def house() -> House:
    """Return the newsroom's rules."""
    return House(most_letters=MOST_LETTERS)


def facts_of(by: Reader, chat: Chat, text: str, now: datetime) -> Facts:
    """Return what is known of an author and a chat: two short index walks."""
    own = Message.objects.filter(author=by).order_by("-posted_at")
    rows = list(own.values_list("fingerprint", "posted_at", "state")[:_LOOKED_AT])
    same = Message.objects.filter(fingerprint=fingerprint(text), posted_at__gt=now - _DAY)
    return Facts(
        recent=tuple(Said(print_, now - at) for print_, at, _state in rows if now - at < _DAY),
        same_by_others=len(same.exclude(author=by).values_list("pk")[:10]) if text else 0,
        accepted=sum(state == MessageState.PUBLISHED for _p, _at, state in rows),
        rejected=sum(
            state in {MessageState.REJECTED, MessageState.REMOVED} for _p, _at, state in rows
        ),
        account_age=now - by.created_at,
        is_pre_moderated=chat.mode == Mode.PREMODERATED,
        is_staff=by.account.is_staff,
    )


def refuse_shut_out(by: Reader, chat: Chat, now: datetime) -> None:
    """Refuse a reader whom a moderator keeps from speaking."""


def sentence_of(reason: str) -> str:
    """Say to its author why a message was refused; what was found in it is for moderators."""
    return _SENTENCES.get(reason, lambda: _("it is against the rules of this chat."))()


_SENTENCES = {
    "empty": lambda: _("it has no words."),
    "too-long": lambda: _("it is too long."),
    "too-fast": lambda: _("you wrote too many messages in a short time."),
    "said-already": lambda: _("you said the same a moment ago."),
    "too-many-links": lambda: _("it has too many links."),
}
