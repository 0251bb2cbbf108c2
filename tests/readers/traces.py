"""The search for what is left of somebody who is gone: every table there is, and every file."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


def traces(mark: str) -> list[str]:
    """Return every table and file of the house that has a mark in it."""
    return [*_tables(mark), *_files(mark, settings.DATELINE_HOME)]


def _tables(mark: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_words"):
                continue  # Stories alone, and not made to be read.
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(mark in str(value) for row in cursor.fetchall() for value in row):
                yield table


def _files(mark: str, home: Path) -> Iterator[str]:
    for path in (one for one in home.rglob("*") if one.is_file()):
        name = str(path.relative_to(home))
        if mark in name or mark.encode() in path.read_bytes():
            yield name
