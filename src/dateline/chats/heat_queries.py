"""Which chats heat up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q

from dateline.chats.models import Chat, Message
from dateline.chats.moderation_models import Report
from dateline.chats.moderation_rules import HOT_WITHIN, is_hot

_GOOD_FOR = timedelta(seconds=10)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heat:
    """A chat that heats up, with what was counted in the last ten minutes."""

    chat: Chat
    messages: int
    reports: int


def hot_chats(now: datetime, *, limit: int = 5) -> list[Heat]:
    """Return the chats that heat up now, the hottest first; three short index walks."""
    lately, earlier = now - HOT_WITHIN, now - 2 * HOT_WITHIN
    said = Message.objects.filter(posted_at__gt=earlier)
    counts = said.values("chat").annotate(
        now_said=Count("pk", filter=Q(posted_at__gt=lately)),
        before_said=Count("pk", filter=Q(posted_at__lte=lately)),
    )
    reported = Report.objects.filter(at__gt=lately).values("message__chat")
    reports = dict(reported.annotate(n=Count("pk")).values_list("message__chat", "n").order_by())
    by_chat = {row["chat"]: (row["now_said"], row["before_said"]) for row in counts.order_by()}
    hot = {
        chat: (by_chat.get(chat, (0, 0))[0], reports.get(chat, 0))
        for chat in {*by_chat, *reports}
        if is_hot(
            messages=by_chat.get(chat, (0, 0))[0],
            before=by_chat.get(chat, (0, 0))[1],
            reports=reports.get(chat, 0),
        )
    }
    chats = Chat.objects.filter(pk__in=hot).select_related("story", "section", "edition")
    found = [Heat(chat, *hot[chat.pk]) for chat in chats.defer("story__body")]
    return sorted(found, key=lambda heat: (-heat.reports, -heat.messages))[:limit]


@dataclass
class _Known:
    """What a process has asked, and when."""

    hot: list[Heat]
    at: datetime = _NEVER


_known = _Known([])


def hot_lately(now: datetime) -> list[Heat]:
    """Return the chats that heat up, as they did at most ten seconds ago.

    The menu asks it on every screen of a moderator, a queue again on the same one; what an open
    queue is told of asks for itself.
    """
    if not timedelta(0) <= now - _known.at < _GOOD_FOR:
        _known.hot, _known.at = hot_chats(now), now
    return _known.hot


def forget_heat() -> None:
    """Have it be asked anew."""
    _known.at = _NEVER
