"""`/me`: who is logged in, for the scripts of pages that are the same for everyone.

Never kept by any cache, and asked only by browsers with the hint; one question to the
database, and one more about what the reader follows and whether there is anything they have not
seen: a union of both, since two would not be free.
"""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token

from dateline.chats.models import Notice
from dateline.chats.own_queries import unseen_notices
from dateline.common import clock
from dateline.common.prepared import PreparedTexts
from dateline.reader.account.avatars import avatar_address
from dateline.reader.account.hint import without_hint
from dateline.readers.models import Reader
from dateline.readers.queries import reader_in_session
from dateline.subscriptions.enums import Channel
from dateline.subscriptions.models import Subscription


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
    reader = reader_in_session(key)
    told = _NOBODY if reader is None else _told(request, reader)
    response = JsonResponse(told)
    response["Cache-Control"] = "private, no-store"
    return response if reader else without_hint(response)


_NOBODY: dict[str, Any] = {"reader": None, "csrf": "", "unread": {}, "follows": []}
_UNSEEN = "unseen"


def _standing(reader: int) -> "QuerySet[Any, Any]":
    """Return what a reader follows, as subject and edition; first whether notices are unseen."""
    notices = Notice.objects.filter(reader=OuterRef("pk"), seen_at__isnull=True)
    unseen = Reader.objects.filter(Exists(notices), pk=reader)
    followed = Subscription.objects.filter(subscriber__reader=reader, channel=Channel.MAIL)
    return unseen.values_list(Value(_UNSEEN), Value("")).union(
        followed.values_list("subject", "edition__code"), all=True
    )


_STANDING = PreparedTexts(_standing, reader=int)


def _told(request: HttpRequest, reader: Reader) -> dict[str, Any]:
    standing = _STANDING.rows(reader=reader.pk)
    follows = [f"{subject}/{code}" for subject, code in standing if subject != _UNSEEN]
    has_unseen = len(follows) < len(standing)
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
        "unread": {"notices": unseen_notices(reader, clock.now()) if has_unseen else 0},
        "follows": follows,
    }
