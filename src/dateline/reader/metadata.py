"""What stands in a page's head for machines: shares, search engines, linked data."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    NO_HTML,
    ArticleContext,
    ErrorContext,
    FrontContext,
    GoneContext,
    PageContext,
    PartOfContext,
    StoryCardContext,
    StoryContext,
    StoryPageContext,
)
from dateline.reader.linked_data import (
    absolute,
    crumbs_node,
    largest,
    list_node,
    profile_node,
    script_text,
    site_node,
    story_node,
    storyline_node,
)
from dateline.reader.linked_live import coverage_properties
from dateline.reader.list_contexts import PersonContext
from dateline.reader.live_contexts import LiveCoverageContext

C = TypeVar("C")


def described(context: C) -> C:
    """Return a page's context with its metadata; it is made from what the page shows anyway."""
    page: PageContext = context.page  # type: ignore[attr-defined]
    if isinstance(context, (ErrorContext, GoneContext)):
        page = replace(page, is_indexed=False)
    elif isinstance(context, StoryPageContext):
        page = _story_page(page, context.story, context.live, context.part_of)
    else:
        page = replace(page, data=_list_data(page, context))
    return replace(context, page=page)  # type: ignore[type-var]


def _story_page(
    page: PageContext,
    story: StoryContext,
    live: LiveCoverageContext | None,
    part_of: PartOfContext | None,
) -> PageContext:
    article = ArticleContext(
        published_at=story.published_at,
        updated_at=story.updated_at,
        section=story.section.label,
        authors=tuple(one.name for one in story.bylines if one.is_writer),
        topics=tuple(topic.label for topic in story.topics),
    )
    node = story_node(page, story)
    if live is not None:
        node |= coverage_properties(page, live)
    if part_of is not None:
        node["isPartOf"] = storyline_node(part_of)
    data = script_text([node, crumbs_node(page)])
    page = replace(page, article=article, data=data)
    if story.picture is None or page.share_picture_url:
        return page
    src, width, height = largest(story.picture)
    return replace(
        page,
        share_picture_url=absolute(src),
        share_picture_alt=story.picture.alt,
        share_picture_width=width,
        share_picture_height=height,
    )


def _list_data(page: PageContext, context: Any) -> SafeString:
    if not page.canonical_url:
        return NO_HTML
    listed = list_node(page, _cards(context))
    if isinstance(context, FrontContext):
        return script_text([site_node(page.edition), listed])
    nodes = [listed, crumbs_node(page)] if page.crumbs else [listed]
    if isinstance(context, PersonContext):
        person = profile_node(
            page, name=context.name, title=context.title, about=context.description
        )
        nodes.insert(0, person)
    return script_text(nodes)


def _cards(context: Any) -> Iterator[StoryCardContext]:
    if getattr(context, "lead", None):
        yield context.lead
    for name in ("seconds", "rail", "river", "stories"):
        yield from getattr(context, name, ())
