"""What a reader's browser gets beside the pages: its own pages, parts, worker and manifest."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext

from dateline.journal.queries import head
from dateline.press.touch import touch
from dateline.reader.contexts import (
    CrumbContext,
    OfflineContext,
    PageContext,
    PartsContext,
    PreferencesContext,
    SavedContext,
)
from dateline.reader.list_contexts import NowContext
from dateline.reader.present.alerts import alert_shown
from dateline.reader.present.furniture import furniture_of, home_crumb, page_of
from dateline.reader.present.notices import notices_offered
from dateline.reader.visit import Visit
from dateline.topics.queries import editions

SCRIPTS = Path(__file__).parent / "static" / "reader" / "js"
WORKER = SCRIPTS / "sw.js"
RETIRED_WORKER = SCRIPTS / "sw-retired.js"
SPECULATION_RULES = '"/-/speculation.json"'
NIGHT, PAPER = "#14181b", "#fbfbf8"
_ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("mask-512.png", 512, "maskable"),
)


def preferences(visit: Visit) -> PreferencesContext:
    """Return the page on which a reader sets up this browser."""
    page = _own_page(visit, gettext("Preferences"))
    return PreferencesContext(page=page, notices=notices_offered(visit.furniture))


def saved(visit: Visit) -> SavedContext:
    """Return the page that lists the stories saved in this browser."""
    return SavedContext(page=_own_page(visit, gettext("Saved stories")))


def offline(visit: Visit) -> OfflineContext:
    """Return the page that the worker shows when there is no network."""
    return OfflineContext(page=_own_page(visit, gettext("You are offline")))


def parts(visit: Visit) -> PartsContext:
    """Return the dialogs and lines that scripts put into pages, in the edition's language."""
    return PartsContext(page=_own_page(visit, ""))


def now(visit: Visit) -> NowContext:
    """Return the alert in force, for pages that were made before there was one."""
    page = _own_page(visit, "")
    return NowContext(page=replace(page, alert=alert_shown(visit.furniture.edition, visit.now)))


def _own_page(visit: Visit, title: str) -> PageContext:
    page = page_of(
        visit.furniture, path=visit.path, title=title, journal=visit.journal, now=visit.now
    )
    crumbs = (home_crumb(visit.furniture), CrumbContext(label=title))
    return replace(page, is_indexed=False, crumbs=crumbs)


def manifest(visit: Visit) -> HttpResponse:
    """Return an edition as an application that can be installed.

    Source: W3C Web Application Manifest.
    """
    edition = visit.furniture.context
    told = {
        "id": edition.home_url,
        "name": edition.name,
        "short_name": edition.name[:12],
        "description": edition.tagline,
        "lang": edition.language,
        "dir": edition.direction,
        "start_url": edition.home_url,
        "scope": "/",
        "display": "standalone",
        "theme_color": NIGHT,
        "background_color": PAPER,
        "icons": [_icon(*icon) for icon in _ICONS],
        "shortcuts": [{"name": gettext("Saved stories"), "url": f"{edition.home_url}saved/"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    src = static(f"reader/icons/{name}")
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


PAGES: dict[str, Callable[[Visit], Any]] = {
    "preferences/": preferences,
    "saved/": saved,
    "offline/": offline,
    "-/parts": parts,
    "-/now": now,
    "manifest.webmanifest": manifest,
}
"""What is made below an edition's front, by the rest of the address: a context, or a response."""


def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker, or with one that takes itself away where it is switched off.

    It holds the names of the files of this build, so a new build is a new worker.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    touch("editions")
    source = _worker() if settings.DATELINE.service_worker else _read(RETIRED_WORKER)
    return _pressed(request, journal, source, "text/javascript; charset=utf-8")


def _worker() -> str:
    files = list(_shell_files())
    homes = _homes()
    pages = [f"{home}{name}" for home in homes for name in ("offline/", "saved/", "-/parts")]
    source = _read(WORKER)
    build = blake2b("\n".join([*files, *pages, source]).encode(), digest_size=8).hexdigest()
    private = [
        f"/{settings.DATELINE.staff_path}",
        "/account",
        "/me",
        "/-/stream",
        "/-/live",
        "/-/ready",
    ]
    icon = static(f"reader/icons/{_ICONS[0][0]}")
    told = {
        "build": build,
        "files": files,
        "pages": pages,
        "homes": homes,
        "icon": icon,
        "private": private,
    }
    return f"self.DATELINE = {json.dumps(told, sort_keys=True)};\n{source}"


def _homes() -> list[str]:
    """Return the fronts of all editions, the longest address first."""
    found = {edition.prefix for edition in editions() if furniture_of(edition.code)}
    return sorted(found, key=lambda home: (-len(home), home))


def _shell_files() -> Iterator[str]:
    yield from (static("reader/css/site.css"), static("reader/css/later.css"))
    yield static("reader/icon.svg")
    for path in sorted(SCRIPTS.rglob("*.js")):
        if path not in (WORKER, RETIRED_WORKER):
            yield static(f"reader/js/{path.relative_to(SCRIPTS).as_posix()}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def speculation(request: HttpRequest) -> HttpResponse:
    """Answer with what browsers may fetch ahead: the links a reader is about to follow.

    Stories are left out: scripts fetch those themselves, and open them in place.

    Source: WICG Speculation Rules, the `Speculation-Rules` header.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    journal = head()
    touch("house")
    kept_out = (
        f"/{settings.DATELINE.staff_path}*",
        "/account/*",
        "/me*",
        "/-/*",
        "/media/*",
        "/*.html",
    )
    where = [
        {"href_matches": "/*"},
        *({"not": {"href_matches": pattern}} for pattern in kept_out),
        {"not": {"selector_matches": "[download], [target], [rel~=nofollow]"}},
    ]
    rules = {"prefetch": [{"where": {"and": where}, "eagerness": "moderate"}]}
    return _pressed(request, journal, json.dumps(rules), "application/speculationrules+json")


def _pressed(request: HttpRequest, journal: int, text: str, kind: str) -> HttpResponse:
    request.pressed_at = journal  # type: ignore[attr-defined]
    return HttpResponse(text, content_type=kind)
