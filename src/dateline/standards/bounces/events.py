"""Reports as a provider's events: JSON, one or several, in the few words that all of them know."""

from typing import Any

from dateline.standards.bounces.reports import Report
from dateline.standards.bounces.status import Verdict, best_status, verdict_of
from dateline.standards.errors import CopyError
from dateline.standards.json_text import parse_json
from dateline.standards.text.clean import fold

_MOST_EVENTS = 1000
_MOST_WORDS = 500
_SURE = {"complaint": Verdict.COMPLAINT, "delivered": Verdict.DELIVERED, "delayed": Verdict.DELAYED}


def reports_in(data: bytes) -> list[Report]:
    """Read events: `{"events": [{"type", "message_id", "status", "words", "address"}]}`, or one.

    Shape: `type` is bounce, complaint, delivered or delayed; how hard a bounce is says `status`
    (such as 5.1.1), else its `words`. Only `type` and `message_id` are needed.

    Raises:
        CopyError: it is no JSON, no events, or too many.
    """
    try:
        said: Any = parse_json(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _refused("it is no UTF-8") from error
    events = said.get("events", [said]) if isinstance(said, dict) else said
    if not isinstance(events, list) or not 0 < len(events) <= _MOST_EVENTS:
        raise _refused(f"it holds no events, or more than {_MOST_EVENTS}")
    return [_report(event) for event in events]


def _report(event: object) -> Report:
    given = event if isinstance(event, dict) else {}
    kind, words = _text(given, "type").lower(), _text(given, "words")
    status = best_status(_text(given, "status"), words)
    if kind == "bounce":
        verdict = verdict_of(status, words)
        verdict = Verdict.SOFT if verdict is Verdict.DELIVERED else verdict
    elif kind in _SURE:
        verdict = _SURE[kind]
    else:
        raise _refused("an event's type is bounce, complaint, delivered or delayed")
    message = _text(given, "message_id").strip("<>")
    return Report(
        verdict=verdict,
        address=_text(given, "address").lower(),
        status=str(status or ""),
        words=words or kind,
        message_id=f"<{message}>" if message else "",
        came_to=(),
    )


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    return fold(value)[:_MOST_WORDS].strip() if isinstance(value, str) else ""


def _refused(why: str) -> CopyError:
    return CopyError("no-events", why, cure="send events as the docs show", where="the request")
