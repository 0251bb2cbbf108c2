"""What somebody was sent, line by line: by which way, what became of it, and why."""

from collections.abc import Sequence

from dateline.common import clock
from dateline.reader.letters.contexts import ReasonContext, reason_context
from dateline.reader.letters.subjects import named
from dateline.reader.subscribe.contexts import SentContext
from dateline.stories.queries import visible
from dateline.subscriptions.enums import ABOUT_STORIES, Thing
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.queries import taken_back
from dateline.subscriptions.reasons import because_you_follow

PER_PAGE = 20
_HAVE_TITLES = {*ABOUT_STORIES, Thing.ALERT, Thing.DIGEST, Thing.NEWSLETTER}


def sent_lines(rows: Sequence[Delivery]) -> tuple[SentContext, ...]:
    """Return what was sent; of what was withdrawn, and may not be seen now, without its words."""
    stories = {row.sending.story for row in rows if row.sending.story}
    seen = set(visible(clock.now()).filter(pk__in=stories).values_list("pk", flat=True))
    gone = taken_back(row.sending for row in rows)
    reasons = {(row.because, row.sending.edition) for row in rows if row.because}
    told = {
        reason: reason_context(because_you_follow(found.kind, found.label))
        for reason in reasons
        if (found := named(*reason))
    }
    return tuple(
        _one_sent(
            row,
            is_seen=row.sending_id not in gone and row.sending.story in {None, *seen},
            because=told.get((row.because, row.sending.edition)),
        )
        for row in rows
    )


def _one_sent(row: Delivery, *, is_seen: bool, because: ReasonContext | None) -> SentContext:
    title = row.sending.title if is_seen and row.sending.thing in _HAVE_TITLES else ""
    return SentContext(
        title=title or str(row.sending.get_thing_display()),
        at=row.planned_at,
        channel=str(row.get_channel_display()),
        state=str(row.get_state_display()),
        why=row.why,
        because=because,
    )
