"""Rows that are written often: their SQL is made once by the ORM, as with `Prepared` questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

from dateline.common.prepared import Places, Value, filled, named_values, stand_ins

M = TypeVar("M", bound=Model)


@dataclass
class PreparedRow(Generic[M]):
    """Writes one row of a model at a time, as `bulk_create([row])` does: without signals.

    Shape: where there is a row with the same `unique` fields, its `update` fields are written.
    """

    model: type[M]
    unique: Sequence[str] = ()
    update: Sequence[str] = ()
    _sql: dict[str, str] = field(default_factory=dict, init=False)

    def write(self, row: M) -> M:
        """Write a row that has no number yet, give it the one it got, and return it."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql = self._sql.get(connection.vendor) or self._compile(connection, row)
        values = [
            column.get_db_prep_save(column.pre_save(row, True), connection)
            for column in self._columns()
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row.pk = cursor.fetchone()[0]
        row._state.adding, row._state.db = False, connection.alias
        return row

    def _columns(self) -> "list[Field[Any, Any]]":
        options = self.model._meta
        return [column for column in options.concrete_fields if column is not options.pk]

    def _compile(self, connection: BaseDatabaseWrapper, row: M) -> str:
        named = self.model._meta.get_field
        query = InsertQuery(
            self.model,
            on_conflict=OnConflict.UPDATE if self.unique else None,
            unique_fields=[named(name) for name in self.unique],
            update_fields=[named(name) for name in self.update],
        )
        query.insert_values(self._columns(), [row])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = [self.model._meta.pk]
        [(sql, _values)] = compiler.as_sql()
        self._sql[connection.vendor] = sql
        return str(sql)


Change = tuple["QuerySet[Any]", Mapping[str, Any]]


class PreparedChange:
    """Changes rows that a queryset finds, as its `update()` does.

    Shape: `make` returns the queryset and the new values of its fields; both may hand on the named
        values that `apply` is given, and may not choose by them.
    """

    def __init__(self, make: Callable[..., Change], **kinds: type[Value]) -> None:
        self._make = make
        self._kinds = kinds
        self._compiled: dict[str, tuple[str, Places]] = {}

    def apply(self, **values: Value) -> int:
        """Change the rows for these values and return how many there were."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places = self._compiled.get(connection.vendor) or self._compile(connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, filled(connection, places, values))
            changed: int = cursor.rowcount
        return changed

    def _compile(self, connection: BaseDatabaseWrapper) -> tuple[str, Places]:
        given = stand_ins(self._kinds)
        rows, fields = self._make(**given)
        query: UpdateQuery = rows.query.chain(UpdateQuery)  # type: ignore[assignment]
        query.add_update_values(dict(fields))
        compiler: Any = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        made = self._compiled[connection.vendor] = (sql, named_values(connection, given, params))
        return made
