"""Letters about what was said to a reader in a chat."""

from django.conf import settings
from django.utils.translation import gettext as _

from dateline.chats.enums import NoticeKind
from dateline.chats.models import Notice
from dateline.chats.own_queries import notices_to_mail
from dateline.chats.rules import quoted
from dateline.common import clock
from dateline.reader.letters.contexts import LetterContext, LetterStoryContext
from dateline.reader.letters.single import letter
from dateline.reader.links import message_path
from dateline.subscriptions.models import Sending
from dateline.subscriptions.rules import REPLIES_EVERY, subject_of


def replies_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about replies of one hour; None once they are seen or gone."""
    subject = subject_of(sending.subjects[0])
    rows = notices_to_mail(
        subject.number or 0 if subject else 0,
        sending.thing_number or 0,
        after=sending.due_at - REPLIES_EVERY,
        until=sending.due_at,
        now=clock.now(),
    )
    if not rows:
        return None
    said = tuple(map(_line, rows))
    title = said[0].headline if len(said) == 1 else _("Replies and mentions")
    return letter(
        sending,
        subject=f"{title}: {sending.title}",
        heading=title,
        lines=(sending.title,),
        preview=said[0].standfirst,
        stories=said,
    )


def _line(notice: Notice) -> LetterStoryContext:
    message = notice.message
    name = message.author.display_name if message.author else _("Somebody")
    words = _("%(name)s answers you")
    if notice.kind == NoticeKind.MENTION:
        words = _("%(name)s mentions you")
    return LetterStoryContext(
        headline=words % {"name": name},
        url=f"{settings.DATELINE.base_url}{message_path(message.key)}",
        standfirst=quoted(message.text),
        published_at=notice.at,
    )
