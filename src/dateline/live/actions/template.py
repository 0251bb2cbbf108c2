"""Opening a coverage like an earlier one."""

from django.db import transaction

from dateline.live.actions.coverage import open_coverage, save_order, save_summary
from dateline.live.actions.lock import locked_coverage
from dateline.live.actions.write import PostCopy, write_post
from dateline.live.enums import Order, PostState
from dateline.live.models import LivePost, LiveStory
from dateline.people.models import Account
from dateline.stories.actions import Draft, write_story
from dateline.stories.enums import Kind, Role
from dateline.stories.models import Story


@transaction.atomic
def open_from_template(*, by: Account | None, template: LiveStory, headline: str) -> LiveStory:
    """Write a new live story like that of a template, with its summary and its drafts.

    Records: LiveDeskChanged for the coverage and each draft.
    """
    template = locked_coverage(template)
    story = write_story(by=by, draft=_draft(template.story, headline))
    live_story = open_coverage(by=by, story=story)
    save_order(by=by, live_story=live_story, order=Order(template.order))
    save_summary(by=by, live_story=live_story, points=template.summary)
    drafts = LivePost.objects.filter(live_story=template, state=PostState.DRAFT)
    for post in drafts.select_related("person").order_by("pk"):
        write_post(by=by, live_story=live_story, copy=_copy(post))
    live_story.refresh_from_db()
    return live_story


def _draft(model: Story, headline: str) -> Draft:
    """Return what recurs from one coverage to the next."""
    names = (
        "section",
        "storyline",
        "urgency",
        "kicker",
        "slugline",
        "standfirst",
        "language",
        "source",
    )
    recurring = {name: getattr(model, name) for name in (*names, "dateline_place")}
    bylines = model.bylines.select_related("person")
    return Draft(
        fields={**recurring, "kind": Kind.LIVE, "headline": headline},
        body=[],
        bylines=[(row.person, Role(row.role)) for row in bylines],
        topics=[row.topic for row in model.story_topics.select_related("topic")],
    )


def _copy(post: LivePost) -> PostCopy:
    return PostCopy(
        headline=post.headline,
        body=list(post.body.raw_data),
        person=post.person,
        byline=post.byline,
        is_key=post.is_key,
    )
