"""What the page of a search in one chat shows."""

from datetime import datetime
from typing import ClassVar

from dateline.reader.chat_contexts import SpeakerContext
from dateline.reader.contexts import LinkContext, PageContext, context, says


@context
class PieceContext:
    """A piece of an extract."""

    text: str = says("Its letters, as they were typed.")
    is_found: bool = says("Whether it is what was looked for.", default=False)


@context
class FoundMessageContext:
    """A message that was found. Partial: `_chat_found.html`."""

    author: SpeakerContext | None = says("Who said it; None for somebody who is gone.")
    url: str = says("Its permanent address.")
    posted_at: datetime = says("When it was said.")
    pieces: tuple[PieceContext, ...] = says("Its words around those that were looked for.")


@context
class ChatSearchContext:
    """A search in one chat."""

    template: ClassVar[str] = "reader/chat_search.html"
    page: PageContext = says("Shared furniture.")
    chat: LinkContext = says("The chat.")
    number: int = says("Its number.")
    words: str = says("What is looked for; empty where nothing was asked.", default="")
    found: tuple[FoundMessageContext, ...] = says("The newest first.", default=())
    older_url: str = says("The page after; empty at the end.", default="")
