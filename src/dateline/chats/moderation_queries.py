"""What moderators have before them, and what is known of messages and readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from dateline.chats.enums import MessageState
from dateline.chats.models import Message
from dateline.chats.moderation_enums import Deed, Ground, Queue
from dateline.chats.moderation_models import (
    Appeal,
    Decision,
    HouseWord,
    Origin,
    Report,
    Sanction,
    TrainedModel,
)
from dateline.chats.moderation_rules import (
    CHANGES_MESSAGE,
    ORIGIN_KEPT,
    SILENCES,
    TEACHES,
)
from dateline.common import clock
from dateline.common.prepared import Prepared
from dateline.people.models import Account
from dateline.readers.models import Reader

MOST_COUNTED = 100
_SHOWN = ("author__account", "chat__story__section", "chat__section", "chat__edition", "answers")
_DECIDED = ("message__chat__story", "reader", "by")
_BACKEND = "django.contrib.auth.backends.ModelBackend"
MODERATE = "chats.moderate_chats"
_MODERATED = Q(by__isnull=False) & Q(undone_at__isnull=True)


def open_reports(*, is_legal: bool) -> QuerySet[Report]:
    """Return the reports nobody has settled: notices by law, or all others."""
    found = Report.objects.filter(settled_at__isnull=True)
    return found.exclude(law="") if is_legal else found.filter(law="")


def waiting(queue: str, section: int | None = None) -> QuerySet[Message]:
    """Return the messages of a queue, all sections or one; the order is for whoever asks.

    Shape: what is new are readable messages that no moderator has looked at.
    """
    found = Message.objects.select_related(*_SHOWN).defer("chat__story__body", "html")
    if queue == Queue.HELD:
        found = found.filter(state=MessageState.HELD).exclude(why=Deed.SHADOW)
    elif queue == Queue.NEW:
        seen = Decision.objects.filter(_MODERATED, message=OuterRef("pk"))
        found = found.filter(~Exists(seen), state=MessageState.PUBLISHED)
    else:
        reports = open_reports(is_legal=queue == Queue.LEGAL).order_by().values("message")
        found = found.filter(pk__in=reports).exclude(state=MessageState.DELETED)
    if section is not None:
        found = found.filter(Q(chat__story__section=section) | Q(chat__section=section))
    return found


def queue_page(
    queue: str, *, section: int | None = None, limit: int, before: int | None = None
) -> list[Message]:
    """Return messages of a queue: what waits longest first, what is new with the newest first.

    `before` is the number of the last message of the page before.
    """
    found = waiting(queue, section)
    newest_first = queue == Queue.NEW
    if before is not None:
        found = found.filter(pk__lt=before) if newest_first else found.filter(pk__gt=before)
    return list(found.order_by("-pk" if newest_first else "pk")[:limit])


def queue_counts(section: int | None = None) -> dict[str, int]:
    """Return how much waits in each queue, counted to a hundred and no further."""
    queues = (Queue.REPORTED, Queue.HELD, Queue.NEW, Queue.LEGAL)
    counted = {
        queue.value: len(waiting(queue, section).order_by().values_list("pk")[:MOST_COUNTED])
        for queue in queues
    }
    appeals = open_appeals().order_by().values_list("pk")
    return {**counted, Queue.APPEALS.value: len(appeals[:MOST_COUNTED])}


def open_appeals() -> QuerySet[Appeal]:
    """Return the appeals nobody has answered, the oldest first."""
    found = Appeal.objects.filter(answered_at__isnull=True).select_related(
        *(f"{side}__{part}" for side in ("decision", "report__settled_by") for part in _DECIDED)
    )
    # A notice that waits again is decided anew first.
    found = found.exclude(report__isnull=False, report__settled_by__isnull=True)
    return found.order_by("at", "pk")


def has_colleague(account: Account) -> bool:
    """Say whether somebody else may moderate too."""
    others = Account.objects.with_perm(MODERATE, backend=_BACKEND)
    return bool(others.exclude(pk=account.pk).exists())


def reports_of(messages: Sequence[Message]) -> dict[int, list[Report]]:
    """Return the open reports of messages, by the message's number, the oldest first."""
    found = Report.objects.filter(settled_at__isnull=True, message__in=messages)
    sorted_out: dict[int, list[Report]] = {}
    for report in found.select_related("reader").order_by("at", "pk"):
        sorted_out.setdefault(report.message_id, []).append(report)
    return sorted_out


def messages_for_desk(numbers: Sequence[int]) -> list[Message]:
    """Return messages by their numbers, whatever has become of them."""
    found = Message.objects.filter(pk__in=list(numbers)).select_related(*_SHOWN)
    return list(found.defer("chat__story__body").order_by("pk"))


