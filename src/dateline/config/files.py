"""Pictures and other files of the data folder."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join

from dateline.press.static import TYPES

SERVED = {".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"}
# Renditions and staff portraits: files as they were uploaded are never handed out.
FOLDERS = ("images", "avatar_images")


def media(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a picture's file.

    Raises:
        Http404: it is not there, not a picture, or outside the folder.
    """
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        kind = path.suffix.lower()
        if kind not in SERVED or path.relative_to(settings.MEDIA_ROOT).parts[0] not in FOLDERS:
            raise Http404(name)
        data = path.read_bytes()
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404(name) from error
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Cache-Control"] = "public, max-age=86400"
    return response
