"""The phases in their order: what must not be said first, then what somebody should look at."""

from collections.abc import Callable

from dateline.moderation.phases import author, links, listed, model, repeats, shape, story
from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Note

Phase = Callable[[Case], Note | None]

FOR_EVERYBODY: tuple[Phase, ...] = (shape.length,)
"""What holds for members of staff too."""

PHASES: tuple[Phase, ...] = (
    *FOR_EVERYBODY,
    repeats.flood,
    repeats.repeated,
    listed.banned,
    story.pre_moderated,
    links.too_many,
    links.unknown,
    listed.spam,
    listed.suspect,
    repeats.said_by_others,
    author.history,
    author.neighbourhood,
    author.first_messages,
    shape.capitals,
    model.suspicion,
)
"""The first that finds anything decides; the others are noted, for moderators to see."""
