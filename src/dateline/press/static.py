"""Static files from memory: a look-up in a list made at start, never a path from a request."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from .page import PressedPage, Pressing, press
from .policy import PATH_SAFE

FOR_EVER = b"public, max-age=31536000, immutable"
BRIEFLY = b"public, max-age=300"

TYPES: Mapping[str, str] = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Our own table: what the machine's list of types says must not change what a browser is told."""

_HASHED = re.compile(r"\.[0-9a-f]{8,64}\.[^./]+$")


class StaticFiles:
    """The files below one folder, each pressed when it is first asked for.

    The folder is walked once: a file that comes later is not found, one that changes is not seen.
    Names that begin with a dot, and links that lead out of the folder, are left out.

    Shape: `prefix` begins and ends with a slash. A name with a content hash before its suffix
        (`site.0f3a9c2b17de.css`) may be cached for ever, any other for five minutes.
    Units: files of more than `max_bytes` are left to the application.
    """

    def __init__(
        self,
        folder: Path,
        prefix: str = "/static/",
        *,
        pressing: Pressing | None = None,
        max_bytes: int = 8 << 20,
    ) -> None:
        root = folder.resolve()
        self._pressing = pressing or Pressing(gzip_level=9, brotli_quality=9)
        self._files = {
            quote(prefix + path.relative_to(root).as_posix(), safe=PATH_SAFE): path
            for path in sorted(root.rglob("*"))
            if _is_ours(path, root) and path.stat().st_size <= max_bytes
        }

    def __contains__(self, key: str) -> bool:
        """Say whether an address is that of a file."""
        return key in self._files

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._files)

    async def page(self, key: str) -> PressedPage:
        """Read and press the file of an address.

        Raises: KeyError when there is none; OSError when it cannot be read any more.
        """
        return await asyncio.to_thread(self._press, self._files[key])

    def _press(self, path: Path) -> PressedPage:
        kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
        headers = [
            (b"content-type", kind.encode("ascii")),
            (b"cache-control", FOR_EVER if _HASHED.search(path.name) else BRIEFLY),
            (b"x-content-type-options", b"nosniff"),
        ]
        page = press(path.read_bytes(), headers, (), self._pressing)
        page.make_all()
        return page


def _is_ours(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.is_file() and path.resolve().is_relative_to(root)
