"""What chats are given, on their pages and wherever they stand in others; see `contexts`."""

from datetime import datetime
from typing import ClassVar

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    NO_HTML,
    LinkContext,
    PageContext,
    context,
    says,
)


@context
class SpeakerContext:
    """Who says something. Partial: `_chat_face.html`."""

    name: str = says("The name as the reader chose it.")
    slug: str = says("What others mention them by; empty for somebody who is gone.", default="")
    initials: str = says("One or two letters of the name, shown where there is no picture.")
    hue: int = says("Which of the twelve colours stands behind the letters, from 0.", default=0)
    picture_url: str = says("Address of the reader's own picture; may be empty.", default="")
    is_staff: bool = says("Whether they speak for the newsroom.", default=False)


@context
class ReactionContext:
    """One kind of reaction to a message."""

    kind: str = says("Its name in forms.")
    label: str = says("Its name in the reader's language.")
    count: int = says("How many readers say so.", default=0)


@context
class QuotedContext:
    """The message that another answers, as it was quoted."""

    key: str = says("Its key.")
    url: str = says("Its permanent address.")
    name: str = says("Who said it; may be empty.", default="")
    words: str = says("Its first words; empty where readers do not see it any more.", default="")
    is_changed: bool = says("Whether its author changed it after it was quoted.", default=False)


@context
class MessageContext:
    """One line of a chat. Partial: `_chat_message.html`, which the stream pushes too."""

    number: int = says("Its place in the chat.")
    message_id: int = says("Its number among all messages.")
    chat_id: int = says("Number of the chat.")
    key: str = says("Its key, which names it in addresses for ever.")
    url: str = says("Its permanent address, a path.")
    state: str = says("published, removed or deleted.")
    author: SpeakerContext | None = says(
        "Who said it; None for somebody who is gone.", default=None
    )
    html: SafeString = says("What was said, sanitised html.", default=NO_HTML)
    posted_at: datetime = says("When it was said, aware.")
    edited_at: datetime | None = says("When its author changed it.", default=None)
    answers: QuotedContext | None = says("What it answers.", default=None)
    paragraph: str = says("First words of the paragraph it is about; may be empty.", default="")
    paragraph_url: str = says("Where that paragraph stands.", default="")
    is_paragraph_changed: bool = says("Whether that was corrected since.", default=False)
    reactions: tuple[ReactionContext, ...] = says("Those that were given, most first.", default=())
    replies: int = says("How many answers it began.", default=0)
    thread_url: str = says("Page of the talk it began, or belongs to.", default="")
    is_featured: bool = says("Whether the newsroom set it before others.", default=False)
    is_guest: bool = says("Whether its author answers questions there as a guest.", default=False)


@context
class ChatStateContext:
    """Whether and how a chat takes messages. Partial: `_chat_state.html`."""

    mode: str = says("open, slow, premoderated, questions or read-only.")
    is_open: bool = says("Whether anybody may post.")
    closes_at: datetime | None = says("When it will close by itself.", default=None)
    closed_at: datetime | None = says("When it was closed.", default=None)
    slow_seconds: int = says("In slow mode: seconds between two messages of a reader.", default=0)
    guests: tuple[str, ...] = says("Who answers, where the mode is questions.", default=())
    guest_slugs: str = says("Their slugs with spaces between, for scripts.", default="")
    rests_from: str = says("Outside its hours: when they begin, HH:MM; else empty.", default="")
    rests_to: str = says("Outside its hours: when they end, HH:MM; else empty.", default="")


@context
class ChatContext:
    """A chat wherever it stands. Partial: `_chat.html`."""

    number: int = says("Its number; its channel is `chat:` and this.")
    after: int = says("Journal number the page was read at; the stream replays after it.")
    title: LinkContext = says("What it is about: the story or section.")
    url: str = says("Its own page.")
    state: ChatStateContext = says("Whether and how it takes messages.")
    messages: tuple[MessageContext, ...] = says("In the order shown.", default=())
    root: MessageContext | None = says("The message a thread began with.", default=None)
    about_url: str = says("The paragraph whose talk this is; empty for all.", default="")
    messages_shown: int = says("How many messages readers see in all.", default=0)
    sorts: tuple[LinkContext, ...] = says("The orders to choose from.", default=())
    chosen: str = says("Which of them: replied, featured; empty for all.", default="")
    is_newest: bool = says("Whether its last message is the chat's last.", default=True)
    earlier_url: str = says("The page before; empty at the beginning.", default="")
    later_url: str = says("The page after; empty at the end.", default="")
    correction: SafeString = says(
        "The newest correction of its story, inline html.", default=NO_HTML
    )
    corrected_at: datetime | None = says("When that was.", default=None)
    login_url: str = says("Where to log in.")
    kinds: tuple[ReactionContext, ...] = says("The six reactions.", default=())
    most_letters: int = says("Longest message that is taken.", default=2000)


