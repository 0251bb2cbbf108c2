"""What an open page is told of live coverage: the page's own partials, read when it is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from dateline.journal.entries import Entry, Recorded
from dateline.live.entries import (
    LiveClosed,
    LiveEntry,
    LiveMerged,
    LivePostChanged,
    LivePostEntry,
    LivePostPublished,
    LiveReopened,
    LiveSummaryChanged,
)
from dateline.live.models import LivePost, LiveStory
from dateline.live.queries import coverages_seen, posts_seen
from dateline.reader.live_contexts import LivePostContext
from dateline.reader.present.furniture import furniture_of, put_in_place
from dateline.reader.present.live import key_context, place_of, post_contexts
from dateline.reader.present.live_parts import state_parts, summary_parts
from dateline.reader.views import speaking
from dateline.stories.models import Story

Told = dict[str, object]


def live_words(lines: Iterable[Recorded], now: datetime) -> dict[int, Told]:
    """Return what is told of the entries about live coverage among some, by their numbers.

    Of what readers may not see any more nothing but its name is told.
    """
    found = {line.seq: line.entry for line in lines if isinstance(line.entry, LiveEntry)}
    if not found:
        return {}
    posts = _posts(found.values(), now)
    about = {entry.story for entry in found.values() if not isinstance(entry, LivePostEntry)}
    coverages = coverages_seen(about, now)
    return {seq: _told(entry, posts, coverages) for seq, entry in found.items()}


def _told(entry: LiveEntry, posts: Mapping[int, Told], coverages: Mapping[int, LiveStory]) -> Told:
    told: Told = {"story": entry.story}
    if isinstance(entry, LivePostEntry):
        told["post"] = entry.key
        if isinstance(entry, (LivePostPublished, LivePostChanged)):
            told |= posts.get(entry.post, {})
        return told
    coverage = coverages.get(entry.story)
    if coverage is None:
        return told
    if isinstance(entry, LiveMerged):
        return told | {"merged": entry.merged, "address": put_in_place(coverage.story).address}
    parts = _PARTS.get(type(entry))
    return told | {"html": _spoken(coverage.story, parts[0], parts[1](coverage))} if parts else told


_Parts = tuple[str, Callable[[LiveStory], dict[str, Any]]]
_PARTS: dict[type[Entry], _Parts] = {
    LiveSummaryChanged: ("reader/_live_summary.html", summary_parts),
    LiveClosed: ("reader/_live_state.html", state_parts),
    LiveReopened: ("reader/_live_state.html", state_parts),
}


def _posts(entries: Iterable[LiveEntry], now: datetime) -> dict[int, Told]:
    numbers = [entry.post for entry in entries if isinstance(entry, LivePostEntry)]
    seen = posts_seen(numbers, now) if numbers else {}
    by_story: dict[int, list[LivePost]] = {}
    for post in seen.values():
        by_story.setdefault(post.live_story.story_id, []).append(post)
    return {number: told for rows in by_story.values() for number, told in _of_story(rows, now)}


def _of_story(rows: list[LivePost], now: datetime) -> Iterator[tuple[int, Told]]:
    story = put_in_place(rows[0].live_story.story)
    for row, shown in zip(rows, post_contexts(rows, story, now), strict=True):
        yield row.pk, _post(story, row, shown)


def _post(story: Story, row: LivePost, shown: LivePostContext) -> Told:
    told: Told = {
        "html": _spoken(story, "reader/_live_post.html", {"post": shown}),
        "place": place_of(row),
        "pinned": row.is_pinned,
    }
    if row.is_key:
        key = key_context(row, story, is_here=False)
        told["key"] = _spoken(story, "reader/_live_key.html", {"key": key})
    return told


def _spoken(story: Story, template: str, values: dict[str, Any]) -> str:
    """Render a partial in the language and time zone of the story's edition."""
    with speaking(furniture_of(story.edition.code)):
        return render_to_string(template, values)
