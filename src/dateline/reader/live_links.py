"""A live post's short address, and the feeds of a coverage."""

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils.translation import gettext

from dateline.common import clock
from dateline.journal.queries import head
from dateline.live.enums import Order
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import live_story_of, page_of_posts, pinned_post, post_by_key, posts_seen
from dateline.press.touch import touch
from dateline.reader.feeds.answers import feed_response
from dateline.reader.feeds.shapes import Feed, FeedAuthor, FeedCategory, FeedItem
from dateline.reader.feeds.text import absolute, legal, tag_uri
from dateline.reader.live_contexts import LivePostContext
from dateline.reader.present.furniture import furniture_of, put_in_place
from dateline.reader.present.live import label_of, post_contexts
from dateline.reader.views import ended, not_found, speaking
from dateline.stories.enums import Kind
from dateline.stories.models import Story
from dateline.stories.queries import story_at, story_for_reader

MOST_ITEMS = 30


def post(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Lead from a post's short address to where the post stands now, or to its coverage.

    Never for ever: another page may hold it tomorrow, and another coverage.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    now, found = clock.now(), post_by_key(key)
    shown = posts_seen([found.pk], now).get(found.pk) if found else None
    if shown is not None:
        address = put_in_place(shown.live_story.story).address
        return _for_now(f"{address}?post={key}#post-{key}")
    whole = found.live_story.story_id if found else int(number)
    story = story_at(whole, now)
    return _for_now(story.address) if story else ended(request, whole)


def _for_now(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "public, no-cache"
    return response


def feed(request: HttpRequest, number: str, ending: str) -> HttpResponse:
    """Answer with the newest posts of a coverage; the press keeps it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    story = story_for_reader(int(number), clock.now())
    if story is None:
        return ended(request, int(number))
    if ending == "rss":
        return HttpResponsePermanentRedirect(f"/s/{story.pk}/feed.xml")
    live_story = live_story_of(story) if story.kind == Kind.LIVE else None
    if live_story is not None and live_story.merged_into is not None:
        return _for_now(f"/s/{live_story.merged_into.story_id}/feed.{ending}")
    return _pressed(request, story, live_story, ending) if live_story else not_found(request)


def _pressed(
    request: HttpRequest, story: Story, live_story: LiveStory, ending: str
) -> HttpResponse:
    journal = head()
    response = feed_response(_feed(request.path, put_in_place(story), live_story), ending)
    request.pressed_at = journal  # type: ignore[attr-defined]
    return response


def _feed(path: str, story: Story, live_story: LiveStory) -> Feed:
    touch(f"story:{story.pk}", f"live:{story.pk}", f"live:{story.pk}:posts")
    chosen, edition = settings.DATELINE, story.edition
    furniture = furniture_of(edition.code)
    assert furniture is not None, "a visible story's edition is there"  # noqa: S101
    with speaking(furniture):
        title = gettext("%(site)s: %(name)s") % {"site": edition.name, "name": story.headline}
        items = _items(story, live_story)
    return Feed(
        title=legal(title),
        description=legal(story.standfirst),
        url=chosen.base_url + path,
        home=chosen.base_url + story.address,
        site=chosen.base_url + edition.prefix,
        language=story.language or edition.language,
        agency=legal(edition.agency),
        hub=chosen.hub_url,
        items=items,
    )


def _items(story: Story, live_story: LiveStory) -> tuple[FeedItem, ...]:
    """Return the newest posts as items, the pinned one at its time like any other."""
    rows = page_of_posts(live_story, order=Order.NEWEST, limit=MOST_ITEMS)
    pinned = pinned_post(live_story)
    if pinned is not None:
        rows = sorted([*rows, pinned], key=_newest_first, reverse=True)[:MOST_ITEMS]
    shown = post_contexts(rows, story, clock.now())
    return tuple(_item(story, row, one) for row, one in zip(rows, shown, strict=True))


def _newest_first(row: LivePost) -> tuple[object, int]:
    return row.published_at, row.pk


def _item(story: Story, row: LivePost, shown: LivePostContext) -> FeedItem:
    base = settings.DATELINE.base_url
    html = render_to_string("reader/feeds/_body.html", {"blocks": shown.blocks, "story": None})
    moments = (shown.published_at, shown.edited_at, shown.corrected_at)
    by = FeedAuthor(name=legal(shown.byline), url=base + (shown.byline_url or story.address))
    section = FeedCategory(name=legal(story.section.name), url=base + story.section_address)
    touch(f"section:{story.section_id}:name")
    return FeedItem(
        guid=tag_uri(base, f"{shown.published_at:%Y-%m-%d}", f"live-{shown.key}"),
        url=base + shown.url,
        headline=legal(label_of(row)),
        summary="",
        html=legal(absolute(html, base).strip()),
        language=story.language or story.edition.language,
        published_at=shown.published_at,
        updated_at=max(moment for moment in moments if moment is not None),
        authors=(by,) if shown.byline else (),
        categories=(section,),
        picture=None,
    )
