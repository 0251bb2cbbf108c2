"""What a context is: a frozen dataclass whose fields say what they are for."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

from django.utils.safestring import SafeString

T = TypeVar("T")
NO_HTML = SafeString("")


def says(text: str, *, default: Any = MISSING) -> Any:
    """Declare a field of a context with its help text.

    Args:
        text: One sentence for whoever writes a template.
        default: Value when the view gives none; without it the field is required.
    """
    if default is MISSING:
        return field(metadata={"help": text})
    return field(default=default, metadata={"help": text})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(says,))
def context(cls: type[T]) -> type[T]:
    """Make a class a context: frozen, keyword-only, slotted."""
    make: Callable[[type[T]], type[T]] = dataclass(frozen=True, kw_only=True, slots=True)
    return make(cls)


def template_values(given: Any) -> dict[str, Any]:
    """Return the fields of a context as the values its template sees."""
    return {one.name: getattr(given, one.name) for one in fields(given)}
