"""Opening an archive's files: gzip or plain, without what XML may not hold, and bounded."""

import gzip
import os
import zlib
from pathlib import Path
from typing import IO, Protocol

from dateline.standards.errors import CopyError

HEAD = 65_536
_AGAIN = "copy the file again"
_MOST_GROWTH = 200
_FREE_GROWTH = 100_000_000
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])


class Bytes(Protocol):
    """What can be read."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes."""

    def close(self) -> None:
        """Give the file back."""


class BoundedFile:
    """A file, unpacked if it is gzip; refuses a small one that unpacks without end."""

    def __init__(self, path: Path, *, drop_controls: bool = False) -> None:
        self.name = path.name
        self._raw = path.open("rb")
        packed = self._raw.read(2) == b"\x1f\x8b"
        self._raw.seek(0)
        self._file: IO[bytes] | gzip.GzipFile = (
            gzip.GzipFile(fileobj=self._raw) if packed else self._raw
        )
        self._left = max(_FREE_GROWTH, os.fstat(self._raw.fileno()).st_size * _MOST_GROWTH)
        self._dropped = _CONTROLS if drop_controls else b""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; control characters are left out if that was asked for.

        Raises:
            CopyError: `too-large` or `bad-gzip`.
        """
        try:
            data = self._file.read(size)
        except (EOFError, OSError, zlib.error) as error:
            raise CopyError(
                "bad-gzip", f"it cannot be unpacked ({error})", cure=_AGAIN, where=self.name
            ) from error
        self._left -= len(data)
        if self._left < 0:
            what = f"it unpacks to more than {_MOST_GROWTH} times its size"
            cure = "unpack it yourself and look at it first"
            raise CopyError("too-large", what, cure=cure, where=self.name)
        kept = data.translate(None, self._dropped) if self._dropped else data
        return kept if kept or not data else self.read(size)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()
        self._raw.close()


def head_of(path: Path) -> bytes:
    """Return the first 64 KB of a file, unpacked.

    Raises:
        CopyError: `empty`, or it cannot be unpacked.
    """
    file = BoundedFile(path)
    try:
        head = file.read(HEAD)
    finally:
        file.close()
    if not head.strip():
        raise CopyError("empty", "it is empty", cure="make the export again", where=path.name)
    return head
