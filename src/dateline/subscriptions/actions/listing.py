"""Taking in a list of subscribers: their choices and their consent, and nobody who had left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import IntegrityError, OperationalError, transaction

from dateline.common import clock
from dateline.common.together import together
from dateline.people.models import Account
from dateline.standards.subscribers.facts import Listed
from dateline.subscriptions.actions.follow import Choice, Told
from dateline.subscriptions.actions.listed_batch import Batch
from dateline.subscriptions.actions.listed_choices import ListOrder, choices_asked
from dateline.subscriptions.actions.rehearsal import Rehearsal
from dateline.subscriptions.enums import Channel, Standing
from dateline.subscriptions.listing_rules import FOLLOWS, LEAVES, Fate, Here, Name, after_line
from dateline.subscriptions.models import Subscriber, Subscription
from dateline.subscriptions.queries import at_address

BATCH = 200
"""Lines taken at once: more are hardly quicker, and others who write wait for a batch."""
_TRIES = 3


def take_listed(*, by: Account | None, lines: Sequence[Listed], order: ListOrder) -> Counter[Fate]:
    """Take some lines of a list, all or none of them, and return what became of how many.

    Somebody who left here is not written to again, whatever a list says. Somebody who left there is
    not written to, unless they subscribed here since. Taken again, lines change nothing.

    Records: SubscriberChanged for a new one, new choices or one who left; SubscriberStopped.
    """
    for _ in range(_TRIES - 1):
        try:
            return together(lambda: _take(lines, order))
        except (IntegrityError, OperationalError):
            continue  # Somebody of these subscribed or left this moment: they are looked up again.
    return together(lambda: _take(lines, order))


def rehearse_listed(
    *, lines: Sequence[Listed], order: ListOrder, rehearsal: Rehearsal
) -> Counter[Fate]:
    """Return what would become of some lines after all that the rehearsal has seen so far."""
    before = _standing(_known(lines)) | rehearsal.of({one.address.lower() for one in lines})
    after = dict(before)
    fates = Counter(fate for _, fate, _ in _walk(lines, order, after))
    rehearsal.note({mail: one for mail, one in after.items() if one != before.get(mail)})
    return fates


@transaction.atomic
def _take(lines: Sequence[Listed], order: ListOrder) -> Counter[Fate]:
    known = _known(lines)
    batch, fates = Batch(known), Counter[Fate]()
    for listed, fate, missing in _walk(lines, order, _standing(known)):
        fates[fate] += 1
        if fate in FOLLOWS:
            batch.follow(listed, missing, _told(listed, order))
        elif fate in LEAVES:
            batch.stop(listed, order.edition, _told(listed, order))
    batch.store()
    return fates


def _walk(
    lines: Iterable[Listed], order: ListOrder, here: dict[str, Here]
) -> Iterator[tuple[Listed, Fate, list[Choice]]]:
    """Yield what becomes of each line and which choices it adds; `here` is kept up with that."""
    now = clock.now()
    for listed in lines:
        mail = listed.address.lower()
        before = here.get(mail)
        asked = choices_asked(listed, order)
        fate, after = after_line(listed, asked.keys(), before, now)
        if after is not None:
            here[mail] = after
        gets = before.gets if before else frozenset()
        yield listed, fate, [one for name, one in asked.items() if name not in gets]


def _known(lines: Iterable[Listed]) -> dict[str, Subscriber]:
    rows = Subscriber.objects.filter(at_address(*{one.address for one in lines}))
    return {one.mail: one for one in rows}


def _standing(known: Mapping[str, Subscriber]) -> dict[str, Here]:
    """Return how those who are known stand here, by address."""
    rows = Subscription.objects.filter(subscriber__in=known.values(), channel=Channel.MAIL)
    gets: dict[int, set[Name]] = {one.pk: set() for one in known.values()}
    for number, subject, edition in rows.values_list("subscriber", "subject", "edition"):
        gets[number].add((subject, edition))
    return {
        mail: Here(one.standing == Standing.STOPPED, one.made_at, frozenset(gets[one.pk]))
        for mail, one in known.items()
    }


def _told(listed: Listed, order: ListOrder) -> Told:
    return Told(
        words=listed.words,
        page=listed.agreed_from,
        address=listed.agreed_ip,
        language=listed.language,
        file=order.file,
        at=listed.agreed_at,
    )
