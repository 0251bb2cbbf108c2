"""Browsers that take notifications: known by their endpoint alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from dateline.common.fetch import FetchRefused, place_of
from dateline.journal.record import record
from dateline.people.models import Account
from dateline.standards.push.sealing import BrowserKeys
from dateline.subscriptions.actions.clocks import learn_clock
from dateline.subscriptions.actions.follow import Choice, Told, follow, unfollow
from dateline.subscriptions.entries import SubscriberChanged
from dateline.subscriptions.errors import EndpointRefused, FollowsFull
from dateline.subscriptions.models import Endpoint, Subscriber
from dateline.subscriptions.queries import endpoint_at, followed_by_push, mark_of
from dateline.topics.models import Edition

MOST_OF_BROWSER = 50
"""So many things may one browser be notified of."""
_MOST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser's `PushSubscription` says: its endpoint and its keys in base64url."""

    address: str
    p256dh: str
    auth: str


@transaction.atomic
def follow_by_browser(
    *,
    by: Account | None,
    browser: Browser,
    edition: Edition,
    choices: Sequence[Choice],
    told: Told,
    timezone: str = "",
) -> Subscriber:
    """Have a browser be notified of what is chosen too. Its `timezone` is what it tells of itself.

    Records: SubscriberChanged for each that is new.

    Raises:
        CopyError: its keys are none.
        EndpointRefused: its endpoint is no address of the web, or none by https.
        FollowsFull: it would follow too much.
    """
    endpoint = _endpoint(browser, edition)
    known = {(one.subject, one.edition_id) for one in followed_by_push(endpoint.subscriber)}
    new = [one for one in choices if (str(one.subject), one.edition.pk) not in known]
    if len(known) + len(new) > MOST_OF_BROWSER:
        raise FollowsFull(most=MOST_OF_BROWSER)
    for choice in new:
        follow(by=by, subscriber=endpoint.subscriber, choice=choice, told=told)
    learn_clock(by=by, subscriber=endpoint.subscriber, timezone=timezone)
    return endpoint.subscriber


@transaction.atomic
def leave_by_browser(
    *, by: Account | None, endpoint: Endpoint, names: Collection[str], told: Told
) -> None:
    """Notify a browser no more of some things, named as `topic:88/en`; all else stays.

    Records: SubscriberChanged for each that it followed.
    """
    for row in followed_by_push(endpoint.subscriber):
        if row.name in names:
            unfollow(
                by=by,
                subscriber=endpoint.subscriber,
                subject=row.subject,
                edition=row.edition,
                told=told,
            )


@transaction.atomic
def move_browser(*, by: Account | None, old: str, browser: Browser) -> None:
    """Tell a browser at the endpoint it has now; its old one proves that it is the same.

    Raises:
        CopyError: its keys are none.
        EndpointRefused: its endpoint is no address of the web, or the old one unknown.
    """
    known = endpoint_at(old)
    if known is None:
        raise EndpointRefused
    subscriber = known.subscriber
    known.delete()
    _check(browser)
    Endpoint.objects.update_or_create(
        mark=mark_of(browser.address), defaults={"subscriber": subscriber, **_fields(browser)}
    )


def _endpoint(browser: Browser, edition: Edition) -> Endpoint:
    _check(browser)
    known = endpoint_at(browser.address)
    if known is not None:
        Endpoint.objects.filter(pk=known.pk).update(**_fields(browser))
        return known
    subscriber = Subscriber.objects.create(edition=edition)
    record(SubscriberChanged(edition="", subscriber=subscriber.pk))
    return Endpoint.objects.create(
        subscriber=subscriber, mark=mark_of(browser.address), **_fields(browser)
    )


def _fields(browser: Browser) -> dict[str, str]:
    return {"address": browser.address, "p256dh": browser.p256dh, "auth": browser.auth}


def _check(browser: Browser) -> None:
    """Refuse what could not be pushed to: one endpoint must never break the push to others."""
    BrowserKeys.of(browser.p256dh, browser.auth)
    if len(browser.address) > _MOST_ADDRESS:
        raise EndpointRefused
    try:
        place = place_of(browser.address)
    except FetchRefused as error:
        raise EndpointRefused from error
    if not place.is_tls and not settings.DATELINE.networks_inside:
        raise EndpointRefused
