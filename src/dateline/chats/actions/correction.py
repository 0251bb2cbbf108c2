"""What a new version of a story means for what was said about its paragraphs."""

from collections.abc import Iterator

from django.db import transaction

from dateline.chats.actions import tell
from dateline.chats.entries import ParagraphCorrected
from dateline.chats.enums import MessageState, NoticeKind
from dateline.chats.models import Message, Notice
from dateline.common import clock
from dateline.journal.turn import take_turn
from dateline.people.models import Account
from dateline.stories.paragraphs import paragraphs_now, paragraphs_of


@transaction.atomic
def mark_corrected(*, by: Account | None, story: int) -> None:
    """Mark the messages whose paragraph reads otherwise now, and tell those who wrote them.

    Records: ParagraphCorrected for each of them that readers see.
    """
    take_turn()
    now = clock.now()
    for message in _outdated(story):
        message.block_changed_at = now
        message.save(update_fields=["block_changed_at"])
        if message.state != MessageState.PUBLISHED:
            continue
        tell.tell_message(message, ParagraphCorrected)
        if message.author is not None:
            Notice.objects.get_or_create(
                reader=message.author,
                message=message,
                kind=NoticeKind.CORRECTION,
                defaults={"at": now},
            )


def _outdated(story: int) -> Iterator[Message]:
    found = Message.objects.filter(chat__story=story, block_changed_at__isnull=True)
    rows = list(found.exclude(block="").select_related("chat__edition", "author").order_by("pk"))
    now = paragraphs_now(story) if rows else {}
    versions: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.version not in versions:
            versions[row.version] = paragraphs_of(story, row.version)
        if versions[row.version].get(row.block) != now.get(row.block):
            yield row
