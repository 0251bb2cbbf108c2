"""Queries written with the ORM once and compiled once, for the pages that are asked most.

Building a query's SQL costs the ORM several times what the database takes to answer it: on a story
page it was half of all the work. A prepared query keeps the SQL that the ORM made and fills in new
values, so that what it asks is still said in one place, by querysets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)

Value = int | str | datetime
Places = tuple[tuple[str, Any], ...]
"""Of each value of a query its name, or an empty one and the value itself."""
_INTEGERS = 2_147_400_000
_INSTANTS = datetime(9998, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One query as a database takes it: its SQL, its values or their names, how rows are read."""

    sql: str
    values: Places
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    model: type[Model]
    columns: list[str]
    own: slice
    populators: list[Any]
    annotations: Mapping[str, int]


class Prepared(Generic[M]):
    """A queryset with named values, compiled once for each kind of database.

    The queryset is made once with stand-ins, so `make` must hand its arguments on as they are and
    may not choose by them. Whole numbers, texts and instants can be stood in for.
    """

    def __init__(self, make: Callable[..., "QuerySet[M]"], **kinds: type[Value]):
        self._make = make
        self._kinds = kinds
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Value) -> list[M]:
        """Return the objects found for these values, with those `select_related` brings.

        What a queryset annotates is set on them, as the ORM does.

        Raises: KeyError when a value is missing.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(connection.vendor) or self._compile(connection)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, filled(connection, compiled.values, values))
            found = cursor.fetchall()
        return cast("list[M]", [_object(compiled, list(row), connection) for row in found])

    def first(self, **values: Value) -> M | None:
        """Return the first object found for these values, or None."""
        return next(iter(self.rows(**values)), None)

    def _compile(self, connection: BaseDatabaseWrapper) -> _Compiled:
        given = stand_ins(self._kinds)
        query = self._make(**given).query
        compiler: Any = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        values = named_values(connection, given, params)
        chosen = compiler.klass_info["select_fields"]
        own = slice(chosen[0], chosen[-1] + 1)
        converters = compiler.get_converters([column[0] for column in compiler.select])
        made = self._compiled[connection.vendor] = _Compiled(
            sql=sql,
            values=values,
            converters=tuple((at, found, column) for at, (found, column) in converters.items()),
            model=compiler.klass_info["model"],
            columns=[column[0].target.attname for column in compiler.select[own]],
            own=own,
            # The stubs are those of a later Django.
            populators=get_related_populators(  # type: ignore[call-arg]
                compiler.klass_info, compiler.select, connection.alias
            ),
            annotations=compiler.annotation_col_map,
        )
        return made


class PreparedTexts:
    """A queryset of texts alone, such as a union of `values_list`s; otherwise like `Prepared`."""

    def __init__(self, make: "Callable[..., QuerySet[Any, Any]]", **kinds: type[Value]) -> None:
        self._make = make
        self._kinds = kinds
        self._compiled: dict[str, tuple[str, Places]] = {}

    def rows(self, **values: Value) -> list[tuple[str, ...]]:
        """Return the texts found for these values, a tuple for each row.

        Raises: KeyError when a value is missing.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places = self._compiled.get(connection.vendor) or self._compile(connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, filled(connection, places, values))
            return cast("list[tuple[str, ...]]", cursor.fetchall())

    def _compile(self, connection: BaseDatabaseWrapper) -> tuple[str, Places]:
        given = stand_ins(self._kinds)
        sql, params = self._make(**given).query.get_compiler(connection=connection).as_sql()
        made = sql, named_values(connection, given, params)
        self._compiled[connection.vendor] = made
        return made


class PreparedIn(Generic[M]):
    """A queryset of rows that are asked for by their numbers, a few or many at a time.

    It is compiled for one number, 8 and 64: fewer are filled up with the last, which changes
    nothing, and more are asked for in turns. `make` gets the numbers as a list, and named values
    as with `Prepared`.
    """

    def __init__(self, make: Callable[..., "QuerySet[M]"], **kinds: type[Value]):
        self._of_size = {size: _of_size(make, size, kinds) for size in _SIZES}

    def rows(self, numbers: Iterable[int], **values: Value) -> list[M]:
        """Return the objects found for these numbers and values, in no order."""
        found: list[M] = []
        left = list(dict.fromkeys(numbers))
        while left:
            some, left = left[: _SIZES[-1]], left[_SIZES[-1] :]
            size = next(size for size in _SIZES if size >= len(some))
            filled = some + some[-1:] * (size - len(some))
            named = {f"n{at}": number for at, number in enumerate(filled)}
            found += self._of_size[size].rows(**named, **values)
        return found


_SIZES = (1, 8, 64)


def _of_size(
    make: Callable[..., "QuerySet[M]"], size: int, kinds: Mapping[str, type[Value]]
) -> Prepared[M]:
    names = [f"n{at}" for at in range(size)]

    def made(**given: Any) -> "QuerySet[M]":
        return make([given.pop(name) for name in names], **given)

    return Prepared(made, **dict.fromkeys(names, int), **kinds)


def stand_ins(kinds: Mapping[str, type[Value]]) -> dict[str, Value]:
    """Return a value of each kind that stands for a name while a query is compiled."""
    return {name: _stand_in(kind, at) for at, (name, kind) in enumerate(kinds.items())}


def _stand_in(kind: type[Value], at: int) -> Value:
    if kind is datetime:
        return _INSTANTS + timedelta(seconds=at)
    return _INTEGERS + at if kind is int else f"the {at}th value"


def named_values(
    connection: BaseDatabaseWrapper, given: Mapping[str, Value], params: Sequence[Any]
) -> Places:
    """Return a query's values in order: the name of one that is filled in, or the value itself.

    Raises: TypeError when a name did not reach the query.
    """
    names = {adapted(connection, value): name for name, value in given.items()}
    values = tuple((names.get(param, ""), param) for param in params)
    if missing := given.keys() - {name for name, _ in values}:
        msg = f"the query does not hand on {', '.join(sorted(missing))}"
        raise TypeError(msg)
    return values


def filled(
    connection: BaseDatabaseWrapper, places: Places, values: Mapping[str, Value]
) -> list[Any]:
    """Return a query's values in order, with those that are given now in the places of names.

    Raises: KeyError when one is missing.
    """
    given = {name: adapted(connection, value) for name, value in values.items()}
    return [given[name] if name else fixed for name, fixed in places]


def adapted(connection: BaseDatabaseWrapper, value: Value) -> Any:
    """Return a value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _object(compiled: _Compiled, row: list[Any], connection: BaseDatabaseWrapper) -> Model:
    for at, converters, column in compiled.converters:
        for convert in converters:
            row[at] = convert(row[at], column, connection)
    made = compiled.model.from_db(connection.alias, compiled.columns, row[compiled.own])
    for populator in compiled.populators:
        populator.populate(row, made)
    for name, at in compiled.annotations.items():
        setattr(made, name, row[at])
    return made
