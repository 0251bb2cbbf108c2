"""Static files: pressed at their first request, answered by the press from then on."""

import mimetypes
from pathlib import Path

from dateline.press.asgi import App, Receive, Scope, Send, asked_of, send_answer
from dateline.press.page import press
from dateline.press.store import PageStore

_HEADERS = [
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


class Shelf:
    """An ASGI application in front of another that answers for the files of one folder.

    The folder is walked once, at the start; an address is looked up in what was found, so no
    request reaches the file system by its own words. Names hold a digest of the content, so a
    file is immutable.
    """

    def __init__(self, app: App, store: PageStore, *, folder: Path, prefix: str) -> None:
        self._app = app
        self._store = store
        self._files = {
            f"{prefix}{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*")
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or pass on."""
        path = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        page = self._store.pages.get(scope["path"])
        if page is None:
            kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
            named = (b"content-type", _with_charset(kind or "application/octet-stream").encode())
            page = press(path.read_bytes(), [*_HEADERS, named], ())
            self._store.pin(scope["path"], page)
        await send_answer(send, page.answer(asked_of(scope)))


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
