"""Bytes of the event stream: each block is made here, and only here.

Source: WHATWG HTML, section 9.2 (server-sent events). A block without `data` moves the browser's
last event id and dispatches nothing, which makes it the right heartbeat.
"""

import json
import re
from collections.abc import Iterable, Mapping

from dateline.stream.errors import EventNameError

_LINE_END = re.compile(rb"\r\n|\r|\n")


def frame(seq: int, event: str, data: bytes, channels: Iterable[str] = ()) -> bytes:
    """Return one event as a block that cannot be broken out of.

    Shape: line ends inside `data` start a further `data:` line, as browsers join them again. The
    field `channels` lets pages that share a connection tell whose an event is; whoever does not
    know the field passes over it.
    Raises: EventNameError for an empty event or a channel with a line end in it.
    """
    heard = ",".join(channels)
    if not event or _LINE_END.search(f"{event}{heard}".encode()):
        raise EventNameError(name=event)
    if b"\n" in data or b"\r" in data:
        data = b"\ndata: ".join(_LINE_END.split(data))
    named = b"channels: %b\n" % heard.encode() if heard else b""
    return b"id: %d\nevent: %b\n%bdata: %b\n\n" % (seq, event.encode(), named, data)


def beat(seq: int) -> bytes:
    """Return the block that only moves the browser's cursor to `seq`."""
    return b"id: %d\n\n" % seq


def reset(head: int) -> bytes:
    """Return the event that tells a browser to load its lists again and go on from `head`."""
    return b'id: %d\nevent: reset\ndata: {"head":%d}\n\n' % (head, head)


def retry(milliseconds: int) -> bytes:
    """Return the block that says how long to wait before coming back."""
    return b"retry: %d\n\n" % milliseconds


def reading(counts: Mapping[str, int]) -> bytes:
    """Return the event that says how many read each of some channels; it is no news, so has no id.

    Source: WHATWG HTML, section 9.2.6: the last event id stays what it was.
    """
    data = json.dumps(counts, separators=(",", ":")).encode()
    return b"event: reading\nchannels: %b\ndata: %b\n\n" % (",".join(counts).encode(), data)
