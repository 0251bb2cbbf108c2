"""The journal number in a page: the one thing in it that may differ from a fresh render."""

import re

_NUMBER = re.compile(
    rb'(<meta name="dateline-journal" content="'
    rb'|<(?:live-newsfeed|live-coverage|chat-room) [^>]*after=")\d+'
    rb'|<data value="(\d+)">\2</data>'
    rb'|(^\{"journal":)\d+'
)


def without_journal(body: bytes) -> bytes:
    """Return a page without the number of the journal entry it was built at.

    A page stays as it is while entries come that do not touch it; a fresh render of the same state
    would name a higher number.
    """
    return _NUMBER.sub(lambda found: found[1] or found[3] or b"", body)
