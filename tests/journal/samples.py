"""One entry of each type, made from its fields' types."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import get_type_hints

from dateline.journal.entries import Entry

_VALUES = {
    str: "en",
    int: 7,
    int | None: 7,
    bool: False,
    bool | None: False,
    datetime: datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC),
    tuple[int, ...]: (1, 2),
    tuple[str, ...]: ("en:202611",),
}


def an_entry(kind: str) -> Entry:
    """Return an entry of a kind with a value in every field."""
    made = Entry.types[kind]
    hints = get_type_hints(made)
    return made(**{field.name: _VALUES[hints[field.name]] for field in fields(made)})


def dateline_kinds() -> list[str]:
    """Return every kind that a room of the house knows."""
    from django.apps import apps

    assert apps.ready
    return sorted(Entry.types)
