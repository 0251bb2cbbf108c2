"""JSON to values, hardened: strict numbers, no key twice, an error that names line and column."""

import json
from typing import Any, NoReturn

from dateline.standards.errors import CopyError

Json = dict[str, Any]
_MOST_NODES = 200_000


def parse_json(text: str) -> Any:
    """Parse JSON text.

    Raises:
        CopyError: `bad-json` for wrong syntax, a key twice, NaN or a number beyond measure;
            `too-deep` for nesting beyond the parser's limit; `too-large` for too many values.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        message = error.msg[:1].lower() + error.msg[1:]
        raise CopyError(
            "bad-json", f"the JSON is broken: {message}", cure="correct the file", where=where
        ) from None
    except RecursionError:
        raise CopyError(
            "too-deep", "the JSON nests too deep", cure="send a flatter document"
        ) from None
    except CopyError:
        raise
    except ValueError as error:
        raise CopyError(
            "bad-json", f"the JSON holds a value that cannot be kept: {error}", cure="correct it"
        ) from None
    _check_count(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = _first_twice(pairs)
        what = f"the key “{twice[:60]}” stands twice in one object"
        raise CopyError("bad-json", what, cure="keep one of the two", where=f"/{twice[:60]}")
    return made


def _first_twice(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            break
        seen.add(key)
    return key


def _no_constant(word: str) -> NoReturn:
    raise CopyError("bad-json", f"{word} is not JSON", cure="use a number or null")


def _check_count(value: Any) -> None:
    """Count values without recursion; the parser has already bounded the depth."""
    waiting, seen = [value], 0
    while waiting:
        one = waiting.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        seen += len(inside)
        if seen > _MOST_NODES:
            what = f"the JSON holds more than {_MOST_NODES} values"
            raise CopyError("too-large", what, cure="split it")
        waiting.extend(inside)
