"""Finding subscribers, what they follow, and lines of the ledger."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from dateline.common.joined import Joined
from dateline.common.prepared import Prepared
from dateline.readers.models import Reader
from dateline.subscriptions.enums import ABOUT_STORIES, Channel, Stage, State, Thing
from dateline.subscriptions.models import (
    Delivery,
    Endpoint,
    IssueStory,
    Sending,
    Subscriber,
    Subscription,
)
from dateline.subscriptions.rules import (
    replies_subject,
    retraction_key,
    story_retraction_key,
    subject_of,
)
from dateline.topics.models import Edition
from dateline.topics.queries import edition_by_code

_OPEN = (State.PLANNED, State.SENDING)
_LOOKED_BACK = 1000
HAD = (State.SENT, State.CONFIRMED, State.UNCERTAIN, State.COMPLAINED)
"""States of a delivery that its recipient has, or may have."""
MAY_COME = (*HAD, State.SENDING)
"""The same, with what is being handed over this moment: nobody can stop that any more."""


def at_address(*mails: str) -> Q:
    """Return the condition of who is written to at one of some addresses, found by their index.

    The index leaves out those without an address: SQLite takes it only where the condition does so.
    """
    return Q(mail__in=[mail.lower() for mail in mails]) & ~Q(mail="")


def subscriber_with_mail(mail: str) -> Subscriber | None:
    """Return who is written to at an address, also if they have left; or None."""
    return Subscriber.objects.select_related("edition").filter(at_address(mail)).first()


def subscriber_by_key(key: str) -> Subscriber | None:
    """Return the subscriber whose letters carry a key, or None."""
    return _who(Subscriber.objects.filter(key=key))


def subscriber_by_feed(key: str) -> Subscriber | None:
    """Return the subscriber whose feed stands at the address with a key, or None."""
    return _who(Subscriber.objects.filter(feed_key=key))


def _who(rows: QuerySet[Subscriber]) -> Subscriber | None:
    """Return the only one of some rows, or the subscriber it was merged into."""
    found = rows.select_related("edition", "merged_into__edition").first()
    return (found.merged_into or found) if found else None


def subscriber_of(reader: Reader) -> Subscriber | None:
    """Return the subscriber a reader is, or None."""
    return Subscriber.objects.select_related("edition").filter(reader=reader).first()


def zones_in_use() -> set[str]:
    """Return the time zones whose clocks subscribers and editions live by."""
    known = Subscriber.objects.exclude(timezone="").values_list("timezone", flat=True).distinct()
    return {*known, *Edition.objects.values_list("timezone", flat=True)}


def subscriptions_of(subscriber: Subscriber) -> list[Subscription]:
    """Return what somebody follows, what says most first."""
    rows = Subscription.objects.filter(subscriber=subscriber).select_related("edition")
    return list(rows.order_by("rank", "made_at", "pk"))


def follows_of_letter(subscriber: Subscriber, of: str, edition: str = "") -> list[Subscription]:
    """Return what a subscriber follows that a letter was one of, what says most first.

    Shape: `of` is the subject it was sent for, or, of a digest, its pace: then it is all that comes
        at that. `edition` is the code of the one it came in; without it, and with one that is no
        more, it is what they follow in any language.
    """
    rows = Subscription.objects.filter(subscriber=subscriber).select_related("edition")
    subject = subject_of(of)
    rows = rows.filter(subject=of) if subject else rows.filter(pace=of)
    if (subject is None or subject.has_language) and edition_by_code(edition):
        rows = rows.filter(edition__code=edition)
    return list(rows.order_by("rank", "made_at", "pk"))


def subjects_by_mail(reader: OuterRef) -> QuerySet[Any, Any]:
    """Return what the reader of an outer query follows by mail, as one text for a subquery.

    Shape: `topic:88/en person:5/ru`, each with its edition; no row when it is nothing.
    """
    rows = Subscription.objects.filter(subscriber__reader=reader, channel=Channel.MAIL)
    named = Concat("subject", Value("/"), "edition__code")
    return rows.values("subscriber__reader").annotate(all=Joined(named)).values("all")


def subjects_followed(
    subscribers: Iterable[int], *, pace: str, edition: int
) -> dict[int, list[str]]:
    """Return what each of some subscribers hears of by mail at a pace, in one question."""
    rows = Subscription.objects.filter(
        subscriber__in=list(subscribers), pace=pace, edition=edition, channel=Channel.MAIL
    )
    found: dict[int, list[str]] = {}
    for subscriber, subject in rows.order_by("subject").values_list("subscriber", "subject"):
        found.setdefault(subscriber, []).append(subject)
    return found


def open_sendings(now: datetime) -> list[Sending]:
    """Return what has recipients to be written down now, or has all of them settled.

    What waits for its last ones, such as a night for the morning, is not among them.
    """
    waiting = Delivery.objects.filter(sending=OuterRef("pk"), state__in=_OPEN)
    stages = (Stage.PLANNING, Stage.SENDING)
    rows = Sending.objects.filter(stage__in=stages, closed_at__isnull=True, due_at__lte=now)
    rows = rows.filter(Q(stage=Stage.PLANNING) | ~Exists(waiting))
    return list(rows.order_by("due_at", "pk"))


def has_due(channel: str, now: datetime) -> bool:
    """Say whether anything is due by a channel; asked every second, and takes no lock."""
    due = Delivery.objects.filter(state=State.PLANNED, channel=channel, due_at__lte=now)
    return due.exists()


def still_followed(deliveries: Sequence[Delivery]) -> set[int]:
    """Return which deliveries are of something their subscriber follows now, in one question.

    What goes to no subject's followers, such as a digest, is always among them.
    """
    subjects = {subject for one in deliveries for subject in one.sending.subjects}
    rows = Subscription.objects.filter(
        subscriber__in={one.subscriber_id for one in deliveries}, subject__in=subjects
    )
    followed: dict[tuple[int, str], list[tuple[str, int]]] = {}
    for who, channel, text, edition in rows.values_list(
        "subscriber", "channel", "subject", "edition"
    ):
        followed.setdefault((who, channel), []).append((text, edition))
    return {
        one.pk
        for one in deliveries
        if not one.sending.subjects
        or any(
            _matches(one.sending, *pair)
            for pair in followed.get((one.subscriber_id, one.channel), ())
        )
    }


def _matches(sending: Sending, subject: str, edition: int) -> bool:
    """Say whether a follow is of what a sending is about, and in its language."""
    is_read = sending.thing not in ABOUT_STORIES or edition == sending.edition_id
    return is_read and subject in sending.subjects


def taken_back(sendings: Iterable[Sending]) -> set[int]:
    """Return which of some sendings were withdrawn, or a story in them, after somebody had them."""
    keys = {
        one.pk: {retraction_key(one.pk), story_retraction_key(one.story or 0)} for one in sendings
    }
    issues = IssueStory.objects.filter(part__issue__sending__in=list(keys))
    for number, story in issues.values_list("part__issue__sending", "story"):
        keys[number or 0].add(story_retraction_key(story))
    wanted = set[str]().union(*keys.values())
    known = set(Sending.objects.filter(key__in=wanted).values_list("key", flat=True))
    return {number for number, names in keys.items() if names & known}


def has_open_deliveries(sending: Sending) -> bool:
    """Say whether anything of a sending is still to be settled."""
    return Delivery.objects.filter(sending=sending, state__in=_OPEN).exists()


def sendings_of_story(story: int) -> list[Sending]:
    """Return what went out with a story, newsletters too, without the letters that took it back."""
    issues = IssueStory.objects.filter(story=story, part__issue__sending__isnull=False)
    inside = Q(pk__in=issues.values("part__issue__sending"))
    rows = Sending.objects.filter(Q(story=story) | inside).exclude(thing=Thing.RETRACTION)
    return list(rows.order_by("pk"))


def stories_following_up(follows: Iterable[Subscription]) -> list[int]:
    """Return the stories that went out since they lead back to others that are followed.

    As letters are, they are of the edition in which the one before is followed.

    Order: newest first, of the last thousand that went out.
    """
    wanted: dict[int, set[str]] = {}
    for one in follows:
        wanted.setdefault(one.edition_id, set()).add(one.subject)
    rows = Sending.objects.filter(thing=Thing.STORY, story__isnull=False)
    latest = rows.order_by("-made_at", "-pk").values_list("story", "edition", "subjects")
    return [
        story
        for story, edition, sent_for in latest[:_LOOKED_BACK]
        if story and not wanted.get(edition, set()).isdisjoint(sent_for)
    ]


def sending_by_key(key: str) -> Sending | None:
    """Return what goes out under a key, or None."""
    return Sending.objects.select_related("edition").filter(key=key).first()


def latest_update(story: int) -> Sending | None:
    """Return the last that went out, or is to go out, of what is new in a story."""
    rows = Sending.objects.filter(story=story, thing=Thing.UPDATE).select_related("edition")
    return rows.order_by("-thing_number").first()


def has_reached_anybody(sending: Sending) -> bool:
    """Say whether somebody has a sending, or may have it."""
    return Delivery.objects.filter(sending=sending, state__in=MAY_COME).exists()


def stories_had(subscribers: Sequence[int], since: datetime | None) -> dict[int, set[int]]:
    """Return the stories that each of some subscribers was sent by mail since an instant."""
    rows = Delivery.objects.filter(
        subscriber__in=subscribers,
        channel=Channel.MAIL,
        sending__thing=Thing.STORY,
        sending__story__isnull=False,
        state__in=HAD,
    )
    if since is not None:
        rows = rows.filter(planned_at__gte=since)
    found: dict[int, set[int]] = {}
    for subscriber, story in rows.values_list("subscriber", "sending__story"):
        found.setdefault(subscriber, set()).add(story or 0)
    return found


def hears_of_replies(reader: int) -> bool:
    """Say whether a reader is written to about what is said to them; asked for each answer."""
    return bool(_FOLLOWERS.rows(subject=str(replies_subject(reader))))


_FOLLOWERS = Prepared(lambda subject: Subscription.objects.filter(subject=subject)[:1], subject=str)


def has_followers(subjects: Sequence[str]) -> bool:
    """Say whether anybody follows one of some subjects."""
    return Subscription.objects.filter(subject__in=subjects).exists()


def has_readers_at(pace: str, edition: Edition, *, by: datetime) -> bool:
    """Say whether anybody hears of an edition by mail at a pace, and did so by an instant."""
    rows = Subscription.objects.filter(edition=edition, pace=pace, channel=Channel.MAIL)
    return rows.filter(made_at__lte=by).exists()


def last_digest(edition: Edition, pace: str, *, before: datetime) -> Sending | None:
    """Return the last digest of an edition that was due before an instant, or None."""
    rows = Sending.objects.filter(thing=Thing.DIGEST, edition=edition, pace=pace)
    return rows.filter(due_at__lt=before).order_by("-due_at").first()


def endpoint_at(address: str) -> Endpoint | None:
    """Return the browser that takes notifications at an address, or None."""
    rows = Endpoint.objects.select_related("subscriber__edition")
    return rows.filter(mark=mark_of(address)).first()


def mark_of(address: str) -> str:
    """Return the digest by which an endpoint is found."""
    return blake2b(address.encode("utf-8", "replace"), digest_size=16).hexdigest()


def followed_by_push(subscriber: Subscriber) -> list[Subscription]:
    """Return what a subscriber is notified of, what says most first."""
    rows = Subscription.objects.filter(subscriber=subscriber, channel=Channel.PUSH)
    return list(rows.select_related("edition").order_by("rank", "subject", "edition"))
