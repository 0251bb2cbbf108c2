"""What helps through a long story: its table of contents, the hours of live coverage."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.reader.contexts import BlockContext, LinkContext, SubheadContext
from dateline.stories.enums import Kind

LONG_IN_WORDS = 1200
LONG_IN_SUBHEADS = 4
_FEWEST = 2
_HOURS = 3
_HOUR = re.compile(r"(?P<hour>\d{1,2}[:.]\d\d)\s*[–—:-]\s*(?P<rest>.+)")


def with_hours(blocks: Sequence[BlockContext]) -> tuple[BlockContext, ...]:
    """Return the blocks of live coverage with the hours taken out of its subheads."""
    return tuple(_hour_apart(b) if isinstance(b, SubheadContext) else b for b in blocks)


def _hour_apart(subhead: SubheadContext) -> SubheadContext:
    found = _HOUR.fullmatch(subhead.text.strip())
    return replace(subhead, time_text=found["hour"], text=found["rest"]) if found else subhead


def contents_of(kind: str, blocks: Sequence[BlockContext], words: int) -> tuple[LinkContext, ...]:
    """Return the table of contents, empty where a story is short enough to do without."""
    subheads = [block for block in blocks if isinstance(block, SubheadContext)]
    fewest = _HOURS if kind == Kind.LIVE else LONG_IN_SUBHEADS
    if words > LONG_IN_WORDS:
        fewest = _FEWEST
    if len(subheads) < fewest:
        return ()
    return tuple(
        LinkContext(label=f"{one.time_text} {one.text}".strip(), url=f"#b-{one.block_id}")
        for one in subheads
    )
