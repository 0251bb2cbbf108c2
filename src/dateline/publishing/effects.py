"""What follows an entry: this table is the whole of it.

Each effect reads the journal with a cursor of its own, is safe to run twice, is retried alone and
parks what fails for good. The stream is not in the table: every server process reads the journal
itself, so that an open browser waits for nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from dateline.chats.moderation_tasks import HEARS as MODERATION_HEARS
from dateline.chats.moderation_tasks import learn_after
from dateline.chats.tasks import chats_after
from dateline.journal.entries import Entry, Recorded
from dateline.live.entries import (
    LiveArranged,
    LiveClosed,
    LiveMerged,
    LivePostEntry,
    LiveReopened,
)
from dateline.media.entries import PictureChanged
from dateline.media.tasks import renditions_after
from dateline.newsfeed.entries import AlertEnded, AlertRaised
from dateline.newsfeed.tasks import alerts_after
from dateline.people.entries import PersonChanged
from dateline.publishing.alert_sendings import alert_sendings_after
from dateline.publishing.follow_up_sendings import follow_ups_after
from dateline.publishing.hub import hub_after
from dateline.publishing.live_search import index_posts
from dateline.publishing.live_sendings import live_sendings_after
from dateline.publishing.months import count_month
from dateline.publishing.notice_letters import HEARS as NOTICES_HEAR
from dateline.publishing.notice_letters import notice_letters_after
from dateline.publishing.pages import drop_pages
from dateline.publishing.reply_sendings import HEARS as REPLIES_HEAR
from dateline.publishing.reply_sendings import reply_sendings_after
from dateline.publishing.sendings import sendings_after
from dateline.readers.entries import ReaderChanged
from dateline.search.tasks import HEARS as SEARCH_HEARS
from dateline.search.tasks import index_after
from dateline.stories.entries import (
    StoryImported,
    StoryPublished,
    StoryShown,
    StoryUpdated,
    StoryWithdrawn,
)
from dateline.subscriptions.tasks import subscriber_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that follows entries of some types (all, where `hears` is empty).

    A light one may be done again for any number of entries after a kill.
    """

    name: str
    does: Callable[[Recorded], None]
    sentence: str
    hears: tuple[type[Entry], ...] = ()
    time_limit: timedelta = timedelta(seconds=10)
    is_light: bool = False

    def concerns(self, entry: Entry) -> bool:
        """Say whether an entry is of a type it hears."""
        return self.hears_type(type(entry))

    def hears_type(self, kind: type[Entry]) -> bool:
        """Say whether it hears entries of a type."""
        return not self.hears or issubclass(kind, self.hears)


EFFECTS: tuple[Effect, ...] = (
    Effect(
        name="press",
        does=drop_pages,
        is_light=True,
        sentence="Drops every pressed page that shows what the entry touches.",
    ),
    Effect(
        name="renditions",
        does=renditions_after,
        hears=(PictureChanged, PersonChanged),
        time_limit=timedelta(seconds=120),
        sentence="Makes the sizes and formats of a new or changed picture or portrait.",
    ),
    Effect(
        name="search",
        does=index_after,
        hears=SEARCH_HEARS,
        sentence="Makes the search index say what readers may see of a story, topic or person.",
    ),
    Effect(
        name="live-search",
        does=index_posts,
        hears=(LivePostEntry, LiveMerged, LiveArranged),
        sentence="Makes the search index know the posts of live coverage.",
    ),
    Effect(
        name="months",
        does=count_month,
        hears=(StoryPublished, StoryUpdated, StoryImported, StoryWithdrawn),
        sentence="Keeps the sitemap's tally of each month.",
    ),
    Effect(
        name="alerts",
        does=alerts_after,
        hears=(StoryShown, StoryWithdrawn),
        sentence="Has an alert lead to its story while readers see it, and end as that ends.",
    ),
    Effect(
        name="hub",
        does=hub_after,
        sentence="Marks the feeds that an entry may have changed, for the WebSub hub to tell of.",
    ),
    Effect(
        name="chats",
        does=chats_after,
        hears=(StoryPublished, StoryUpdated, StoryWithdrawn),
        sentence="Opens, closes, hides a story's chat with it; marks talk of corrected paragraphs.",
    ),
    Effect(
        name="sendings",
        does=sendings_after,
        hears=(StoryPublished, StoryWithdrawn),
        sentence="Has a story go out to those who follow it, and stops it when it is withdrawn.",
    ),
    Effect(
        name="follow-ups",
        does=follow_ups_after,
        hears=(StoryPublished, StoryUpdated),
        sentence="Has what is new in a story, and what was wrong in it, go out to its followers.",
    ),
    Effect(
        name="live-sendings",
        does=live_sendings_after,
        hears=(LivePostEntry, LiveClosed, LiveReopened),
        sentence="Has key events of a coverage and its end go out to its followers; takes back.",
    ),
    Effect(
        name="alert-sendings",
        does=alert_sendings_after,
        hears=(AlertRaised, AlertEnded, StoryWithdrawn),
        sentence="Has an alert go out to who follows breaking news; takes back what was wrong.",
    ),
    Effect(
        name="reply-sendings",
        does=reply_sendings_after,
        hears=REPLIES_HEAR,
        sentence="Has what is said to a reader go out to them, if they asked for it.",
    ),
    Effect(
        name="subscribers",
        does=subscriber_after,
        hears=(ReaderChanged,),
        sentence="Writes to a reader at the address their account has now.",
    ),
    Effect(
        name="notice-letters",
        does=notice_letters_after,
        hears=NOTICES_HEAR,
        sentence="Writes to who gave notice of illegal content: a receipt, the decision, answers.",
    ),
    Effect(
        name="moderation",
        does=learn_after,
        hears=MODERATION_HEARS,
        time_limit=timedelta(seconds=300),
        sentence="Trains a language's local model, with its first chat and after some decisions.",
    ),
)
