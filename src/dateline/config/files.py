"""Pictures of the data folder: each is there for whom something that shows it is there."""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response

from dateline.common import clock
from dateline.journal.queries import head
from dateline.live.queries import post_showing
from dateline.media.queries import picture_of_file
from dateline.people.queries import person_showing
from dateline.press.static import TYPES
from dateline.press.touch import touch
from dateline.stories.queries import story_showing

SERVED = {".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"}
# Renditions and staff portraits: files as they were uploaded are never handed out.
RENDITIONS, PORTRAITS = "images", "avatar_images"
_REVALIDATED = "public, no-cache"
_FOR_ONE = "private, no-cache"

SHOWS: dict[str, Callable[[int, datetime], int | None]] = {
    "story": story_showing,
    "person": lambda picture, _now: person_showing(picture),
    "live-post": post_showing,
}
"""Who may show a picture: each finds one of its kind that readers may see now. A kind of thing that
shows pictures to readers has its line here, or its pictures stay unseen."""


def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a picture's file, if something that readers may see shows it, or to staff.

    What it was shown by is touched: when that goes, the press drops the picture with the page.

    Raises:
        Http404: it is not there, not a picture, or outside the folder.
    """
    journal = head()
    if "\0" in name:
        raise Http404
    path, folder = _place(name)
    picture = picture_of_file(name) if folder == RENDITIONS else None
    if picture is not None and _is_shown(picture):
        response = _file(path, _REVALIDATED)
        request.pressed_at = journal  # type: ignore[attr-defined]
        return response
    if not path.is_file():
        raise Http404(name)
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return _hidden()
    response = _file(path, _FOR_ONE)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead a browser that looks for the site's mark at the root to where it is."""
    response = HttpResponseRedirect(staticfiles_storage.url("reader/icons/icon-192.png"))
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _is_shown(picture: int) -> bool:
    now = clock.now()
    touch(f"picture:{picture}")
    for kind, showing in SHOWS.items():
        number = showing(picture, now)
        if number is not None:
            touch(f"{kind}:{number}")
            return True
    return False


def _place(name: str) -> tuple[Path, str]:
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        folder = path.relative_to(settings.MEDIA_ROOT).parts[0]
    except (SuspiciousFileOperation, ValueError, IndexError) as error:
        raise Http404(name) from error
    if path.suffix.lower() not in SERVED or folder not in {RENDITIONS, PORTRAITS}:
        raise Http404(name)
    return path, folder


def _file(path: Path, cached: str) -> HttpResponse:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Http404(path.name) from error
    response = HttpResponse(data, content_type=TYPES[path.suffix.lower()])
    response["Cache-Control"] = cached
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["ETag"] = f'"{blake2b(data, digest_size=12).hexdigest()}"'
    return response


def _hidden() -> HttpResponse:
    """Answer 404 to whoever may not see a picture; the press then lets each reader ask."""
    response = HttpResponse("There is no such picture.\n", status=404, content_type="text/plain")
    response["Cache-Control"] = "private, no-store"
    return response
