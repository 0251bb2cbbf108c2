"""How far each effect has come, and how long the oldest entry it has not seen has waited."""

from dataclasses import dataclass
from datetime import timedelta

from dateline.common import clock
from dateline.journal.queries import cursor_of, first_time_after
from dateline.publishing.effects import EFFECTS


@dataclass(frozen=True, slots=True)
class EffectState:
    """An effect's cursor in the journal, and its delay: none when it has seen everything."""

    name: str
    cursor: int
    delay: timedelta


def effect_states() -> list[EffectState]:
    """Return the state of every effect, in the order of the table."""
    now = clock.now()
    states = []
    for effect in EFFECTS:
        cursor = cursor_of(effect.name)
        waits_since = first_time_after(cursor)
        delay = max(timedelta(0), now - waits_since) if waits_since else timedelta(0)
        states.append(EffectState(name=effect.name, cursor=cursor, delay=delay))
    return states
