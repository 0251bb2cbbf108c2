"""The index in SQLite: an FTS5 table without content, fed with stems.

The stems of a story are also kept packed: before 3.43 SQLite can take a row out of such a table
only if it is told again what is in it. Those of its head are kept as they are, because FTS5 cannot
say quickly in which column a word stands: to find a common word in a column where it is rare, it
reads on to the end of all rows that have it somewhere.
"""

import json
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection

from dateline.search.errors import SearchTooSlow
from dateline.search.indexes.shape import Either, Placed, Standing, Wanted
from dateline.search.rules.rank import Part

_COLUMNS = (*Part, "marks")
_NAMES = ", ".join(_COLUMNS)
_HOLES = ", ".join(["%s"] * len(_COLUMNS))
TABLE = f"""CREATE VIRTUAL TABLE search_words USING fts5(
    {_NAMES}, content='', columnsize=0, tokenize="ascii tokenchars '_'"
)"""
KEPT = """CREATE TABLE search_kept (
    place INTEGER PRIMARY KEY, head TEXT NOT NULL, packed BLOB NOT NULL
)"""
_OVER_A_STORY = (Part.HEADLINE, Part.SIGN, Part.STANDFIRST)
_IN_THE_BODY = frozenset({Part.BODY})
_STEPS_BETWEEN_LOOKS = 2000
_PAGES_AT_ONCE = 400
_ALWAYS = {"automerge": 4, "crisismerge": 16}
_FILLING = {"automerge": 0, "crisismerge": 128}
"""Joined little by little, a million stories are written out seven times; left alone, twice."""


class Fts5Index:
    """The index as SQLite keeps it."""

    def put(self, rows: Iterable[Placed]) -> None:
        """Put stories at places, instead of what may be there."""
        rows = list(rows)
        self.drop([row.place for row in rows])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_words(rowid, {_NAMES}) VALUES (%s, {_HOLES})",  # noqa: S608 - our names
                [(row.place, *_texts(row)) for row in rows],
            )
            cursor.executemany(
                "INSERT INTO search_kept(place, head, packed) VALUES (%s, %s, %s)",
                [(row.place, _head(row), _pack(_texts(row))) for row in rows],
            )

    def drop(self, places: Iterable[int]) -> None:
        """Take what is at these places out."""
        with connection.cursor() as cursor:
            for place in places:
                cursor.execute("SELECT packed FROM search_kept WHERE place = %s", [place])
                for (packed,) in cursor.fetchall():
                    cursor.execute(
                        f"INSERT INTO search_words(search_words, rowid, {_NAMES})"  # noqa: S608
                        f" VALUES ('delete', %s, {_HOLES})",
                        [place, *_unpack(packed)],
                    )
                    cursor.execute("DELETE FROM search_kept WHERE place = %s", [place])

    def clear(self) -> None:
        """Take everything out."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('delete-all')")
            cursor.execute("DELETE FROM search_kept")

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Leave the pieces as they come while very many stories are put."""
        _configure(_FILLING)
        try:
            yield
        finally:
            _configure(_ALWAYS)

    def tidy(self) -> bool:
        """Join some of the index's pieces; False when they are one."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT total_changes()")
            before = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)",
                [-_PAGES_AT_ONCE],
            )
            cursor.execute("SELECT total_changes()")
            return bool(cursor.fetchone()[0] - before > 1)

    def walk(
        self, wanted: Wanted, span: tuple[int, int], limit: int, *, only: Part | None = None
    ) -> list[tuple[int, int]]:
        """Return the places and stories that have what is wanted, newest first."""
        asked = _expression(wanted)
        if only is not None:
            asked = f"{_in(only, wanted.must)} AND {asked}"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.place, d.story FROM (SELECT rowid AS place FROM search_words"
                " WHERE search_words MATCH %s AND rowid BETWEEN %s AND %s"
                " ORDER BY rowid LIMIT %s) AS w"
                " CROSS JOIN search_document d ON d.place = w.place",
                [asked, *span, limit],
            )
            return list(cursor.fetchall())

    def standing(self, wanted: Wanted, places: Sequence[int]) -> dict[int, Standing]:
        """Return where the words stand in stories that a walk has found in a row."""
        if not places:
            return {}
        together = self._together(wanted, min(places), max(places))
        return {
            place: Standing(
                tuple(_parts(either, head) for either in wanted.must), place in together
            )
            for place, head in self._heads(places)
        }

    def _heads(self, places: Sequence[int]) -> list[tuple[int, str]]:
        holes = ", ".join(["%s"] * len(places))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT place, head FROM search_kept WHERE place IN ({holes})",  # noqa: S608 - holes only
                list(places),
            )
            return list(cursor.fetchall())

    def _together(self, wanted: Wanted, first: int, last: int) -> set[int]:
        line = [stem for either in wanted.must for stem in either[0]]
        if len(wanted.must) < 2 or any(len(either) > 1 for either in wanted.must):
            return set()
        with connection.cursor() as cursor:
            asked = f"{_phrase(line)} AND {_expression(wanted)}"
            return set(_places(cursor, asked, first, last))

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give up what is asked inside the block after so many seconds."""
        connection.ensure_connection()
        end = time.monotonic() + seconds
        database = connection.connection
        database.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except OperationalError as error:
            if "interrupted" in str(error):
                raise SearchTooSlow(seconds=seconds) from error
            raise
        finally:
            database.set_progress_handler(None, 0)


