"""Bytes of the event stream: each block is made here, and only here.

Source: WHATWG HTML, section 9.2 (server-sent events). A block without `data` moves the browser's
last event id and dispatches nothing, which makes it the right heartbeat.
"""

import re

from dateline.stream.errors import EventNameError

_LINE_END = re.compile(rb"\r\n|\r|\n")


def frame(seq: int, event: str, data: bytes) -> bytes:
    """Return one event as a block that cannot be broken out of.

    Shape: line ends inside `data` start a further `data:` line, as browsers join them again.
    Raises: EventNameError for an empty name or one with a line end in it.
    """
    if not event or "\r" in event or "\n" in event:
        raise EventNameError(name=event)
    if b"\n" in data or b"\r" in data:
        data = b"\ndata: ".join(_LINE_END.split(data))
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (seq, event.encode(), data)


def beat(seq: int) -> bytes:
    """Return the block that only moves the browser's cursor to `seq`."""
    return b"id: %d\n\n" % seq


def reset(head: int) -> bytes:
    """Return the event that tells a browser to load its lists again and go on from `head`."""
    return b'id: %d\nevent: reset\ndata: {"head":%d}\n\n' % (head, head)


def retry(milliseconds: int) -> bytes:
    """Return the block that says how long to wait before coming back."""
    return b"retry: %d\n\n" % milliseconds
