"""What the pages of one reader's own chats show."""

from datetime import datetime
from typing import ClassVar

from dateline.reader.chat_contexts import ChatLineContext, SpeakerContext
from dateline.reader.contexts import LinkContext, PageContext, context, says


@context
class NoticeContext:
    """Something a reader is told of. Partial: `_chat_notice.html`."""

    kind: str = says("reply, mention or correction.")
    author: SpeakerContext | None = says("Who said it; None for somebody who is gone.")
    chat: LinkContext = says("The chat where it was said.")
    url: str = says("Leads to the message, and notes that it was seen.")
    words: str = says("The first words of the message.")
    at: datetime = says("When it was said.")
    is_new: bool = says("Whether the reader has not seen it.", default=False)


@context
class NoticesContext:
    """Replies and mentions of one reader, the newest first."""

    template: ClassVar[str] = "reader/chat_notices.html"
    page: PageContext = says("Shared furniture.")
    notices: tuple[NoticeContext, ...] = says("The newest first.", default=())
    chats: tuple[ChatLineContext, ...] = says("What the reader follows.", default=())
    unseen: int = says("How many the reader has not seen, in all.", default=0)
    older_url: str = says("The page after; empty at the end.", default="")
    token: str = says("Token of the form.", default="")


@context
class FollowContext:
    """Following a chat, on a page of one reader."""

    template: ClassVar[str] = "reader/chat_follow.html"
    page: PageContext = says("Shared furniture.")
    chat: LinkContext = says("The chat.")
    number: int = says("Its number.")
    is_own: bool = says("Whether the reader follows it or takes part in it.")
    token: str = says("Token of the form.")
