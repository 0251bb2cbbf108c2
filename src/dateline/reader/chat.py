"""A chat's own page, and the list of chats going on: which messages, in which order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dateline.chats.enums import Sort
from dateline.chats.models import Chat, Message
from dateline.chats.queries import (
    Slice,
    block_messages,
    chat_of_section,
    chat_of_story,
    chat_row,
    chosen_messages,
    going_on,
    has_chat,
    message_by_key,
    messages_from,
    newest_messages,
    thread_messages,
)
from dateline.chats.rules import MOST_LETTERS
from dateline.common.html import NOTHING, Markup, for_readers
from dateline.common.numbers import whole_number
from dateline.press.touch import touch
from dateline.reader.chat_contexts import (
    ChatContext,
    ChatPageContext,
    ChatsPageContext,
    StoryChatContext,
)
from dateline.reader.contexts import CrumbContext, LinkContext
from dateline.reader.links import about_path, chat_path
from dateline.reader.lists import section_crumbs
from dateline.reader.present.chats import (
    chat_title,
    chat_url,
    every_reaction,
    line_context,
    message_context,
    message_contexts,
    state_context,
)
from dateline.reader.present.furniture import home_crumb, page_of, put_in_place
from dateline.reader.scopes import Moved
from dateline.reader.visit import Visit
from dateline.stories.models import Story
from dateline.stories.rules import number_in_path
from dateline.topics.models import Section

PER_PAGE = 40
LINES = 40
_CHOSEN = {Sort.REPLIED.value, Sort.FEATURED.value}
ARGUMENTS = ("before", "after", "order", "past", "thread", "about")


def story_chat(visit: Visit, story: Story) -> StoryChatContext | None:
    """Return the chat at the end of a story; the story's page does not change with what is said."""
    touch(f"story:{story.pk}:chat")
    chat = chat_row(story.pk)
    if chat is None:
        return None
    state = state_context(chat, visit.now)
    return StoryChatContext(number=chat.pk, url=chat_path(story.address), is_open=state.is_open)


def section_chat(section: Section, address: str) -> str:
    """Return where the chat of the section at an address stands; empty where it has none."""
    touch(f"section:{section.pk}:chat")
    return chat_path(address) if has_chat(section.pk) else ""


def chats_page(visit: Visit) -> ChatsPageContext:
    """Return the chats going on in an edition."""
    touch(f"chats:{visit.furniture.edition.code}")
    chats = going_on(visit.furniture.edition, visit.now, limit=LINES)
    for chat in chats:
        if chat.story:
            put_in_place(chat.story)
    page = page_of(
        visit.furniture, path=visit.path, title=_("Chats"), journal=visit.journal, now=visit.now
    )
    return ChatsPageContext(
        page=replace(
            page,
            description=_("What readers are talking about now."),
            crumbs=(home_crumb(visit.furniture), CrumbContext(label=_("Chats"))),
        ),
        chats=tuple(line_context(chat, visit.now) for chat in chats),
    )


def chat_page(visit: Visit, place: str) -> ChatPageContext | Moved | None:
    """Return the page of a chat by what stands before `/chat/`; None where there is none.

    An address has one spelling: what means nothing there is led to what does.
    """
    chat = _chat_at(visit, place)
    if chat is None:
        return None
    url = chat_url(chat)
    asked = {name: value for name, value in parse_qsl(visit.query) if name in ARGUMENTS}
    meant = _meant(chat, asked)
    if (url, asked) != (visit.path, meant):
        return Moved(f"{url}?{urlencode(meant)}" if meant else url)
    return _page(visit, chat, chat_context(visit, chat, meant), meant)


def _chat_at(visit: Visit, place: str) -> Chat | None:
    number = number_in_path(place)
    if number is None:
        section = visit.furniture.section_at(place)
        touch(f"chats:{visit.furniture.edition.code}")
        return chat_of_section(section) if section else None
    touch(f"story:{number}", f"story:{number}:chat")
    chat = chat_of_story(number, visit.now)
    if chat is not None and chat.story:
        put_in_place(chat.story)
    return chat