def _configure(options: Mapping[str, int]) -> None:
    """Set options of FTS5. Source: SQLite's documentation of FTS5, 6.2 and 6.5."""
    with connection.cursor() as cursor:
        for name, value in options.items():
            cursor.execute(
                "INSERT INTO search_words(search_words, rank) VALUES (%s, %s)", [name, value]
            )


def _places(cursor: object, asked: str, first: int, last: int) -> list[int]:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid BETWEEN %s AND %s",
        [asked, first, last],
    )
    return [place for (place,) in cursor.fetchall()]  # type: ignore[attr-defined]


def _expression(wanted: Wanted) -> str:
    """Return a question in FTS5's language; stems are letters only, so quoting them is safe."""
    parts = [_either(either) for either in wanted.must]
    parts += [_in("marks", (tuple((mark,) for mark in group),)) for group in wanted.marks]
    asked = f"({' AND '.join(parts)})"
    if wanted.without:
        asked = f"({asked} NOT ({' OR '.join(_either(either) for either in wanted.without)}))"
    return asked


def _in(column: str, eithers: Iterable[Either]) -> str:
    return f"({{{column}}} : ({' AND '.join(_either(either) for either in eithers)}))"


def _either(either: Either) -> str:
    return f"({' OR '.join(_phrase(phrase) for phrase in either)})"


def _phrase(stems: Iterable[str]) -> str:
    return f'"{" ".join(stems)}"'


def _texts(row: Placed) -> list[str]:
    return [" ".join(row.parts.get(part, ())) for part in Part] + [" ".join(row.marks)]


def _head(row: Placed) -> str:
    """Return the stems of what stands over a story, a line a part; of its names the new ones."""
    body = set(row.parts.get(Part.BODY, ()))
    names = [stem for stem in row.parts.get(Part.NAMES, ()) if stem not in body]
    lines = [*(row.parts.get(part, ()) for part in _OVER_A_STORY), names]
    return "\n".join(f" {' '.join(stems)} " for stems in lines)


def _parts(either: Either, head: str) -> frozenset[Part]:
    """Return the parts of a story found in which a term stands; the body, if it is in no other."""
    phrases = [f" {' '.join(phrase)} " for phrase in either]
    lines = zip((*_OVER_A_STORY, Part.NAMES), head.split("\n"), strict=True)
    found = frozenset(part for part, line in lines if any(phrase in line for phrase in phrases))
    return found or _IN_THE_BODY


def _pack(columns: list[str]) -> bytes:
    return zlib.compress(json.dumps(columns, ensure_ascii=False).encode(), 1)


def _unpack(packed: bytes) -> list[str]:
    columns: list[str] = json.loads(zlib.decompress(packed))
    return columns
