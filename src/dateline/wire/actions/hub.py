"""The hub's book: who asked, who is told of which feed, and what they said.

Nothing here reaches a reader or is told to the journal: these rows are bookkeeping between
machines, like an effect's cursor. Of a feed they say only when it is to be looked at again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db import transaction

from dateline.common import clock
from dateline.standards.websub import Asked
from dateline.wire.enums import Told
from dateline.wire.errors import HubBusy
from dateline.wire.models import HubKey, HubRequest, HubSubscriber, HubTopic
from dateline.wire.queries import is_known_to_hub, topics_made_from
from dateline.wire.rules import is_dead, next_try_after

MOST_WAITING = 1000
MOST_WAITING_OF_ONE = 100
MOST_SUBSCRIBERS = 10_000
MOST_OF_ONE = 200
"""Feeds that one site is told of."""
MOST_SEARCHES = 200
"""Searches that anybody is told of: each is looked at again at every publication."""
_MOST_ANSWER = 200


@transaction.atomic
def ask_hub(*, by: None, asked: Asked, site: str) -> HubRequest:
    """Write a request down, for the runner to ask its callback; asked again it waits once.

    `site` is whose the callback is: only so many of one may wait and be told.

    Raises:
        HubBusy: too many wait already, or are told.
    """
    same = HubRequest.objects.filter(topic=asked.topic, callback=asked.callback)
    same.delete()
    waiting = HubRequest.objects.count()
    of_one = HubRequest.objects.filter(site=site).count()
    if waiting >= MOST_WAITING or of_one >= MOST_WAITING_OF_ONE:
        raise HubBusy
    mark = _mark(asked.callback)
    if asked.mode == "subscribe" and not is_known_to_hub(asked.topic, mark):
        _refuse_too_many(asked.topic, site)
    return HubRequest.objects.create(
        mode=asked.mode,
        topic=asked.topic,
        callback=asked.callback,
        site=site,
        secret=asked.secret,
        lease=asked.lease,
    )


def _refuse_too_many(topic: str, site: str) -> None:
    told = HubSubscriber.objects.count()
    of_one = HubSubscriber.objects.filter(site=site).count()
    is_full = told >= MOST_SUBSCRIBERS or of_one >= MOST_OF_ONE
    if not is_full and "?" in topic and not HubTopic.objects.filter(address=topic).exists():
        is_full = HubTopic.objects.filter(address__contains="?").count() >= MOST_SEARCHES
    if is_full:
        raise HubBusy


@transaction.atomic
def confirm_request(
    *, by: None, request: HubRequest, digest: str, keys: Iterable[str]
) -> HubSubscriber | None:
    """Do what a request asked for, now that its callback has confirmed it.

    `digest` and `keys` are of the feed as it is: who has just come is told of what follows.
    """
    mark = _mark(request.callback)
    request.delete()
    if request.mode == "unsubscribe":
        HubSubscriber.objects.filter(topic__address=request.topic, mark=mark).delete()
        _forget_unheard()
        return None
    # It is looked at once more: what changed while its callback was asked had no mark to set.
    topic, is_new = HubTopic.objects.get_or_create(
        address=request.topic, defaults={"digest": digest, "changed_at": clock.now()}
    )
    if is_new:
        _keep_keys(topic, keys)
    made, _ = HubSubscriber.objects.update_or_create(
        topic=topic,
        mark=mark,
        defaults={
            "callback": request.callback,
            "site": request.site,
            "secret": request.secret,
            "leased_until": clock.now() + request.lease,
        },
    )
    return made


def deny_request(*, by: None, request: HubRequest) -> None:
    """Forget a request that was not confirmed; what there was before stays as it is."""
    request.delete()


def mark_changed(*, by: None, keys: Iterable[str]) -> int:
    """Note that feeds made from any of these keys may have changed, and return how many."""
    touched = topics_made_from(keys)
    if touched:
        HubTopic.objects.filter(pk__in=touched).update(changed_at=clock.now())
    return len(touched)


@transaction.atomic
def renew_topic(*, by: None, topic: HubTopic, digest: str, keys: Iterable[str]) -> int:
    """Note how a feed is now and return how many are to be told: nobody if it is as it was.

    A mark that was set while the feed was looked at stays.
    """
    now = clock.now()
    HubTopic.objects.filter(pk=topic.pk, changed_at=topic.changed_at).update(changed_at=None)
    if digest == topic.digest:
        return 0
    HubTopic.objects.filter(pk=topic.pk).update(digest=digest)
    _keep_keys(topic, keys)
    told = HubSubscriber.objects.filter(topic=topic, leased_until__gt=now)
    return told.update(due_at=now, tries=0)


def settle(*, by: None, subscriber: HubSubscriber, told: Told, answer: str) -> None:
    """Note what became of telling a subscriber.

    One whose feed changed again meanwhile stays due; one that is gone, or has failed for a week, is
    forgotten.
    """
    now = clock.now()
    mine = HubSubscriber.objects.filter(pk=subscriber.pk)
    failing_since = subscriber.failing_since or now
    if told is Told.GONE or (told is Told.FAILED and is_dead(failing_since, now)):
        mine.delete()
        _forget_unheard()
        return
    unchanged = mine.filter(due_at=subscriber.due_at)
    if told is Told.YES:
        mine.update(told_at=now, answer=answer[:_MOST_ANSWER], failing_since=None)
        unchanged.update(due_at=None, tries=0)
        return
    tries = subscriber.tries + 1
    delay = next_try_after(tries)
    mine.update(answer=answer[:_MOST_ANSWER], failing_since=failing_since)
    unchanged.update(due_at=now + delay if delay else None, tries=tries)


def postpone(*, by: None, subscriber: HubSubscriber, rest: timedelta) -> None:
    """Tell a subscriber later, whose site is left alone for now; unless its feed changes again."""
    mine = HubSubscriber.objects.filter(pk=subscriber.pk, due_at=subscriber.due_at)
    mine.update(due_at=clock.now() + rest)


def forget_expired(*, by: None, now: datetime) -> None:
    """Forget the subscribers whose lease has ended, and the feeds that nobody is told of."""
    ended = HubSubscriber.objects.filter(leased_until__lte=now)
    if ended.exists():  # Asked every second: a transaction would lock the whole of SQLite.
        with transaction.atomic():
            ended.delete()
            _forget_unheard()


def _forget_unheard() -> None:
    """Forget the feeds that nobody is told of."""
    HubTopic.objects.filter(subscribers__isnull=True).delete()


def _keep_keys(topic: HubTopic, keys: Iterable[str]) -> None:
    wanted, known = set(keys), set(topic.keys.values_list("key", flat=True))
    topic.keys.filter(key__in=known - wanted).delete()
    HubKey.objects.bulk_create(HubKey(topic=topic, key=key) for key in sorted(wanted - known))


def _mark(callback: str) -> str:
    return blake2b(callback.encode(), digest_size=16).hexdigest()
