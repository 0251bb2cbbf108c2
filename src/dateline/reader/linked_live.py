"""JSON-LD of live coverage: when it began and ended, and its posts.

Source: schema.org 30.0, LiveBlogPosting.
"""

from dateline.reader.contexts import PageContext, ParagraphContext, QuoteContext
from dateline.reader.linked_data import Node, absolute, agency_node, filled, picture_node
from dateline.reader.live_contexts import LiveCoverageContext, LivePostContext
from dateline.stories.paragraphs import plain_text


def coverage_properties(page: PageContext, live: LiveCoverageContext) -> Node:
    """Return what a story says of its coverage beside what any story says."""
    first = [live.pinned] if live.pinned else []
    return filled(
        coverageStartTime=live.opened_at.isoformat(),
        coverageEndTime=live.closed_at.isoformat() if live.closed_at else "",
        liveBlogUpdate=[_update(page, post) for post in (*first, *live.posts)],
    )


def _update(page: PageContext, post: LivePostContext) -> Node:
    url = absolute(post.url)
    text = _text(post)
    changes = [moment for moment in (post.edited_at, post.corrected_at) if moment]
    return filled(
        at_type="BlogPosting",
        at_id=url,
        url=url,
        headline=post.headline or text[:110],
        articleBody=text,
        datePublished=post.published_at.isoformat(),
        dateModified=max(changes).isoformat() if changes else "",
        author=_author(page, post),
        image=[picture_node(picture) for picture in post.pictures],
    )


def _author(page: PageContext, post: LivePostContext) -> Node:
    if not post.byline:
        return filled(at_type="NewsMediaOrganization", at_id=agency_node(page.edition)["@id"])
    url = absolute(post.byline_url) if post.byline_url else ""
    return filled(at_type="Person", name=post.byline, url=url)


def _text(post: LivePostContext) -> str:
    shown = (block for block in post.blocks if isinstance(block, (ParagraphContext, QuoteContext)))
    return " ".join(plain_text(block.html) for block in shown)
