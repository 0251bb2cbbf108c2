"""The rows of a Ghost export's tables one by one, without the whole of it in memory."""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from dateline.standards.archives.opening import BoundedFile
from dateline.standards.errors import CopyError

_CHUNK = 1 << 18
_LONGEST = 64_000_000
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")


class _Scanner:
    """JSON text that is read on as far as it is needed."""

    def __init__(self, file: BoundedFile) -> None:
        self._file = file
        self._name = file.name
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder(parse_constant=_no_constant)
        self._text, self._at, self._ended = "", 0, False

    def peek(self) -> str:
        """Return the next character that is no white space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Go past one character."""
        found = self.peek()
        if found != wanted:
            self._refuse(f"{wanted} is missing")
        self._at += 1

    def value(self) -> Any:
        """Return the next whole value."""
        self.peek()
        while True:
            try:
                made, end = self._json.raw_decode(self._text, self._at)
            except RecursionError:
                raise self._error("too-deep", "the JSON nests too deep") from None
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error) or not self._more(double=True):
                    self._refuse(error.msg[:1].lower() + error.msg[1:])
                continue
            if end < len(self._text) or self._ended or not self._more():
                self._at = end
                return made

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        """Say whether the text went wrong only because the rest of it was not read yet."""
        return error.msg.startswith("Unterminated") or error.pos > len(self._text) - 16

    def _more(self, *, double: bool = False) -> bool:
        if self._ended:
            return False
        waiting = len(self._text) - self._at
        if double and waiting > _LONGEST:
            raise self._error("too-large", "one value holds more than 64 MB")
        data = self._file.read(max(_CHUNK, waiting if double else 0))
        self._ended = not data
        try:
            text = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            self._refuse(f"it is not UTF-8 ({error.reason})")
        self._text, self._at = self._text[self._at :] + text, 0
        return True

    def _refuse(self, what: str) -> NoReturn:
        near = self._text[self._at : self._at + 30].split("\n")[0]
        where = f"before “{near}”" if near else "at the end"
        raise self._error("bad-json", f"the JSON is broken {where}: {what}")

    def _error(self, code: str, what: str) -> CopyError:
        return CopyError(code, what, cure="make the export again", where=self._name)


def _no_constant(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"{word} is not JSON", "", 0)


def rows_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield table and row of a Ghost export, in the order of the file.

    Shape: `{"db": [{"data": {table: [row, …]}}]}`, or its inner parts alone as older exports have.

    Raises:
        CopyError: `bad-json`, `too-deep` or `too-large`.
    """
    file = BoundedFile(path)
    try:
        scanner = _Scanner(file)
        yield from _inside(scanner)
        if scanner.peek():
            scanner.take("the end of the file")
    finally:
        file.close()


def _inside(scanner: _Scanner) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in _keys(scanner):
        if key == "db" and scanner.peek() == "[":
            scanner.take("[")
            if scanner.peek() == "{":
                yield from _inside(scanner)
            while scanner.peek() == ",":
                scanner.take(",")
                scanner.value()
            scanner.take("]")
        elif key == "data" and scanner.peek() == "{":
            yield from _tables(scanner)
        else:
            scanner.value()


def _tables(scanner: _Scanner) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in _keys(scanner):
        if scanner.peek() != "[":
            scanner.value()
            continue
        scanner.take("[")
        while scanner.peek() != "]":
            row = scanner.value()
            if isinstance(row, dict):
                yield table, row
            if scanner.peek() != "]":
                scanner.take(",")
        scanner.take("]")


def _keys(scanner: _Scanner) -> Iterator[str]:
    """Yield an object's keys; the value of each is taken before the next is asked for."""
    scanner.take("{")
    while scanner.peek() != "}":
        key = scanner.value()
        if not isinstance(key, str):
            scanner.take('"')
        scanner.take(":")
        yield str(key)
        if scanner.peek() != "}":
            scanner.take(",")
    scanner.take("}")
