"""A story on its own page."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from dateline.press.touch import touch
from dateline.reader.chat_contexts import StoryChatContext
from dateline.reader.contexts import CrumbContext, StoryCardContext, StoryPageContext
from dateline.reader.drawing.share import SIZE
from dateline.reader.links import post_picture_path, share_picture_path
from dateline.reader.lists import section_crumbs
from dateline.reader.live_contexts import LiveCoverageContext
from dateline.reader.present.alternates import languages_of, other_languages, translation_links
from dateline.reader.present.cards import story_cards
from dateline.reader.present.feed_links import feeds_at
from dateline.reader.present.furniture import follow_url, page_of
from dateline.reader.present.story import story_context
from dateline.reader.storylines import part_of
from dateline.reader.visit import Visit
from dateline.stories.around_queries import Around, stories_around
from dateline.stories.enums import Kind
from dateline.stories.models import Story


def story_page(
    visit: Visit,
    story: Story,
    *,
    live: LiveCoverageContext | None = None,
    chat: StoryChatContext | None = None,
) -> StoryPageContext:
    """Return a published story's page, with its coverage and its chat if it has them."""
    page = replace(_page(visit, story, version=story.version, following=True), chat=chat)
    return _with_coverage(page, story, live) if live else page


def preview_page(visit: Visit, story: Story) -> StoryPageContext:
    """Return a draft's page as it would look; nothing of it is kept."""
    return _page(visit, story, version=0, following=False)


def _page(visit: Visit, story: Story, *, version: int, following: bool) -> StoryPageContext:
    page = page_of(
        visit.furniture,
        path=visit.path,
        title=story.headline,
        journal=visit.journal,
        now=visit.now,
        within=story.section_address,
    )
    crumbs = (
        *section_crumbs(visit, story.section, is_page=False),
        CrumbContext(label=story.headline),
    )
    others = other_languages(story, visit.now)
    asks = following or story.storyline_id is not None
    around = stories_around(story, visit.now) if asks else Around()
    page = replace(
        page,
        description=story.standfirst,
        crumbs=crumbs,
        share_kind="article",
        follow_url=follow_url(page.edition.code, followed_as(story)),
        share_picture_url=_share_picture(story, version),
        share_picture_width=SIZE[0],
        share_picture_height=SIZE[1],
        alternates=languages_of([story, *others]) if others else (),
    )
    return StoryPageContext(
        page=page,
        translations=translation_links(others),
        story=story_context(story, version=version, now=visit.now),
        part_of=part_of(story, around, visit.now),
        following=_following(story, around, visit.now) if following else (),
    )


def _with_coverage(
    made: StoryPageContext, story: Story, live: LiveCoverageContext
) -> StoryPageContext:
    """Return a page with its coverage; asked for one post, it is shared as that post."""
    moments = [moment for moment in (made.story.updated_at, live.changed_at) if moment]
    page = replace(
        made.page,
        feeds=(*feeds_at(f"/s/{story.pk}/", story.headline)[:1], *made.page.feeds),
    )
    if live.post is not None:
        picture = post_picture_path(story.pk, live.post.key, live.post.version)
        page = replace(
            page,
            title=f"{live.post.headline} · {story.headline}" if live.post.headline else page.title,
            share_picture_url=f"{settings.DATELINE.base_url}{picture}",
        )
    shown = replace(made.story, is_live=live.is_running, updated_at=max(moments, default=None))
    return replace(made, page=page, story=shown, live=live)


def followed_as(story: Story) -> str:
    """Return as what a story is followed: live coverage by its key events."""
    return f"{'live' if story.kind == Kind.LIVE else 'story'}:{story.pk}"


def _share_picture(story: Story, version: int) -> str:
    """Return the absolute address of the picture for shares; a draft has none."""
    return f"{settings.DATELINE.base_url}{share_picture_path(story.pk, version)}" if version else ""


def _following(story: Story, around: Around, now: datetime) -> tuple[StoryCardContext, ...]:
    """Return the stories that came before this one in its section: a page that does not age."""
    touch(f"archive:{story.section_id}")
    return story_cards(around.older, now, pictures=False)
