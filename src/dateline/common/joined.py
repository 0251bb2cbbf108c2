"""Texts of several rows as one, in a subquery that brings them along with something else."""

from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, CharField, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler


class Joined(Aggregate):
    """The texts of a group with a space between them, in no order; NULL of none."""

    function = "GROUP_CONCAT"
    output_field: ClassVar = CharField()

    def __init__(self, text: Combinable | str, **extra: Any) -> None:
        super().__init__(text, Value(" "), **extra)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        """Return it as PostgreSQL calls it."""
        return super().as_sql(compiler, connection, function="STRING_AGG")
