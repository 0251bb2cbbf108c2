"""A story on its own page."""

from dataclasses import replace

from django.conf import settings

from dateline.press.touch import touch
from dateline.reader.contexts import CrumbContext, StoryCardContext, StoryPageContext
from dateline.reader.drawing.share import SIZE
from dateline.reader.links import share_picture_path
from dateline.reader.lists import section_crumbs
from dateline.reader.present.alternates import languages_of, other_languages, translation_links
from dateline.reader.present.cards import story_cards
from dateline.reader.present.furniture import page_of
from dateline.reader.present.story import story_context
from dateline.reader.visit import Visit
from dateline.stories.models import Story
from dateline.stories.queries import older_in_section


def story_page(visit: Visit, story: Story) -> StoryPageContext:
    """Return a published story's page."""
    return _page(visit, story, version=story.version, following=True)


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
    page = replace(
        page,
        description=story.standfirst,
        crumbs=crumbs,
        share_kind="article",
        share_picture_url=_share_picture(story, version),
        share_picture_width=SIZE[0],
        share_picture_height=SIZE[1],
        alternates=languages_of([story, *others]) if others else (),
    )
    return StoryPageContext(
        page=page,
        translations=translation_links(others),
        story=story_context(story, version=version, now=visit.now),
        following=_following(visit, story) if following else (),
    )


def _share_picture(story: Story, version: int) -> str:
    """Return the absolute address of the picture for shares; a draft has none."""
    return f"{settings.DATELINE.base_url}{share_picture_path(story.pk, version)}" if version else ""


def _following(visit: Visit, story: Story) -> tuple[StoryCardContext, ...]:
    """Return the stories that came before this one in its section: a page that does not age."""
    touch(f"archive:{story.section_id}")
    return story_cards(older_in_section(story, visit.now), visit.now, pictures=False)
