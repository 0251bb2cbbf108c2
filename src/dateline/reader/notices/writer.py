"""Says what each delivery by push is: its words in the edition's language, or why it waits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext, ngettext

from dateline.common import clock
from dateline.live.queries import posts_seen
from dateline.newsfeed.alert_queries import alerts_by_number
from dateline.reader.letters.single import part_withdrawn
from dateline.reader.letters.subjects import named
from dateline.reader.links import post_path
from dateline.reader.present.alerts import alert_label
from dateline.reader.present.furniture import Furniture, furniture_of, put_in_place
from dateline.reader.views import speaking
from dateline.stories.paragraphs import plain_text
from dateline.stories.queries import story_for_reader
from dateline.subscriptions.enums import Cause, Channel, State, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.newsletter_queries import hidden_in, issue_by_number
from dateline.subscriptions.push.carrier import Saying
from dateline.subscriptions.push.manners import as_one, quiet_for
from dateline.subscriptions.push.note import Note
from dateline.subscriptions.rules import Outcome


class _Tongue(TypedDict):
    language: str
    direction: str


_STORY_LASTS = timedelta(hours=12)
_DAY = timedelta(days=1)


def write_notes(deliveries: Sequence[Delivery]) -> dict[int, Saying]:
    """Return the notification of each delivery, or what becomes of it otherwise.

    A flash, and what takes something back, come at any hour and always. What else comes waits for
    the morning, is one notification where several come at once, and stays away where there were
    many that day. What is over, or may not be seen any more, is left out.
    """
    now = clock.now()
    notes = _notes(deliveries, now)
    made: dict[int, Saying] = {}
    calm: dict[int, list[tuple[Delivery, Note]]] = defaultdict(list)
    for delivery in deliveries:
        note = notes.get((delivery.sending_id, delivery.because))
        takes_back = delivery.sending.thing == Thing.RETRACTION
        if note is not None and (note.is_urgent or takes_back):
            is_night = bool(_night(delivery.subscriber.zone, now))
            made[delivery.pk] = replace(note, is_quiet=takes_back and is_night)
        elif note is not None:
            calm[delivery.subscriber_id].append((delivery, note))
    had = _had_today(list(calm), now)
    for subscriber, several in calm.items():
        made |= _calm(several, had.get(subscriber, 0), now)
    return made


def _calm(several: list[tuple[Delivery, Note]], had: int, now: datetime) -> dict[int, Saying]:
    first = several[0][0]
    edition = first.sending.edition
    numbers = [delivery.pk for delivery, _ in several]
    night = _night(first.subscriber.zone, now)
    if night:
        return {
            one: Outcome(one, State.PLANNED, Cause.NIGHT, "", night, counts=False)
            for one in numbers
        }
    if had >= settings.DATELINE.push_most_a_day:
        return {one: Outcome(one, State.SKIPPED, Cause.TOO_MANY) for one in numbers}
    count = len(several)
    if count == 1:
        return dict.fromkeys(numbers, several[0][1])
    with speaking(furniture_of(edition.code)):
        title = ngettext("%(n)d story for you", "%(n)d stories for you", count) % {"n": count}
    note = as_one([one for _, one in several], title=title, url=edition.prefix)
    return dict.fromkeys(numbers, note)


def _night(timezone: str, now: datetime) -> timedelta:
    return quiet_for(settings.DATELINE.push_night, now.astimezone(ZoneInfo(timezone)))


def _notes(deliveries: Sequence[Delivery], now: datetime) -> dict[tuple[int, str], Note]:
    """Return what is said of each sending to those who get it for the same reason."""
    made = {}
    for one in {(each.sending_id, each.because): each for each in deliveries}.values():
        furniture = furniture_of(one.sending.edition.code)
        write = _WRITERS.get(Thing(one.sending.thing))
        if furniture is None or write is None:
            continue
        with speaking(furniture):
            note = write(one, furniture, now)
        if note is not None:
            made[one.sending_id, one.because] = note
    return made


def _story(delivery: Delivery, furniture: Furniture, now: datetime) -> Note | None:
    """Return what is said of a story, under the name of what is followed."""
    story = story_for_reader(delivery.sending.story or 0, now)
    if story is None:
        return None
    put_in_place(story)
    followed = named(delivery.because, furniture.edition)
    return Note(
        title=followed.titled if followed else story.section.name,
        body=_about(delivery.sending) % {"headline": story.short_headline or story.headline},
        url=story.address,
        tag=_tag(delivery.sending),
        lasts=_STORY_LASTS,
        **_tongue(furniture),
    )


def _about(sending: Sending) -> str:
    """Return what stands around a headline."""
    if sending.thing == Thing.UPDATE:
        return gettext("Updated: %(headline)s")
    if sending.thing == Thing.CORRECTION:
        return gettext("Corrected: %(headline)s")
    return gettext("Ended: %(headline)s") if sending.thing == Thing.LIVE_END else "%(headline)s"


def _tag(sending: Sending) -> str:
    """Return what a notification is about: of one story, the last is shown alone."""
    return f"story:{sending.story}" if sending.story else sending.key


def _live(delivery: Delivery, furniture: Furniture, now: datetime) -> Note | None:
    """Return what is said of a key event, under the name of its coverage."""
    number = delivery.sending.thing_number or 0
    post = posts_seen([number], now).get(number)
    if post is None:
        return None
    story = post.live_story.story
    words = plain_text(" ".join(str(part["value"]) for part in post.body.raw_data))
    return Note(
        title=story.short_headline or story.headline,
        body=post.headline or words,
        url=post_path(story.pk, post.key),
        tag=_tag(delivery.sending),
        lasts=_STORY_LASTS,
        **_tongue(furniture),
    )


def _alert(delivery: Delivery, furniture: Furniture, now: datetime) -> Note | None:
    number = delivery.sending.thing_number or 0
    alert = alerts_by_number([number], now).get(number)
    if alert is None:
        return None
    story = story_for_reader(alert.story_id, now) if alert.story_id else None
    return Note(
        title=alert_label(alert),
        body=alert.headline,
        url=put_in_place(story).address if story else furniture.edition.prefix,
        tag=delivery.sending.key,
        lasts=alert.until - now,
        is_urgent=alert.is_flash,
        **_tongue(furniture),
    )


def _newsletter(delivery: Delivery, furniture: Furniture, now: datetime) -> Note | None:
    """Return what is said of an issue, which is read on the site."""
    issue = issue_by_number(delivery.sending.thing_number or 0)
    if issue is None or issue.sent_at is None or hidden_in(issue, now):
        return None
    return Note(
        title=issue.newsletter.title,
        body=issue.title,
        url=issue.address,
        tag=_tag(delivery.sending),
        lasts=_DAY,
        **_tongue(furniture),
    )


def _retraction(delivery: Delivery, furniture: Furniture, now: datetime) -> Note | None:
    """Return what takes the place of a notification that was wrong: without its words."""
    taken_back = Sending.objects.filter(pk=delivery.sending.thing_number or 0).first()
    if taken_back is None:
        return None
    is_alert = taken_back.thing == Thing.ALERT
    part, whole = part_withdrawn(delivery.sending, taken_back), gettext("This story was withdrawn.")
    return Note(
        title=furniture.edition.name,
        body=part or whole,
        url=furniture.edition.prefix,
        tag=_tag(taken_back),
        lasts=_DAY,
        is_urgent=is_alert,
        **_tongue(furniture),
    )


def _tongue(furniture: Furniture) -> _Tongue:
    return {"language": furniture.context.language, "direction": furniture.context.direction}


_WRITERS = {
    **dict.fromkeys((Thing.STORY, Thing.UPDATE, Thing.CORRECTION, Thing.LIVE_END), _story),
    Thing.LIVE: _live,
    Thing.ALERT: _alert,
    Thing.NEWSLETTER: _newsletter,
    Thing.RETRACTION: _retraction,
}


def _had_today(subscribers: list[int], now: datetime) -> dict[int, int]:
    """Return how many notifications each of some subscribers got within a day."""
    if not subscribers:
        return {}
    rows = Delivery.objects.filter(
        subscriber__in=subscribers,
        channel=Channel.PUSH,
        state=State.SENT,
        settled_at__gt=now - _DAY,
    )
    return dict(rows.order_by().values_list("subscriber").annotate(count=Count("pk")))
