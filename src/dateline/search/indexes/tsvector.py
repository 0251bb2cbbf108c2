"""The index in PostgreSQL: a `tsvector` of our own stems, so that both databases find the same.

The four weights of a `tsvector` stand for headline, sign, standfirst and the rest: names are not
told from the body here.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from dateline.search.errors import SearchTooSlow
from dateline.search.indexes.shape import Either, Placed, Standing, Wanted
from dateline.search.rules.rank import Part

TABLE = "CREATE TABLE search_words (place bigint PRIMARY KEY, words tsvector NOT NULL)"
INDEX = "CREATE INDEX search_words_gin ON search_words USING gin (words) WITH (fastupdate = off)"
_WEIGHTS = {
    Part.HEADLINE: "A",
    Part.SIGN: "B",
    Part.STANDFIRST: "C",
    Part.BODY: "D",
    Part.NAMES: "D",
}
_TOLD_APART = (Part.HEADLINE, Part.SIGN, Part.STANDFIRST, Part.BODY)
_LAST_POSITION = 16_000
_NOWHERE = "'_'"
_CANCELED = "57014"


class TsvectorIndex:
    """The index as PostgreSQL keeps it."""

    def put(self, rows: Iterable[Placed]) -> None:
        """Put stories at places, instead of what may be there."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_words(place, words) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (place) DO UPDATE SET words = excluded.words",
                [(row.place, _vector(row)) for row in rows],
            )

    def drop(self, places: Iterable[int]) -> None:
        """Take what is at these places out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words WHERE place = ANY(%s)", [list(places)])

    def clear(self) -> None:
        """Take everything out."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_words")

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Do nothing else: the index is joined by `tidy` alone."""
        yield

    def tidy(self) -> bool:
        """Count the words anew, so that the database knows which are common; one piece does it."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_words")
        return False

    def walk(
        self, wanted: Wanted, span: tuple[int, int], limit: int, *, only: Part | None = None
    ) -> list[tuple[int, int]]:
        """Return the places and stories that have what is wanted, newest first.

        For a rare word the database asks the GIN index, for a common one it walks the places.
        """
        asked = _expression(wanted)
        if only is not None:
            asked = f"{_all(wanted.must, _WEIGHTS[only])} & {asked}"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.place, d.story FROM (SELECT place FROM search_words"
                " WHERE words @@ %s::tsquery AND place BETWEEN %s AND %s"
                " ORDER BY place LIMIT %s) AS w JOIN search_document d USING (place)"
                " ORDER BY d.place",
                [asked, *span, limit],
            )
            return list(cursor.fetchall())

    def standing(self, wanted: Wanted, places: Sequence[int]) -> dict[int, Standing]:
        """Return where the words stand in stories that a walk has found."""
        questions = [
            _either(either, _WEIGHTS[part]) for either in wanted.must for part in _TOLD_APART
        ]
        line = tuple(stem for either in wanted.must for stem in either[0])
        is_line = len(wanted.must) > 1 and all(len(either) == 1 for either in wanted.must)
        questions.append(_phrase(line) if is_line else _NOWHERE)
        holes = ", ".join(["words @@ %s::tsquery"] * len(questions))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT place, {holes} FROM search_words WHERE place = ANY(%s)",  # noqa: S608 - holes only
                [*questions, list(places)],
            )
            return {place: _standing(flags) for place, *flags in cursor.fetchall()}

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give up what is asked inside the block after so many seconds."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
                yield
                cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == _CANCELED:
                raise SearchTooSlow(seconds=seconds) from error
            raise


def _standing(flags: Sequence[bool]) -> Standing:
    size = len(_TOLD_APART)
    *found, is_together = flags
    parts = [
        frozenset(part for part, is_there in zip(_TOLD_APART, row, strict=True) if is_there)
        for row in (found[n : n + size] for n in range(0, len(found), size))
    ]
    return Standing(tuple(parts), bool(is_together))


def _expression(wanted: Wanted) -> str:
    """Return a question in PostgreSQL's language; stems are letters only, so quoting is safe."""
    parts = [_either(either) for either in wanted.must]
    parts += [_either(tuple((mark,) for mark in group)) for group in wanted.marks]
    parts += [f"!{_either(either)}" for either in wanted.without]
    return " & ".join(parts)


def _all(eithers: Iterable[Either], weight: str) -> str:
    return " & ".join(_either(either, weight) for either in eithers)


def _either(either: Either, weight: str = "") -> str:
    return f"({' | '.join(_phrase(phrase, weight) for phrase in either)})"


def _phrase(stems: Iterable[str], weight: str = "") -> str:
    end = f":{weight}" if weight else ""
    row = " <-> ".join(f"'{stem}'{end}" for stem in stems)
    return f"({row})"


def _vector(row: Placed) -> str:
    """Return a story as the text of a `tsvector`; between parts is room, so no phrase spans two."""
    spots: dict[str, list[str]] = {}
    position = 1
    for part in Part:
        for stem in row.parts.get(part, ()):
            spots.setdefault(stem, []).append(f"{position}{_WEIGHTS[part]}")
            position = min(position + 1, _LAST_POSITION)
        position = min(position + 2, _LAST_POSITION)
    words = [f"'{stem}':{','.join(found[:255])}" for stem, found in spots.items()]
    return " ".join([*words, *(f"'{mark}'" for mark in row.marks)])
