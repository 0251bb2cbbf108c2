"""Making a story of a post."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.html import format_html

from dateline.common import clock
from dateline.live.actions import tell
from dateline.live.actions.lock import locked_post
from dateline.live.actions.write import move, refuse_empty
from dateline.live.enums import Deed
from dateline.live.models import LivePost
from dateline.people.models import Account
from dateline.stories.actions import Draft, write_story
from dateline.stories.enums import Kind, Role
from dateline.stories.models import Story
from dateline.stories.rules import short_headline


@transaction.atomic
def promote_post(*, by: Account | None, post: LivePost) -> Story:
    """Write a story's draft from a post, linked both ways; one made before is returned again.

    The draft ends with a link to the post. The post leads to the story once readers see it.

    Records: LiveDeskChanged.

    Raises:
        PostRefused: the post is deleted.
        PostNotReady: it has no words.
    """
    post = locked_post(post)
    if post.promoted_to is not None:
        return post.promoted_to
    move(post, Deed.PROMOTE)
    refuse_empty(post)
    story = write_story(by=by, draft=_draft(post))
    post.promoted_to = story
    post.save(update_fields=["promoted_to"])
    now = clock.now()
    tell.note(by=by, deed=Deed.PROMOTE, of=post, at=now)
    tell.change(post, Deed.PROMOTE, now)
    return story


def _draft(post: LivePost) -> Draft:
    live = post.live_story.story
    return Draft(
        fields={
            "section": live.section,
            "storyline": live.storyline,
            "kind": Kind.NEWS,
            "urgency": live.urgency,
            "headline": post.headline or short_headline("", live.headline),
            "kicker": live.kicker,
            "slugline": live.slugline,
            "language": live.language,
            "dateline_place": live.dateline_place,
            "dateline_agency": live.dateline_agency,
            "dateline_date": (post.published_at or clock.now()).date(),
        },
        body=[*post.body.raw_data, _link(post)],
        bylines=[(post.person, Role.WRITER)] if post.person else [],
        topics=[row.topic for row in live.story_topics.select_related("topic")],
    )


def _link(post: LivePost) -> dict[str, Any]:
    live = post.live_story.story
    with translation.override(live.language or live.edition.language):
        words = translation.gettext("From our live coverage")
    text = format_html(
        '<p>{}: <a href="/s/{}/{}">{}</a></p>', words, live.pk, post.key, live.headline
    )
    return {"type": "paragraph", "value": str(text)}
