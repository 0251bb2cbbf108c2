"""What scripts ask of chats: places of messages for counters, names, one's own chats."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from dateline.chats.actions import mark_read
from dateline.chats.muted_queries import muted_messages
from dateline.chats.own_queries import marks_of, unseen_notices
from dateline.chats.queries import (
    chats_by_number,
    numbers_of_messages,
    speakers_of,
    talked_of_blocks,
)
from dateline.chats.told_queries import decisions_to_read
from dateline.common import clock
from dateline.common.numbers import whole_number
from dateline.journal.queries import head
from dateline.press.touch import touch
from dateline.reader.chat_door import (
    chat_or_404,
    login_needed,
    reader_asking,
    told,
)
from dateline.reader.present.chats import row_of
from dateline.readers.queries import mutes_of

FIRST_ROWS, MORE_ROWS = 100, 500
MOST_CHATS = 50


def index(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the places of the newest messages, or of those before a place.

    Shape: as the newsfeed's index: `journal`, `floor`, `lines`, so that the same counter counts.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal, before = head(), whole_number(request.GET.get("before", ""))
    chat = chat_or_404(number)
    touch(f"chat:{chat.pk}", f"chat:{chat.pk}:state")
    limit = FIRST_ROWS if before is None else MORE_ROWS
    found = numbers_of_messages(chat, before=before, limit=limit + 1)
    lines = [row_of(place, message) for place, message in found[:limit]]
    floor = lines[-1][0] - 1 if len(found) > limit else 0
    text = json.dumps({"journal": journal, "floor": floor, "lines": lines}, separators=(",", ":"))
    request.pressed_at = journal  # type: ignore[attr-defined]
    return HttpResponse(text, content_type="application/json")


def blocks(request: HttpRequest, number: int) -> HttpResponse:
    """Answer how many messages a chat has and how many are about each paragraph of its story.

    Shape: `{"blocks": {block: count}, "messages": count, "journal": n}`, the blocks that have any,
    the same for everybody.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal, chat = head(), chat_or_404(number)
    touch(f"chat:{chat.pk}", f"chat:{chat.pk}:state")
    known = {
        "blocks": talked_of_blocks(chat),
        "messages": chat.messages_shown,
        "journal": journal,
    }
    text = json.dumps(known, separators=(",", ":"))
    request.pressed_at = journal  # type: ignore[attr-defined]
    return HttpResponse(text, content_type="application/json")


def people(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with whom a reader may mean: those who spoke here lately."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = speakers_of(chat_or_404(number), request.GET.get("q", "")[:40])
    return told({"people": [{"slug": one.slug, "name": one.display_name} for one in found]})


def read(request: HttpRequest, number: int) -> HttpResponse:
    """Note how far a reader has read a chat."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    reader = reader_asking(request)
    if reader is None:
        return login_needed()
    chat = chat_or_404(number)
    place = whole_number(request.POST.get("number", ""))
    mark = mark_read(by=reader, chat=chat, number=place or 0)
    unseen = unseen_notices(reader, clock.now())
    return told({"number": mark.number, "notices": unseen})


def mine(request: HttpRequest) -> HttpResponse:
    """Answer with the chats a reader takes part in, how far each is read, and whom they mute.

    `notices` says how much they were told of and have not seen, `decided` how many decisions of
    moderators they have to know of.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    reader = reader_asking(request)
    if reader is None:
        return login_needed()
    marks = marks_of(reader)
    chats = [{"chat": one.chat_id, "number": one.number, "follows": one.follows} for one in marks]
    mutes = mutes_of(reader)
    muted = {"readers": mutes.slugs, "words": mutes.words}
    now = clock.now()
    notices, decided = unseen_notices(reader, now), len(decisions_to_read(reader, now))
    return told({"chats": chats, "muted": muted, "notices": notices, "decided": decided})


def muted(request: HttpRequest) -> HttpResponse:
    """Answer which messages a reader muted, of chats after a place: `?after=12:345,13:0`.

    Shape: `{"muted": [message]}`; they do not count as unread.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    reader = reader_asking(request)
    if reader is None:
        return login_needed()
    asked = request.GET.get("after", "").split(",")[:MOST_CHATS]
    pairs = [one.partition(":")[::2] for one in asked]
    places = {whole_number(chat): whole_number(place) or 0 for chat, place in pairs}
    seen = chats_by_number([chat for chat in places if chat is not None], clock.now())
    after = {chat: places[chat] for chat in seen}
    return told({"muted": muted_messages(reader, after)})