def around(message: Message, *, each_way: int = 4) -> list[Message]:
    """Return what was said before and after a message in its chat, the message among it."""
    others = Message.objects.filter(chat=message.chat_id).exclude(state=MessageState.DELETED)
    others = others.select_related("author__account").defer("html")
    earlier = list(others.filter(pk__lt=message.pk).order_by("-pk")[:each_way])
    later = list(others.filter(pk__gt=message.pk).order_by("pk")[:each_way])
    return [*earlier[::-1], message, *later]


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a reader as one who speaks.

    Shape: `counts` are numbers of messages by state; `sanctions` those in force.
    """

    reader: Reader
    counts: dict[str, int]
    reports: int
    sanctions: list[Sanction]
    decisions: list[Decision]
    messages: list[Message]

    @property
    def gone(self) -> int:
        """How many messages moderators, or rules, refused."""
        gone = (MessageState.REJECTED, MessageState.REMOVED)
        return sum(self.counts.get(state.value, 0) for state in gone)


def record_of(reader: Reader, *, limit: int = 10) -> Record:
    """Return what a reader has said, and what moderators decided about it."""
    own = Message.objects.filter(author=reader)
    counts = dict(own.values_list("state").annotate(Count("pk")).order_by())
    decided = Decision.objects.filter(reader=reader).select_related("by", "message", "sanction")
    latest = own.exclude(state=MessageState.DELETED).select_related("chat__story", "chat__section")
    return Record(
        reader=reader,
        counts=counts,
        reports=Report.objects.filter(message__author=reader).count(),
        sanctions=list(sanctions_in_force(reader, clock.now())),
        decisions=list(decided.order_by("-at", "-pk")[: 2 * limit]),
        messages=list(latest.defer("chat__story__body").order_by("-pk")[:limit]),
    )


def sanctions_in_force(reader: Reader | int | OuterRef, now: datetime) -> QuerySet[Sanction]:
    """Return what a reader may not do now; times are compared here, nothing has to end them."""
    found = Sanction.objects.filter(reader=reader, lifted_at__isnull=True)
    in_force = found.filter(Q(until__isnull=True) | Q(until__gt=now))
    return in_force.select_related("decision").order_by("begins_at", "pk")


def reports_that_count(message: Message, now: datetime) -> QuerySet[Report]:
    """Return the open reports of a message by readers whom no moderator keeps from speaking."""
    found = Report.objects.filter(message=message, settled_at__isnull=True, law="")
    silent = sanctions_in_force(OuterRef("reader"), now).filter(kind__in=SILENCES)
    return found.exclude(Exists(silent))


def decision_by_key(key: str) -> Decision | None:
    """Return a decision by the key its reader was given, or None."""
    found = Decision.objects.filter(key=key) if key else Decision.objects.none()
    return found.select_related("message__chat__story__edition", "reader").first()


def report_by_key(key: str) -> Report | None:
    """Return a report by the key that whoever made it was given, or None."""
    found = Report.objects.filter(key=key) if key else Report.objects.none()
    return found.select_related(
        "message__chat__story", "message__chat__edition", "settled_by", "appeal"
    ).first()


def last_decision(message: Message) -> Decision | None:
    """Return what was done last to a message, undone decisions left out.

    A sanction for it, an appeal answered or a note are about its author, and change nothing of it.
    """
    found = Decision.objects.filter(message=message, undone_at__isnull=True)
    return found.filter(deed__in=CHANGES_MESSAGE).order_by("-pk").first()


def latest_decisions(*, limit: int, before: int | None = None) -> list[Decision]:
    """Return all acts of moderation, the newest first: the audit."""
    found = Decision.objects.select_related("by", "reader", "message__chat__story")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.defer("message__chat__story__body").order_by("-pk")[:limit])


def banned_neighbours(reader: Reader, now: datetime, *, place: str = "") -> int:
    """Return how many banned accounts spoke lately from where a reader spoke, or speaks now.

    Shape: `place` is the digest of where this request comes from, which may be nobody's so far.
    """
    found = _BANNED_NEAR.rows(reader=reader.pk, place=place, since=now - ORIGIN_KEPT)
    return len({sanction.reader_id for sanction in found})


def _banned_near(reader: int, place: str, since: datetime) -> QuerySet[Sanction]:
    lately = Origin.objects.filter(at__gt=since)
    places = lately.filter(reader=reader).values("place")
    before = Q(reader__in=lately.filter(place__in=places).values("reader"))
    now = Q(reader__in=lately.filter(place=place).values("reader"))
    banned = Sanction.objects.filter(
        before | now, kind__in=[Deed.BAN, Deed.SHADOW], lifted_at__isnull=True
    )
    return banned.exclude(reader=reader).only("reader")[:20]


_BANNED_NEAR = Prepared(_banned_near, reader=int, place=str, since=datetime)


def decided_texts(language: str, *, limit: int) -> list[tuple[str, bool]]:
    """Return what people decided of messages in a language, newest first: text, and whether no.

    Only grounds that lie in the words teach anything; what its author deleted has no words.
    """
    code = language.partition("-")[0].lower()
    decided = Decision.objects.filter(
        _MODERATED,
        Q(deed=Deed.APPROVE) | Q(deed=Deed.REJECT, ground__in=TEACHES),
        message__chat__edition__language__istartswith=code,
    ).exclude(message__text="")
    newest = decided.order_by("-pk").values_list("message", "message__text", "deed")[: 2 * limit]
    told: dict[int, tuple[str, bool]] = {}
    for message, text, deed in newest:
        told.setdefault(message, (text, deed == Deed.REJECT))
    return list(told.values())[:limit]


def newest_models() -> dict[str, int]:
    """Return the number of the newest trained model of each language."""
    found = TrainedModel.objects.values_list("language").annotate(newest=Max("pk")).order_by()
    return dict(found)


def decisions_since(language: str, since: datetime | None) -> int:
    """Return how many decisions that may teach something people have made in a language."""
    found = Decision.objects.filter(
        _MODERATED,
        deed__in=[Deed.APPROVE, Deed.REJECT],
        message__chat__edition__language__istartswith=language,
    )
    return found.filter(at__gt=since).count() if since else found.count()


def house_words() -> list[HouseWord]:
    """Return the newsroom's own words."""
    return list(HouseWord.objects.select_related("by"))


def grounds_reported(reports: Sequence[Report]) -> list[tuple[str, int]]:
    """Return the grounds of some reports with how often each was given, the most frequent first."""
    counted: dict[str, int] = {}
    for report in reports:
        counted[report.ground] = counted.get(report.ground, 0) + 1
    ranked = sorted(counted.items(), key=lambda pair: -pair[1])
    return [(str(Ground(ground).label), count) for ground, count in ranked]
