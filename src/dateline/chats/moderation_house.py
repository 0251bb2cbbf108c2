"""The newsroom's rules for the moderation: its settings, its own words, its models, its sanctions.

Words and models are read again when they are a few seconds old: every process of every machine
follows what the newsroom changes, and a message costs no query for them.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dateline.chats.enums import MessageState
from dateline.chats.errors import ShutOut, TooSoon
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed
from dateline.chats.moderation_models import HouseWord, Sanction, TrainedModel
from dateline.chats.moderation_queries import newest_models, sanctions_in_force
from dateline.chats.moderation_rules import network_of
from dateline.chats.rules import MOST_LETTERS, wait_for
from dateline.common.prepared import Prepared
from dateline.moderation import House
from dateline.moderation.words import WordList, list_of
from dateline.readers.models import Reader

if TYPE_CHECKING:
    from dateline.moderation.model.trained import Model

_GOOD_FOR = 5.0


@dataclass
class _Known:
    """What a process has read, and when."""

    read_at: float = float("-inf")
    numbers: dict[str, int] = field(default_factory=dict)
    models: dict[str, "Model"] = field(default_factory=dict)
    words: dict[str, WordList] = field(default_factory=dict)


_known = _Known()


def house() -> House:
    """Return the newsroom's rules as they stand."""
    if time.monotonic() - _known.read_at > _GOOD_FOR:
        _read()
    chosen = settings.DATELINE
    return House(
        most_letters=MOST_LETTERS,
        most_links=chosen.chat_most_links,
        first_held=chosen.chat_first_held,
        known_sites=frozenset(host.partition(":")[0] for host in chosen.every_host),
        own_words=_known.words,
        models=_known.models if chosen.chat_model else {},
    )


def forget() -> None:
    """Have everything read again with the next message."""
    _known.read_at = float("-inf")


def _read() -> None:
    listed: dict[str, list[tuple[str, str]]] = {}
    for written, sort, language in HouseWord.objects.values_list("written", "sort", "language"):
        listed.setdefault(language, []).append((written, sort))
    numbers = newest_models()
    if numbers != _known.numbers:
        _known.models, _known.numbers = _models(numbers), numbers
    _known.words = {language: list_of(words) for language, words in listed.items()}
    _known.read_at = time.monotonic()


def _models(numbers: dict[str, int]) -> dict[str, "Model"]:
    from dateline.moderation.model.trained import Model  # noqa: PLC0415 - numpy, not at the start

    rows = TrainedModel.objects.filter(pk__in=numbers.values())
    return {row.language: Model.from_bytes(bytes(row.kept)) for row in rows}


def sanctions_of(by: Reader, now: datetime) -> dict[str, Sanction]:
    """Return the sanctions on a reader that are in force, by their kind."""
    return {sanction.kind: sanction for sanction in _IN_FORCE.rows(reader=by.pk, now=now)}


_IN_FORCE = Prepared(sanctions_in_force, reader=int, now=datetime)


def refuse_shut_out(by: Reader, now: datetime) -> dict[str, Sanction]:
    """Refuse a reader whom a moderator keeps from speaking; return what else is in force.

    Raises:
        ShutOut: suspended or banned; says until when.
    """
    found = sanctions_of(by, now)
    for kind in (Deed.BAN, Deed.SUSPEND):
        if kind in found:
            raise ShutOut(why=_sentence(found[kind]))
    return found


def refuse_too_soon(by: Reader, slow: Sanction | None, now: datetime) -> None:
    """Refuse a reader whom a moderator has slowed down, where the pace does not allow it yet.

    Raises:
        TooSoon: says how many seconds are left.
    """
    if slow is None:
        return
    last = Message.objects.filter(author=by).exclude(state=MessageState.REJECTED)
    last_at = last.order_by("-posted_at").values_list("posted_at", flat=True).first()
    seconds = wait_for(last_at=last_at, pace=timedelta(seconds=slow.pace_seconds), now=now)
    if seconds:
        raise TooSoon(seconds=seconds)


def place_of(address: str) -> str:
    """Return the digest by which a part of the network is kept, empty for what is no address."""
    network = network_of(address)
    if not network:
        return ""
    return salted_hmac("dateline.chats.origin", network, algorithm="sha256").hexdigest()[:16]


def _sentence(sanction: Sanction) -> str:
    decision = sanction.decision
    ground = decision.get_ground_display() if decision.ground else ""
    if sanction.until is None:
        told = _("a moderator has ended your part in the chats.")
    else:
        until = date_format(localtime(sanction.until), "SHORT_DATETIME_FORMAT")
        told = _("a moderator lets you speak again after {until}.").format(until=until)
    return f"{told} ({ground})" if ground else told
