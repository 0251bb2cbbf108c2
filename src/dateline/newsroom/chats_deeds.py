"""What the buttons of the moderators' screens do: one action each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_models import Decision
from dateline.chats.moderation_queries import messages_for_desk
from dateline.common.numbers import whole_number
from dateline.newsroom.chats_forms import WhyForm
from dateline.people.models import Account


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a button: a sentence, the messages it concerned, the decisions to undo."""

    said: str
    messages: tuple[int, ...] = ()
    decisions: tuple[int, ...] = ()


def numbers_in(data: QueryDict, name: str) -> list[int]:
    """Return the whole numbers given under a name, each once."""
    found = (whole_number(text) for text in data.getlist(name))
    return list(dict.fromkeys(number for number in found if number is not None))


def do(request: HttpRequest) -> Done | None:
    """Do what a button says, or return None where it says nothing known."""
    by: Account = request.user  # type: ignore[assignment]
    action, data = request.POST.get("action", ""), request.POST
    if action == "undo":
        return _undo(by, data)
    if action.startswith("reject:"):
        ground = action.removeprefix("reject:")
        return _decide(by, data, Deed.REJECT, ground if ground in Ground.values else Ground.OTHER)
    deed = {"approve": Deed.APPROVE, "feature": Deed.FEATURE, "unfeature": Deed.UNFEATURE}
    return _decide(by, data, deed[action]) if action in deed else None


_SAID: dict[Deed, Callable[[int], str]] = {
    Deed.APPROVE: lambda n: ngettext("{n} message approved.", "{n} messages approved.", n),
    Deed.REJECT: lambda n: ngettext("{n} message rejected.", "{n} messages rejected.", n),
    Deed.FEATURE: lambda n: ngettext("{n} message featured.", "{n} messages featured.", n),
    Deed.UNFEATURE: lambda n: ngettext(
        "{n} message is no longer featured.", "{n} messages are no longer featured.", n
    ),
}


def _decide(by: Account, data: QueryDict, deed: Deed, ground: str = "") -> Done:
    messages = messages_for_desk(numbers_in(data, "message"))
    why = WhyForm({**data.dict(), "ground": ground}).why()
    decided: Sequence[Decision] = moderate(by=by, messages=messages, deed=deed, why=why)
    if not decided:
        return Done(_("Nothing was done: somebody else has decided meanwhile."))
    numbers = tuple(one.message_id for one in decided if one.message_id)
    said = _SAID[deed](len(decided)).format(n=len(decided))
    return Done(said, numbers, tuple(one.pk for one in decided))


def _undo(by: Account, data: QueryDict) -> Done:
    decisions = Decision.objects.filter(pk__in=numbers_in(data, "decision")).order_by("-pk")
    numbers = []
    for decision in decisions:
        undo_decision(by=by, decision=decision)
        numbers.append(decision.message_id)
    return Done(_("Undone."), tuple(number for number in numbers if number))
