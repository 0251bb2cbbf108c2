"""Single fields of a ninjs object: names, types, and what a wrong one means.

A field that decides whether, when or what may be published is refused when its type is wrong; a
descriptive field is left out with a warning. Source: IPTC ninjs 1.0 to 3.1, JSON Schema.
"""

from dataclasses import dataclass, field
from typing import Any

from dateline.standards.errors import CopyError
from dateline.standards.json_text import Json
from dateline.standards.text.clean import or_none


@dataclass(slots=True)
class Item:
    """One ninjs object with its keys in small letters, its place and the warnings so far."""

    values: Json
    path: str = ""
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, raw: Json, path: str = "") -> "Item":
        """Take an object; 3.x writes `versionCreated` where 1.x and 2.x write `versioncreated`.

        Raises:
            CopyError: `bad-item` when two keys differ in capitals alone.
        """
        values: Json = {}
        for key, value in raw.items():
            small = key.lower()
            if small in values:
                what = f"the key “{key[:60]}” stands twice in other capitals"
                raise CopyError("bad-item", what, cure="keep one of the two", where=path or "/")
            values[small] = value
        return cls(values, path)

    def at(self, key: str) -> str:
        """Name the place of a key, as a JSON pointer."""
        return f"{self.path}/{key}"

    def warn(self, key: str, what: str) -> None:
        """Remember that a field was left out and why."""
        self.warnings.append(f"{self.at(key)}: {what}")

    def has(self, *keys: str) -> str | None:
        """Give the first of the keys that is there at all, whatever its value."""
        return next((key for key in keys if key in self.values), None)

    def text(self, *keys: str) -> str | None:
        """Give the text of the first key that has one; a wrong type is left out with a warning."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str):
                folded = or_none(value)
                if folded:
                    return folded
            elif value is not None:
                self.warn(key, "this should be text and was left out")
        return None

    def must_be_text(self, *keys: str) -> str | None:
        """Give the text of a field that decides about publication.

        Raises:
            CopyError: `bad-item` when it is there and is no text.
        """
        key = self.has(*keys)
        value = self.values[key] if key else None
        if key is None or isinstance(value, str):
            return value
        raise CopyError(
            "bad-item", f"“{key}” should be text", cure="correct the item", where=self.at(key)
        )

    def objects(self, *keys: str) -> list["Item"]:
        """Give the objects of a list, or of an object of objects, as 1.x writes associations."""
        key = self.has(*keys)
        if key is None:
            return []
        value = self.values[key]
        named: list[tuple[str, Any]] = []
        if isinstance(value, dict):
            named = [(name, _named(name, one)) for name, one in value.items()]
        elif isinstance(value, list):
            named = [(str(at), one) for at, one in enumerate(value)]
        elif value is not None:
            self.warn(key, "this should be a list of objects and was left out")
        return [self._inner(key, name, one) for name, one in named if self._is_object(key, one)]

    def _inner(self, key: str, name: str, raw: Json) -> "Item":
        item = Item.of(raw, f"{self.at(key)}/{name}")
        item.warnings = self.warnings
        return item

    def _is_object(self, key: str, value: Any) -> bool:
        if isinstance(value, dict):
            return True
        self.warn(key, "an entry that is no object was left out")
        return False


def _named(name: str, value: Any) -> Any:
    """Give a 1.x rendition or association its key as its name."""
    return {"name": name, **value} if isinstance(value, dict) else value


def whole_number(value: Any) -> int | None:
    """Give a JSON number as int when it is whole, not a bool, and of sane size."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 1e15 and value == int(value) else None
