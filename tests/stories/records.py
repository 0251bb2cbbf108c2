"""Asserting an action's entries, and that they alone lead from the old newsfeed to the new one."""

from contextlib import contextmanager

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories.entries import StoryShown, StoryWithdrawn
from dateline.stories.queries import visible
from dateline.stories.rules import short_headline


def shown():
    """Return what a newsfeed shows now, by story, from the rows themselves."""
    return {
        story.pk: (
            story.address,
            story.headline,
            short_headline(story.short_headline, story.headline),
            story.section.name,
            story.urgency,
            story.published_at,
            story.versions.order_by("-number").first().number,
        )
        for story in visible(clock.now())
    }


def follow(feed, entries):
    """Return a newsfeed after some entries, as an open browser makes it of them."""
    feed = dict(feed)
    for entry in entries:
        if isinstance(entry, StoryWithdrawn):
            del feed[entry.story]
        elif isinstance(entry, StoryShown):
            feed[entry.story] = (
                entry.address,
                entry.headline,
                entry.short_headline,
                entry.section_name,
                entry.urgency,
                entry.published_at,
                entry.version,
            )
    return feed


@contextmanager
def assert_records(*kinds):
    """Assert the kinds of entries that the block records, and replay them over what was shown."""
    seq, feed, entries = head(), shown(), []
    yield entries
    entries += [recorded.entry for recorded in replay(seq)]
    assert tuple(entry.kind for entry in entries) == kinds
    assert follow(feed, entries) == shown()
