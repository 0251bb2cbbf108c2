"""What the moderation is told of a message and of who wrote it, and what it says."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dateline.chats.enums import MessageState, Mode
from dateline.chats.models import Chat, Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_house import house, place_of, refuse_too_soon, sanctions_of
from dateline.chats.moderation_queries import banned_neighbours
from dateline.common import clock
from dateline.common.prepared import Prepared
from dateline.moderation import Draft, Facts, Kind, Said, Verdict, fingerprint, judge
from dateline.readers.models import Reader

__all__ = ["fingerprint", "judged", "refuse_too_soon", "sentence_of"]
_LOOKED_AT = 200
_DAY = timedelta(days=1)


def judged(
    *, by: Reader, chat: Chat, text: str, address: str = "", is_edit: bool = False
) -> Verdict:
    """Return what becomes of a text, and everything that was found in it.

    Of the `address` it comes from is asked whether banned accounts came from there lately.
    What a spammer says whom a moderator shows to nobody else is held, whatever is found.
    """
    now = clock.now()
    draft = Draft(text, language=chat.edition.language, is_edit=is_edit)
    verdict = judge(draft, facts_of(by, chat, text, now, place_of(address)), house())
    if verdict.kind is Kind.ACCEPT and Deed.SHADOW in sanctions_of(by, now):
        return replace(verdict, kind=Kind.HOLD, phase="author", reason=Deed.SHADOW.value)
    return verdict


def facts_of(by: Reader, chat: Chat, text: str, now: datetime, place: str = "") -> Facts:
    """Return what is known of an author and a chat: some short index walks."""
    rows = _OWN.rows(author=by.pk)
    same = _SAME.rows(said=fingerprint(text), since=now - _DAY, author=by.pk) if text else []
    return Facts(
        recent=tuple(
            Said(row.fingerprint, now - row.posted_at)
            for row in rows
            if now - row.posted_at < _DAY and row.state != MessageState.REJECTED
        ),
        same_by_others=len(same),
        accepted=sum(row.state == MessageState.PUBLISHED for row in rows),
        rejected=sum(_is_refused(row.state, row.why) for row in rows),
        account_age=now - by.created_at,
        banned_neighbours=banned_neighbours(by, now, place=place),
        is_pre_moderated=chat.mode == Mode.PREMODERATED,
        is_staff=by.account.is_staff,
    )


_OWN = Prepared(
    lambda author: (
        Message.objects.filter(author=author)
        .order_by("-posted_at")
        .only("fingerprint", "posted_at", "state", "why")[:_LOOKED_AT]
    ),
    author=int,
)
_SAME = Prepared(
    lambda said, since, author: (
        Message.objects.filter(fingerprint=said, posted_at__gt=since)
        .exclude(author=author)
        .only("pk")[:10]
    ),
    said=str,
    since=datetime,
    author=int,
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
