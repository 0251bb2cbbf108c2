"""What the moderation found, in a moderator's words."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground
from dateline.moderation import Reason

_SAID: dict[str, Callable[[], str]] = {
    Reason.EMPTY: lambda: _("it says nothing"),
    Reason.TOO_LONG: lambda: _("it is too long"),
    Reason.TOO_FAST: lambda: _("its author writes too fast"),
    Reason.SAID_ALREADY: lambda: _("its author said the same before"),
    Reason.SAID_BY_OTHERS: lambda: _("others said the same, word for word"),
    Reason.BANNED_WORD: lambda: _("banned words"),
    Reason.TOO_MANY_LINKS: lambda: _("many links"),
    Reason.UNKNOWN_SITE: lambda: _("a newcomer's link to an unknown site"),
    Reason.SUSPECT_WORD: lambda: _("suspect words"),
    Reason.SPAM_WORDS: lambda: _("words of advertising"),
    Reason.SHOUTING: lambda: _("written in capitals"),
    Reason.AUTHOR_REJECTED: lambda: _("much of its author's was rejected"),
    Reason.FIRST_MESSAGES: lambda: _("one of its author's first messages"),
    Reason.NEIGHBOURHOOD: lambda: _("a newcomer from where banned accounts came"),
    Reason.PRE_MODERATED: lambda: _("the chat is looked at first"),
    Reason.MODEL: lambda: _("much like what moderators reject"),
    Deed.HOLD.value: lambda: _("several readers reported it"),
    Deed.SHADOW.value: lambda: _("its author is shown to nobody else"),
}


def because(message: Message) -> list[str]:
    """Return everything the moderation found in a message, the deciding first, as phrases."""
    notes = message.found.get("notes", []) if isinstance(message.found, dict) else []
    told = list(_phrases(notes))
    own = _SAID.get(message.why)
    if own is not None and message.why not in {note.get("reason") for note in notes}:
        told.insert(0, own())
    elif message.why in Ground.values:
        told.insert(0, str(Ground(message.why).label))
    return told


def _phrases(notes: list[dict[str, Any]]) -> Iterator[str]:
    for note in notes:
        said = _SAID.get(note.get("reason", ""))
        details = ", ".join(map(str, note.get("details", [])))
        if said is not None:
            yield f"{said()}: {details}" if details else said()
