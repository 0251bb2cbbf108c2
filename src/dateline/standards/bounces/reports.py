"""Reports that come by mail: of delivery (DSN, RFC 3464) and complaints (ARF, RFC 5965).

They come from anybody, so nothing in them is believed beyond its form: whoever acts on a report
first finds the letter it is about, by the signed address it came to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from itertools import islice

from dateline.standards.bounces.status import Verdict, best_status, verdict_of
from dateline.standards.errors import CopyError
from dateline.standards.text.clean import fold

MOST_BYTES = 2 << 20
"""Of a mail; what is larger is left to a person."""
_MOST_PARTS = 100
_MOST_BLOCKS = 200
_MOST_WORDS = 500
_ORIGINALS = frozenset({"message/rfc822", "text/rfc822-headers", "message/global"})
_REACHED_BY = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


@dataclass(frozen=True, slots=True)
class Report:
    """What one report says of one address.

    Shape: `address` in lower case, empty where a complaint hides it; `status` such as 5.1.1 or
    empty; `words` the other server's own, at most 500 characters; `message_id` of our letter with
    its brackets, or empty; `came_to` the addresses the report itself was sent to.
    """

    verdict: Verdict
    address: str
    status: str
    words: str
    message_id: str
    came_to: tuple[str, ...]


def read_reports(data: bytes) -> list[Report]:
    """Read a mail that came to the address for bounces, as it came.

    Raises:
        CopyError: `too-large`, `too-deep`; `no-report`: it is a mail of another kind, such as an
            answer by a person or by a machine that is away.
    """
    if len(data) > MOST_BYTES:
        raise _refused("too-large", f"it holds more than {MOST_BYTES >> 20} MiB")
    try:
        message = message_from_bytes(data, policy=compat32)
        parts = list(islice(_parts(message), _MOST_PARTS))
        found = [*_bounces(message, parts), *_complaints(message, parts)]
    except RecursionError as error:
        raise _refused("too-deep", "its parts nest too deep") from error
    if not found:
        raise _refused("no-report", "it reports nothing about a letter")
    return found


def _bounces(message: Message, parts: list[Message]) -> Iterator[Report]:
    for part in parts:
        if part.get_content_type() not in {
            "message/delivery-status",
            "message/global-delivery-status",
        }:
            continue
        for block in islice(_blocks(part), _MOST_BLOCKS):
            action = _field(block, "Action").lower()
            if action:
                yield _bounce(block, action, message, parts)


def _bounce(block: Message, action: str, message: Message, parts: list[Message]) -> Report:
    words = _after_type(_field(block, "Diagnostic-Code"))
    status = best_status(_field(block, "Status"), words)
    told = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
    verdicts = {"failed": verdict_of(status, words), "delayed": Verdict.DELAYED}
    if verdicts["failed"] is Verdict.DELIVERED:
        verdicts["failed"] = Verdict.SOFT
    return Report(
        verdict=verdicts.get(action, Verdict.DELIVERED),
        address=_address(_after_type(told)),
        status=str(status or ""),
        words=words,
        message_id=_message_id(parts),
        came_to=came_to(message),
    )


def _complaints(message: Message, parts: list[Message]) -> Iterator[Report]:
    for part in parts:
        if part.get_content_type() != "message/feedback-report":
            continue
        for block in islice(_blocks(part), 1):
            kind = _field(block, "Feedback-Type").lower()
            if kind:
                yield Report(
                    verdict=Verdict.DELIVERED if kind == "not-spam" else Verdict.COMPLAINT,
                    address=_address(_field(block, "Original-Rcpt-To")),
                    status="",
                    words=kind,
                    message_id=_message_id(parts),
                    came_to=came_to(message),
                )


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail, but none of those inside a mail that it carries."""
    yield message
    inside = message.get_payload() if message.is_multipart() else []
    if message.get_content_maintype() == "multipart" and isinstance(inside, list):
        for part in inside:
            if isinstance(part, Message):
                yield from _parts(part)


def _blocks(part: Message) -> Iterator[Message]:
    """Yield the groups of fields of a report."""
    inside = part.get_payload()
    for block in inside if isinstance(inside, list) else []:
        if isinstance(block, Message):
            yield block


def _message_id(parts: list[Message]) -> str:
    for part in parts:
        if part.get_content_type() not in _ORIGINALS:
            continue
        inside = part.get_payload()
        if isinstance(inside, list):
            head: object = inside[0] if inside else None
        else:
            head = message_from_bytes(_bytes_of(part), policy=compat32)
        if isinstance(head, Message) and (found := _field(head, "Message-ID")):
            return found
    return ""


def _bytes_of(part: Message) -> bytes:
    made = part.get_payload(decode=True)
    return made if isinstance(made, bytes) else b""


def came_to(message: Message) -> tuple[str, ...]:
    """Return the addresses a mail came to, those of its way first, each once."""
    told = [str(value) for name in _REACHED_BY for value in message.get_all(name, [])]
    found = [address.lower() for _, address in getaddresses(told[:_MOST_PARTS]) if "@" in address]
    return tuple(dict.fromkeys(found))


def _field(block: Message, name: str) -> str:
    return fold(str(block.get(name, "")))[:_MOST_WORDS]


def _after_type(value: str) -> str:
    """Return what follows the type of a field: `rfc822; a@b` or `smtp; 550 no`."""
    kind, mark, rest = value.partition(";")
    return rest.strip() if mark and kind.replace("-", "").isalnum() else value


def _address(value: str) -> str:
    bare = value.strip().strip("<>").lower()
    return bare if bare.count("@") == 1 and " " not in bare else ""


def _refused(code: str, what: str) -> CopyError:
    return CopyError(code, what, cure="leave it to a person", where="the mail")
