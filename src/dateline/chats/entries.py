"""What can happen in a chat, as the journal tells it.

The page with the newest messages touches `chat:{id}`; pages further back touch each `message:{id}`
they show, so that a new message drops one page of the chat, however long it is. What a chat says of
itself (open, closed, its mode) touches `chat:{id}:state`, which its story's page shows too.
"""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEntry(Entry):
    """What every entry about a chat carries. `story` is None where it is a section's."""

    chat: int
    story: int | None = None

    @property
    def subject(self) -> str:
        return f"story:{self.story}/chat" if self.story else f"chat:{self.chat}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"chat:{self.chat}", f"chats:{self.edition}")

    @property
    def channels(self) -> tuple[str, ...]:
        return (f"chat:{self.chat}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEntry(ChatEntry):
    """What every entry about a message that readers see, or saw, carries: its number and key.

    `thread` is the number of the message that began the talk: it shows how many answers there are.
    """

    message: int
    key: str
    thread: int | None = None

    @property
    def subject(self) -> str:
        whole = f"story:{self.story}/chat" if self.story else f"chat:{self.chat}"
        return f"{whole}/message:{self.message}"

    @property
    def keys(self) -> tuple[str, ...]:
        touched = (f"chat:{self.chat}", f"chats:{self.edition}", f"message:{self.message}")
        return (*touched, f"message:{self.thread}") if self.thread else touched


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown(MessageEntry):
    """A message that readers see from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(MessageShown):
    """A reader has said something, and readers see it."""

    kind: ClassVar[str] = "message-posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTaken(MessageShown):
    """A message said on another system was taken in; nobody who has a page open is told of it."""

    kind: ClassVar[str] = "message-taken"

    @property
    def channels(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageApproved(MessageShown):
    """A message that was held, or had been taken away, is shown."""

    kind: ClassVar[str] = "message-approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(MessageEntry):
    """The words of a message that readers see are others now.

    By its author, or since somebody whom it mentioned has left.
    """

    kind: ClassVar[str] = "message-edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRemoved(MessageEntry):
    """The words of a message are gone from readers' pages: by its author or a moderator."""

    kind: ClassVar[str] = "message-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFeatured(MessageEntry):
    """A moderator has featured a message, or does so no more."""

    kind: ClassVar[str] = "message-featured"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphCorrected(MessageEntry):
    """The paragraph that a message is about reads otherwise than when the message was written."""

    kind: ClassVar[str] = "paragraph-corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsChanged(MessageEntry):
    """Readers react to a message otherwise than before."""

    kind: ClassVar[str] = "reactions-changed"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"chat:{self.chat}", f"message:{self.message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKept(MessageEntry):
    """A message whose words readers do not see; `why` is the word of the phase that found it.

    Shape: `by_rule` where the judgement of its words decided so, and not a moderator.
    """

    audience: ClassVar[Audience] = Audience.STAFF

    why: str = ""
    by_rule: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return ("chats-desk",)

    @property
    def channels(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeld(MessageKept):
    """A message waits for a moderator; readers must not learn of it. `why` is the phase's word."""

    kind: ClassVar[str] = "message-held"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRejected(MessageKept):
    """A message that readers never saw was refused, by a rule or by a moderator."""

    kind: ClassVar[str] = "message-rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatStateEntry(ChatEntry):
    """A chat as a whole. `section` is None where it is a story's."""

    section: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        about = f"story:{self.story}" if self.story else f"section:{self.section}"
        whole = (f"chat:{self.chat}", f"chat:{self.chat}:state", f"chats:{self.edition}")
        return (*whole, f"{about}:chat")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOpened(ChatStateEntry):
    """A chat takes messages: it is new, or goes on."""

    kind: ClassVar[str] = "chat-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatClosed(ChatStateEntry):
    """A chat takes no messages any more; what was said stays, unless its story is gone."""

    kind: ClassVar[str] = "chat-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatModeChanged(ChatStateEntry):
    """A chat takes messages in another way."""

    kind: ClassVar[str] = "chat-mode-changed"