@context
class ChatPageContext:
    """A chat on its own page."""

    template: ClassVar[str] = "reader/chat.html"
    page: PageContext = says("Shared furniture.")
    chat: ChatContext = says("The chat.")


@context
class ChatLineContext:
    """A chat in the list of those going on. Partial: `_chat_line.html`."""

    number: int = says("Number of the chat.")
    url: str = says("Its page.")
    title: str = says("What it is about.")
    messages_shown: int = says("How many messages readers see.")
    newest: int = says("Place of its last message.")
    name: str = says("Who spoke last; may be empty.", default="")
    words: str = says("The last words, cut.", default="")
    said_at: datetime | None = says("When that was.", default=None)
    is_open: bool = says("Whether it takes messages.", default=True)


@context
class ChatsPageContext:
    """The chats going on in an edition, the latest word first."""

    template: ClassVar[str] = "reader/chats.html"
    page: PageContext = says("Shared furniture.")
    chats: tuple[ChatLineContext, ...] = says("The latest word first.", default=())


@context
class StoryChatContext:
    """The chat at the end of its story. Partial: `_story_chat.html`."""

    number: int = says("Number of the chat.")
    url: str = says("Its page.")
    is_open: bool = says("Whether it takes messages.", default=True)


@context
class ToldContext:
    """What a reader has to know of a moderator's decision. Partial: `_chat_told.html`."""

    sentence: str = says("What was decided, and until when.")
    ground: str = says("Because of what; may be empty.", default="")
    statement: str = says("What the moderators write; may be empty.", default="")
    words: str = says("The beginning of the message it is about; may be empty.", default="")
    url: str = says("Page of the reasons, where the reader can appeal.")
    key: str = says("Its key, where it stands until it is read; empty where it stands.", default="")


@context
class SayContext:
    """A message on its way, on a page of one reader: it is posted from here, or after a login."""

    template: ClassVar[str] = "reader/chat_say.html"
    page: PageContext = says("Shared furniture.")
    chat: ChatContext = says("The chat, without messages.")
    text: str = says("What was typed so far.", default="")
    answers: MessageContext | None = says("What it answers.", default=None)
    client_key: str = says("The page's own name for the message, so that it is posted once.")
    block: str = says("The paragraph it is about.", default="")
    version: int = says("Version of the story that paragraph is of.", default=0)
    block_quote: str = says("First words of that paragraph.", default="")
    token: str = says("Token of the form; empty when nobody is logged in.", default="")
    told: tuple[ToldContext, ...] = says("What moderators decided about this reader.", default=())
    trouble: str = says("Why it was not posted; may be empty.", default="")
    notice: str = says("What became of it, such as held; may be empty.", default="")
    own_url: str = says("Where its author sees it while it waits; may be empty.", default="")


@context
class MessageDeedsContext:
    """What one reader can do with a message, each as a form."""

    template: ClassVar[str] = "reader/chat_deeds.html"
    page: PageContext = says("Shared furniture.")
    message: MessageContext = says("The message.")
    kinds: tuple[ReactionContext, ...] = says("All six reactions.")
    given: tuple[str, ...] = says("Those this reader gave.", default=())
    text: str = says("Its words as they were typed, for its author alone.", default="")
    is_own: bool = says("Whether this reader wrote it.", default=False)
    may_edit: bool = says("Whether it can still be changed.", default=False)
    edit_until: datetime | None = says("Until when.", default=None)
    login_url: str = says("Where to log in and come back; empty when logged in.", default="")
    token: str = says("Token of the forms.", default="")
    quotation: str = says("For the desk alone: the words with who, where and when.", default="")
    reasons: tuple[LinkContext, ...] = says("Why a message can be reported.", default=())
    trouble: str = says("Why something was not done; may be empty.", default="")
    notice: str = says("What was done; may be empty.", default="")
