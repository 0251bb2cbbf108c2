"""Who is told of a message: whom it answers, whom it names."""

from dateline.chats.enums import NoticeKind
from dateline.chats.models import Message, Notice
from dateline.chats.queries import readers_by_slug
from dateline.chats.talk import mentions_in


def notify(message: Message, text: str) -> None:
    """Tell the author of what a message answers, and the readers it names, each once.

    Who does not want to hear of the one or the other is not told.
    """
    told: dict[int, NoticeKind] = {
        reader.pk: NoticeKind.MENTION
        for reader in readers_by_slug(mentions_in(text))
        if reader.tells_mentions
    }
    answers = message.answers
    if answers is not None and answers.author is not None and answers.author.tells_replies:
        told[answers.author.pk] = NoticeKind.REPLY
    told.pop(message.author_id or 0, None)
    rows = [
        Notice(reader_id=reader, message=message, kind=kind, at=message.posted_at)
        for reader, kind in told.items()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
