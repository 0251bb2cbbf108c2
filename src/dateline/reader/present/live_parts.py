"""The parts of a coverage that are told again by themselves: its state, its summary."""

from typing import Any

from dateline.common.html import Markup, for_readers
from dateline.live.models import LiveStory


def state_parts(live_story: LiveStory) -> dict[str, Any]:
    """Return what `_live_state.html` shows."""
    return {"live": {"is_running": live_story.is_running, "closed_at": live_story.closed_at}}


def summary_parts(live_story: LiveStory) -> dict[str, Any]:
    """Return what `_live_summary.html` shows."""
    points = [for_readers(Markup.INLINE, point) for point in live_story.summary]
    return {"live": {"summary": points, "summary_at": live_story.summary_at}}
