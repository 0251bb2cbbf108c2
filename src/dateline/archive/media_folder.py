"""The folder of an old site's uploads: a picture found by its path, else by its name."""

import io
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image

from dateline.standards.archives.shelf import plain_path

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 80_000_000
_FORMATS = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_MOST_NAMES = 2_000_000


class MediaFolder:
    """Files below a folder; nothing outside of it is ever read, whatever an address says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._names: dict[str, str | None] | None = None

    def find(self, address: str) -> Path | None:
        """Return the file of an address: the picture as it was uploaded before a size of it."""
        try:
            own = unquote(urlsplit(address).path)
        except ValueError:
            return None
        for path in (plain_path(address), own):
            parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
            for start in range(len(parts)):
                found = self._inside("/".join(parts[start:]))
                if found is not None and start < len(parts) - 1:
                    return found
        return self._by_name(plain_path(address)) or self._by_name(own)

    def _inside(self, path: str) -> Path | None:
        if "\0" in path or len(path) > 1000:
            return None
        try:
            found = (self._folder / path).resolve()
            return found if found.is_relative_to(self._folder) and found.is_file() else None
        except OSError:
            return None

    def _by_name(self, path: str) -> Path | None:
        """Return the one file that has the name, or None where there are several."""
        name = path.rpartition("/")[2]
        place = self._all_names().get(name) if name else None
        return self._inside(place) if place else None

    def _all_names(self) -> dict[str, str | None]:
        if self._names is None:
            self._names = {}
            for folder, _, files in os.walk(self._folder):
                for name in files if len(self._names) < _MOST_NAMES else ():
                    place = os.path.relpath(os.path.join(folder, name), self._folder)
                    self._names[name] = None if name in self._names else place
        return self._names


def picture_bytes(path: Path) -> tuple[bytes, str] | None:
    """Return a picture's bytes and the suffix of its format; None for what is none, or too large.

    The file's own name decides nothing: its format is told from what is in it.
    """
    try:
        return picture_in(path.read_bytes()) if path.stat().st_size <= MOST_BYTES else None
    except OSError:
        return None


def picture_in(data: bytes) -> tuple[bytes, str] | None:
    """Return bytes with the suffix of their format; None for what is no picture, or too large."""
    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            suffix = _FORMATS[image.format or ""]
            image.load()
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError):
        return None
    return data, suffix
