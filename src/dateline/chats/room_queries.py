"""Finding chats, and stories without one, for the moderators who open, close and arrange them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from dateline.chats.models import Chat
from dateline.chats.rules import MOST_WORDS
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.topics.models import Section


@dataclass(frozen=True, slots=True)
class RoomsAsked:
    """Which chats: with some words in the headline, those that go on or those that are closed.

    Shape: `before` is the number of the last chat of the page before.
    """

    words: str = ""
    is_closed: bool = False
    before: int | None = None


def rooms_for_desk(asked: RoomsAsked, *, limit: int) -> list[Chat]:
    """Return chats, the one opened last first."""
    found = Chat.objects.filter(closed_at__isnull=not asked.is_closed)
    if asked.before is not None:
        found = found.filter(pk__lt=asked.before)
    for word in asked.words.split()[:MOST_WORDS]:
        found = found.filter(Q(story__headline__icontains=word) | Q(section__name__icontains=word))
    return list(_with_places(found).order_by("-pk")[:limit])


def room_for_desk(number: int) -> Chat | None:
    """Return a chat by its number, whatever has become of it."""
    return _with_places(Chat.objects.filter(pk=number)).first()


def stories_without_chat(words: str, now: datetime, *, limit: int) -> list[Story]:
    """Return stories that readers see and cannot talk about, the newest first."""
    chats = Chat.objects.filter(story=OuterRef("pk"))
    found = visible(now).filter(~Exists(chats))
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(headline__icontains=word)
    rows = found.select_related("section", "edition").defer("body")
    return list(rows.order_by("-published_at", "-pk")[:limit])


def sections_without_chat() -> list[Section]:
    """Return sections that cannot be talked about as a whole, as they stand on the site."""
    rows = Section.objects.filter(chat__isnull=True).select_related("edition")
    return list(rows.order_by("edition__position", "edition", "position", "pk"))


def _with_places(chats: QuerySet[Chat]) -> QuerySet[Chat]:
    return chats.select_related("story__section", "section", "edition", "last").defer("story__body")
