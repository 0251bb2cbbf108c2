"""`/me`: who is logged in, for the scripts of pages that are the same for everyone.

Never kept by any cache, and asked only by browsers with the hint; one question to the database.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token

from dateline.chats.own_queries import unseen_count
from dateline.common import clock
from dateline.common.prepared import Prepared
from dateline.people.models import Session
from dateline.reader.account.hint import without_hint
from dateline.reader.faces import avatar_address
from dateline.reader.unkept import for_one_reader
from dateline.readers.models import Reader
from dateline.readers.queries import reader_let_in, sessions_with_key
from dateline.subscriptions.queries import subjects_by_mail


def me(request: HttpRequest) -> HttpResponse:
    """Answer who is logged in.

    Shape: `{"reader": {"id", "name", "slug", "avatar", "staff", "verified", "theme",
        "chats"} | null,
        "csrf", "unread": {"notices"}, "follows": ["topic:88/en"]}`: what is followed by mail, and
        in which edition.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    session = _ASKED.first(key=key, now=clock.now()) if key else None
    reader = reader_let_in(session)
    told = _NOBODY if session is None or reader is None else _told(request, session, reader)
    response = for_one_reader(JsonResponse(told))
    return response if reader else without_hint(response)


_NOBODY: dict[str, Any] = {"reader": None, "csrf": "", "unread": {}, "follows": []}


def _asked(key: str, now: datetime) -> QuerySet[Session]:
    """Return a session with how many notices its reader has not seen, and what they follow."""
    reader = OuterRef("account__reader")
    return sessions_with_key(key, now).annotate(
        unseen=Subquery(unseen_count(reader, now)), follows=Subquery(subjects_by_mail(reader))
    )


_ASKED = Prepared(_asked, key=str, now=datetime)


def _told(request: HttpRequest, session: Any, reader: Reader) -> dict[str, Any]:
    return {
        "reader": {
            "id": reader.pk,
            "name": reader.display_name,
            "slug": reader.slug,
            "avatar": avatar_address(reader),
            "staff": reader.account.is_staff,
            "verified": reader.is_verified,
            "theme": reader.theme,
            "chats": "off" if reader.hides_chats else "",
        },
        "csrf": get_token(request),
        "unread": {"notices": session.unseen or 0},
        "follows": (session.follows or "").split(),
    }