def _meant(chat: Chat, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what of the arguments means something, in the order an address has them."""
    if "thread" in asked:
        root = message_by_key(asked["thread"])
        after = {"after": asked["after"]} if whole_number(asked.get("after", "")) else {}
        return {**after, "thread": asked["thread"]} if _begins_here(root, chat) else {}
    if "about" in asked and chat.story:
        after = {"after": asked["after"]} if whole_number(asked.get("after", "")) else {}
        return {**after, "about": asked["about"]}
    order = asked.get("order", "")
    if order in {Sort.REPLIED, Sort.FEATURED}:
        past = {"past": asked["past"]} if _past(asked) else {}
        return {"order": order, **past}
    for name in ("before", "after"):
        if whole_number(asked.get(name, "")):
            return {name: asked[name]}
    return {"order": order} if order == Sort.OLDEST else {}


def _past(asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Return after which message a page of chosen ones begins: its replies and its place."""
    replies, _hyphen, place = asked.get("past", "").partition("-")
    numbers = whole_number(replies), whole_number(place)
    return None if None in numbers else numbers  # type: ignore[return-value]


def _begins_here(root: Message | None, chat: Chat) -> bool:
    """Say whether a message is one of a chat that readers see and that answers none."""
    if root is None or root.chat_id != chat.pk or root.thread_id is not None:
        return False
    return root.shown_as is not None


def chat_context(visit: Visit, chat: Chat, meant: Mapping[str, str]) -> ChatContext:
    """Return a chat with the messages that an address asks for."""
    url = chat_url(chat)
    root = message_by_key(meant["thread"]) if "thread" in meant else None
    found = _slice(chat, meant, root)
    chosen = meant.get("order", "") if meant.get("order") in _CHOSEN else ""
    is_part = bool(meant.keys() & {"thread", "about"})
    if not found.has_later:
        touch(f"chat:{chat.pk}")
    context = bare_chat(visit, chat)
    return replace(
        context,
        messages=message_contexts(found.messages, url),
        root=message_context(root, url) if root else None,
        about_url=f"{about_path(url)}#b-{meant['about']}" if "about" in meant else "",
        sorts=_sorts(url, meant),
        chosen=chosen,
        is_newest=not (found.has_later or chosen or is_part),
        earlier_url=_earlier(url, found, meant),
        later_url=_later(url, found, meant),
    )


def bare_chat(visit: Visit, chat: Chat) -> ChatContext:
    """Return a chat without its messages."""
    corrected_at, correction = _correction(chat)
    url = chat_url(chat)
    return ChatContext(
        number=chat.pk,
        after=visit.journal,
        title=LinkContext(label=chat_title(chat), url=about_path(url)),
        url=url,
        state=state_context(chat, visit.now),
        messages_shown=chat.messages_shown,
        correction=correction,
        corrected_at=corrected_at,
        login_url=f"{reverse('account_login')}?{urlencode({'edition': chat.edition.code})}",
        kinds=every_reaction({}),
        most_letters=MOST_LETTERS,
    )


def _slice(chat: Chat, meant: Mapping[str, str], root: Message | None) -> Slice:
    after = whole_number(meant.get("after", ""))
    if "about" in meant:
        return block_messages(chat, meant["about"], limit=PER_PAGE, after=after or 0)
    if root is not None:
        return thread_messages(root, limit=PER_PAGE, after=after or 0)
    if meant.get("order") in _CHOSEN:
        return chosen_messages(chat, Sort(meant["order"]), limit=PER_PAGE, past=_past(meant))
    if after is not None or meant.get("order") == Sort.OLDEST:
        return messages_from(chat, limit=PER_PAGE, after=after or 0)
    return newest_messages(chat, limit=PER_PAGE, before=whole_number(meant.get("before", "")))


def _sorts(url: str, meant: Mapping[str, str]) -> tuple[LinkContext, ...]:
    is_inside = meant.keys() & {"thread", "about", "before", "after", "past"}
    here = None if is_inside else meant.get("order", "")
    return tuple(
        LinkContext(
            label=str(sort.label),
            url=url if sort == Sort.NEWEST else f"{url}?order={sort.value}",
            is_current=here == ("" if sort == Sort.NEWEST else sort.value),
        )
        for sort in Sort
    )


def _earlier(url: str, found: Slice, meant: Mapping[str, str]) -> str:
    if not found.has_earlier or not found.messages or meant.keys() & {"thread", "about"}:
        return ""
    return f"{url}?before={found.messages[0].shown_as}"


def _later(url: str, found: Slice, meant: Mapping[str, str]) -> str:
    if not found.has_later:
        return ""
    if not found.messages:
        return url
    last = found.messages[-1]
    if meant.get("order") in _CHOSEN:
        past = f"{last.replies_shown}-{last.shown_as}"
        return f"{url}?{urlencode({'order': meant['order'], 'past': past})}"
    same = {name: meant[name] for name in ("thread", "about") if name in meant}
    return f"{url}?{urlencode({'after': last.shown_as, **same})}"


def _correction(chat: Chat) -> tuple[datetime | None, SafeString]:
    if chat.story is None or chat.story.corrected_at is None:
        return None, NOTHING
    newest = chat.story.corrections.first()
    return (newest.at, for_readers(Markup.INLINE, newest.text)) if newest else (None, NOTHING)


def _page(
    visit: Visit, chat: Chat, context: ChatContext, meant: Mapping[str, str]
) -> ChatPageContext:
    title = _("Chat: %(about)s") % {"about": chat_title(chat)}
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    section = chat.story.section if chat.story else chat.section
    assert section is not None, "a chat is of a story or of a section"  # noqa: S101
    above = section_crumbs(visit, section, is_page=False)
    about = (CrumbContext(label=context.title.label, url=context.title.url),) if chat.story else ()
    query = f"?{urlencode(meant)}" if meant else ""
    return ChatPageContext(
        page=replace(
            page,
            canonical_url=f"{page.canonical_url}{query}",
            description=_("What readers say about it: %(about)s") % {"about": chat_title(chat)},
            crumbs=(*above, *about, CrumbContext(label=_("Chat"))),
            is_indexed=not meant.keys() & {"order", "thread", "about"},
        ),
        chat=context,
    )
