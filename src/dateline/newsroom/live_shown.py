"""What the Live screen shows: posts in their lanes, the state of a coverage, who is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.common import clock
from dateline.common.html import Markup, for_readers
from dateline.journal.queries import head
from dateline.live.enums import Deed, PostState
from dateline.live.models import AtDesk, LivePost, LiveStory
from dateline.live.queries import (
    Place,
    coverages_to_merge,
    is_seen,
    post_for_desk,
    posts_for_desk,
    who_is_at_desk,
)
from dateline.live.rules import WRITING_FOR, Right, right_for, state_after
from dateline.newsroom.live_forms import ArrangeForm, OrderForm, PostForm, summary_of

PER_PAGE = 60
LANES = (PostState.SUBMITTED, PostState.SCHEDULED, PostState.DRAFT)


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as the screen shows it.

    Shape: `deeds` names what whoever looks may do to it; `order` sorts its lane, largest first.
    """

    post: LivePost
    deeds: frozenset[str]
    order: str


def row_of(request: HttpRequest, post: LivePost) -> PostRow:
    """Return a post as the screen shows it to whoever asks."""
    deeds = frozenset(
        deed.value
        for deed in Deed
        if state_after(post.state, deed) and request.user.has_perm(right_for(deed, post.state))
    )
    return PostRow(post, deeds, _order(post))


def _order(post: LivePost) -> str:
    """Return what sorts a lane: the pinned post first, then by time; the next to come out first."""
    at = int((post.published_at or post.made_at).timestamp() * 1000)
    if post.state == PostState.SCHEDULED and post.scheduled_for:
        at = 10**14 - int(post.scheduled_for.timestamp() * 1000)
    is_first = post.is_pinned and post.state == PostState.PUBLISHED
    return f"{int(is_first)}{at:015d}{post.pk:012d}"


def name_of(account: Any) -> str:
    """Return how colleagues know somebody."""
    return str(account.get_full_name() or account.get_username()) if account else ""


def rendered_post(request: HttpRequest, live_story: LiveStory, number: int) -> str | None:
    """Return a post's line as HTML, or None if it is in this coverage no more."""
    post = post_for_desk(live_story, number)
    if post is None or post.state == PostState.DELETED:
        return None
    return _rendered(request, live_story, post)


def _rendered(request: HttpRequest, live_story: LiveStory, post: LivePost) -> str:
    context = {"row": row_of(request, post), "live_story": live_story}
    return render_to_string("newsroom/live/_post.html", context, request)


def rendered_posts(request: HttpRequest, live_story: LiveStory) -> dict[str, str]:
    """Return the lines of all posts the screen begins with, by number."""
    posts = posts_for_desk(live_story, limit=PER_PAGE)
    return {str(post.pk): _rendered(request, live_story, post) for post in posts}


def rendered_head(request: HttpRequest, live_story: LiveStory) -> str:
    """Return the state of a coverage as HTML."""
    return render_to_string("newsroom/live/_head.html", head_of(request, live_story), request)


def head_of(request: HttpRequest, live_story: LiveStory) -> dict[str, Any]:
    """Return what the screen says of a coverage as a whole."""
    return {
        "live_story": live_story,
        "story": live_story.story,
        "is_seen": is_seen(live_story, clock.now()),
        "points": [for_readers(Markup.INLINE, point) for point in live_story.summary],
        "may": rights_of(request),
    }


def rights_of(request: HttpRequest) -> dict[str, bool]:
    """Return what whoever asks may do here: write, publish, lead."""
    return {right.name.lower(): request.user.has_perm(right) for right in Right}


def screen_of(
    request: HttpRequest,
    live_story: LiveStory,
    *,
    form: PostForm | None = None,
    before: Place | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return the writing screen's context; the journal is read first, so that nothing is missed."""
    after = head()
    posts = posts_for_desk(live_story, limit=PER_PAGE, before=before)
    rows = [row_of(request, post) for post in posts]
    out = _in_lane(rows, PostState.PUBLISHED)
    oldest = min((row.post for row in out), key=lambda p: (p.published_at, p.pk), default=None)
    return {
        **head_of(request, live_story),
        "after": after,
        "account": request.user.pk,
        "form": form or PostForm(),
        "lanes": [(state, _in_lane(rows, state)) for state in LANES],
        "out": out,
        "older": oldest if len(out) >= PER_PAGE else None,
        "is_older": before is not None,
        "summary_form": summary_of(live_story),
        "order_form": OrderForm(initial={"on": clock.now().date()}),
        "arrange_form": ArrangeForm(
            initial={"order": live_story.order, "template": live_story.template}
        ),
        "others": coverages_to_merge(live_story),
        **more,
    }


def _in_lane(rows: Iterable[PostRow], state: str) -> list[PostRow]:
    found = [row for row in rows if row.post.state == state]
    return sorted(found, key=lambda row: row.order, reverse=True)


def who_is_there(request: HttpRequest, live_story: LiveStory) -> str:
    """Return one line: which colleagues are writing, and who else has the screen open."""
    now = clock.now()
    others = [row for row in who_is_at_desk(live_story, now) if row.account_id != request.user.pk]
    writing = [row for row in others if row.wrote_at and now - row.wrote_at <= WRITING_FOR]
    reading = [row for row in others if row not in writing]
    lines = []
    if writing:
        words = ngettext("{names} is writing", "{names} are writing", len(writing))
        lines.append(words.format(names=_names(writing)))
    if reading:
        lines.append(_("here: {names}").format(names=_names(reading)))
    return " · ".join(lines)


def _names(rows: Iterable[AtDesk]) -> str:
    return ", ".join(name_of(row.account) for row in rows)
