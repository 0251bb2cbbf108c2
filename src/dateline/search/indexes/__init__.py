"""The index of words: one way to speak to it, two ways to keep it."""

from django.db import connection

from dateline.search.indexes.shape import Index, Placed, Wanted

__all__ = ["Index", "Placed", "Wanted", "index"]


def index() -> Index:
    """Return the index as this installation's database keeps it."""
    if connection.vendor == "postgresql":
        from dateline.search.indexes.tsvector import TsvectorIndex  # noqa: PLC0415 - needs psycopg

        return TsvectorIndex()
    from dateline.search.indexes.fts5 import Fts5Index  # noqa: PLC0415 - the other is not needed

    return Fts5Index()
