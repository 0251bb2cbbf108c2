"""What the moderation is told of a message and of who wrote it, and what it says."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dateline.chats.enums import MessageState, Mode
from dateline.chats.models import Chat, Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_house import house, refuse_shut_out, sanctions_of
from dateline.chats.moderation_queries import banned_neighbours
from dateline.common import clock
from dateline.moderation import Draft, Facts, Kind, Said, Verdict, fingerprint, judge
from dateline.readers.models import Reader

__all__ = ["fingerprint", "judged", "refuse_shut_out", "sentence_of"]
_LOOKED_AT = 200
_DAY = timedelta(days=1)


def judged(*, by: Reader, chat: Chat, text: str, is_edit: bool = False) -> Verdict:
    """Return what becomes of a text, and everything that was found in it.

    What a spammer says whom a moderator shows to nobody else is held, whatever is found.
    """
    now = clock.now()
    draft = Draft(text, language=chat.edition.language, is_edit=is_edit)
    verdict = judge(draft, facts_of(by, chat, text, now), house())
    if verdict.kind is Kind.ACCEPT and Deed.SHADOW in sanctions_of(by, now):
        return replace(verdict, kind=Kind.HOLD, phase="author", reason=Deed.SHADOW.value)
    return verdict


def facts_of(by: Reader, chat: Chat, text: str, now: datetime) -> Facts:
    """Return what is known of an author and a chat: some short index walks."""
    own = Message.objects.filter(author=by).order_by("-posted_at")
    rows = list(own.values_list("fingerprint", "posted_at", "state", "why")[:_LOOKED_AT])
    same = Message.objects.filter(fingerprint=fingerprint(text), posted_at__gt=now - _DAY)
    return Facts(
        recent=tuple(
            Said(said, now - at)
            for said, at, state, _why in rows
            if now - at < _DAY and state != MessageState.REJECTED
        ),
        same_by_others=len(same.exclude(author=by).values_list("pk")[:10]) if text else 0,
        accepted=sum(state == MessageState.PUBLISHED for _said, _at, state, _why in rows),
        rejected=sum(_is_refused(state, why) for _said, _at, state, why in rows),
        account_age=now - by.created_at,
        banned_neighbours=banned_neighbours(by, now),
        is_pre_moderated=chat.mode == Mode.PREMODERATED,
        is_staff=by.account.is_staff,
    )


def _is_refused(state: str, why: str) -> bool:
    """Say whether a moderator refused a message; what a rule sent back is no mark on anybody."""
    was_said = state in {MessageState.REJECTED, MessageState.REMOVED}
    return was_said and why in Ground.values


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
