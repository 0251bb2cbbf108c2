"""`/me`: who is logged in, for the scripts of pages that are the same for everyone.

Never kept by any cache, and asked only by browsers with the hint; one question to the
database, and one more whether there is anything the reader has not seen.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token

from dateline.chats.own_queries import unseen_notices
from dateline.common import clock
from dateline.reader.account.avatars import avatar_address
from dateline.reader.account.hint import without_hint
from dateline.readers.models import Reader
from dateline.readers.queries import reader_in_session


def me(request: HttpRequest) -> HttpResponse:
    """Answer who is logged in.

    Shape: `{"reader": {"id", "name", "slug", "avatar", "staff", "verified", "theme",
        "chats"} | null,
        "csrf", "unread": {"notices"}}`.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    reader = reader_in_session(key)
    told = {"reader": None, "csrf": "", "unread": {}} if reader is None else _told(request, reader)
    response = JsonResponse(told)
    response["Cache-Control"] = "private, no-store"
    return response if reader else without_hint(response)


def _told(request: HttpRequest, reader: Reader) -> dict[str, Any]:
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
        "unread": {"notices": unseen_notices(reader, clock.now())},
    }
