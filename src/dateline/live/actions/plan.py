"""What comes before publication: approval, a set time, a running order."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.db import transaction

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_coverage, locked_post
from dateline.live.actions.write import PostCopy, move, refuse_empty, write_post
from dateline.live.enums import Deed, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.live.rules import Due, read_running_order
from dateline.people.models import Account


@transaction.atomic
def submit_post(*, by: Account | None, post: LivePost) -> LivePost:
    """Ask for a draft to be approved.

    Records: LiveDeskChanged.

    Raises:
        PostRefused: it is no draft.
        PostNotReady: it has no words.
    """
    post = locked_post(post)
    refuse_empty(post)
    return _moved(by, post, Deed.SUBMIT)


@transaction.atomic
def return_post(*, by: Account | None, post: LivePost, why: str = "") -> LivePost:
    """Make a post that waits for approval or for its time a draft again.

    Records: LiveDeskChanged.

    Raises:
        PostRefused: it does not wait.
    """
    return _moved(by, locked_post(post), Deed.RETURN, why=why)


@transaction.atomic
def schedule_post(*, by: Account | None, post: LivePost, at: datetime) -> LivePost:
    """Have a post published at an instant; one that has passed already means at once.

    Records: LiveDeskChanged.

    Raises:
        PostRefused: it is out or deleted.
        PostNotReady: it has no words.
    """
    post = locked_post(post)
    refuse_empty(post)
    return _moved(by, post, Deed.SCHEDULE, at=at)


@transaction.atomic
def refuse_scheduled_post(*, by: Account | None, post: LivePost, why: str) -> None:
    """Note why a post was not published at its time; it is a draft again, and the desk sees why.

    Records: LiveDeskChanged.
    """
    post = locked_post(post)
    if post.state == PostState.SCHEDULED:
        _moved(by, post, Deed.REFUSE, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOrder:
    """What is due on a day, as an editor pastes it; `is_scheduled` has it go out by itself."""

    text: str
    on: date
    is_scheduled: bool = False


@transaction.atomic
def import_running_order(
    *, by: Account | None, live_story: LiveStory, order: RunningOrder
) -> list[LivePost]:
    """Make a draft of each line, or a scheduled post of each whose hour is still to come.

    Hours are those of the edition. The same line of a day is made once, however often it comes.

    Records: LiveDeskChanged for each.

    Raises:
        RunningOrderUnreadable: a line cannot be read; nothing is made.
    """
    lines = list(read_running_order(order.text))
    live_story = locked_coverage(live_story)
    return [_planned(by, live_story, order, line) for line in lines]


def _planned(by: Account | None, live_story: LiveStory, order: RunningOrder, line: Due) -> LivePost:
    named = f"{order.on} {line.at} {line.text}".encode()
    client_key = f"plan-{blake2b(named, digest_size=12).hexdigest()}"
    copy = PostCopy(headline=line.text)
    post = write_post(by=by, live_story=live_story, copy=copy, client_key=client_key)
    if line.at is None or post.state != PostState.DRAFT:
        return post
    zone = ZoneInfo(live_story.story.edition.timezone)
    at = datetime.combine(order.on, line.at, zone)
    if order.is_scheduled and at > clock.now():
        return schedule_post(by=by, post=post, at=at)
    LivePost.objects.filter(pk=post.pk).update(scheduled_for=at)
    post.scheduled_for = at
    return post


def _moved(
    by: Account | None, post: LivePost, deed: Deed, *, at: datetime | None = None, why: str = ""
) -> LivePost:
    move(post, deed)
    post.scheduled_for = at
    post.save()
    tell.note(by=by, deed=deed, of=post, at=clock.now(), why=why)
    tell.tell_desk(post.live_story, deed, post)
    return post
