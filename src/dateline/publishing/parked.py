"""What a person does about effects: see how they fare, and replay what was parked."""

from collections.abc import Iterator
from http import HTTPStatus

from dateline.common.errors import DatelineError
from dateline.journal.queries import cursor_of, head
from dateline.publishing.effects import EFFECTS, Effect
from dateline.publishing.lane import replay_parked
from dateline.publishing.models import Parked


class NotParked(DatelineError):
    """A person named an effect and an entry that nothing is parked for."""

    code = "not-parked"
    status = HTTPStatus.NOT_FOUND
    sentence = "Nothing is parked for {effect} at {seq}; `dateline effects list` shows what is."


def effect_by_name(name: str) -> Effect | None:
    """Return an effect of the table, or None."""
    return next((effect for effect in EFFECTS if effect.name == name), None)


def lines() -> Iterator[str]:
    """Yield a line for each effect and one for each parked failure."""
    newest = head()
    for effect in EFFECTS:
        done = cursor_of(effect.name)
        yield f"{effect.name}: at {done} of {newest}. {effect.sentence}"
    for parked in Parked.objects.all():
        last = parked.error.strip().splitlines()[-1]
        yield f"parked: {parked.effect} {parked.seq} after {parked.tries} tries: {last}"


def replay_one(name: str, seq: int) -> bool:
    """Run a parked effect once more and return whether it worked.

    Raises:
        NotParked: there is no such effect or nothing is parked for it there.
    """
    effect = effect_by_name(name)
    parked = Parked.objects.filter(effect=name, seq=seq).first()
    if effect is None or parked is None:
        raise NotParked(effect=name, seq=seq)
    return replay_parked(effect=effect, parked=parked)
