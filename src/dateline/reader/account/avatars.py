"""A reader's picture: the one they brought, or one drawn from their name."""

from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from dateline.journal.queries import head
from dateline.press.touch import touch
from dateline.reader import views
from dateline.reader.faces import avatar_address
from dateline.readers.models import Reader

# Light enough for white letters to be read on each (at least 4.5 to 1).
COLOURS = ("#075a70", "#7a3e12", "#5b3a8c", "#2d6130", "#8c2f39", "#3d4f8a", "#6b5310", "#834075")
_SIDE = 96


def avatar(request: HttpRequest, number: str, digest: str, ending: str) -> HttpResponseBase:
    """Answer with a reader's picture; it goes when they go."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    reader = Reader.objects.filter(pk=number).first()
    if reader is None or avatar_address(reader) != request.path:
        return views.not_found(request)
    touch(f"reader:{reader.pk}")
    response = _brought(reader) if ending == "jpg" else _drawn(reader)
    request.pressed_at = journal  # type: ignore[attr-defined]
    response["Cache-Control"] = "public, no-cache"
    return response


def _brought(reader: Reader) -> HttpResponse:
    with reader.avatar.open("rb") as file:
        return HttpResponse(file.read(), content_type="image/jpeg")


def _drawn(reader: Reader) -> HttpResponse:
    response = HttpResponse(drawn(reader.display_name, reader.pk), content_type="image/svg+xml")
    response._csp_replace = {"default-src": ["'none'"]}  # type: ignore[attr-defined]
    return response


def drawn(name: str, number: int) -> str:
    """Return a picture made of a name's first letters, as SVG."""
    words = [word for word in name.split() if word[0].isalnum()] or [name]
    letters = "".join(word[0].upper() for word in (words[0], *words[1:][-1:]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}">'
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="{COLOURS[number % len(COLOURS)]}"/>'
        f'<text x="50%" y="50%" dy=".36em" fill="#fff" text-anchor="middle" '
        f'font-family="system-ui, sans-serif" font-weight="600" '
        f'font-size="{40 if len(letters) > 1 else 48}">{escape(letters)}</text></svg>'
    )
