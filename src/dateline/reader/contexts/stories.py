"""A story in a list, and whole."""

from datetime import datetime

from django.utils.safestring import SafeString

from dateline.reader.contexts.body import BlockContext
from dateline.reader.contexts.pieces import (
    BylineContext,
    DatelineContext,
    LinkContext,
    PictureContext,
)
from dateline.reader.contexts.shape import NO_HTML, context, says


@context
class StoryCardContext:
    """A story in a list: `_lead.html`, `_second.html`, `_card.html`, `_feed_line.html`.

    The partials see it as `card`; the stream pushes `_feed_line.html` rendered with the same.
    """

    story_id: int = says("Id of the story; the line carries it as `data-story`.")
    number: int | None = says("In the newsfeed: number of its announcement.", default=None)
    sections: tuple[int, ...] = says("In the newsfeed: its section and those above.", default=())
    topics: tuple[int, ...] = says("In the newsfeed: what it is about.", default=())
    language: str = says("In the newsfeed: its language if not the edition's.", default="")
    headline: str = says("The headline.")
    short_headline: str = says("At most 60 characters, for the newsfeed and the rail.")
    url: str = says("The permanent address.")
    kicker: str = says("Words above the headline; may be empty.", default="")
    standfirst: str = says("The summary, plain text; may be empty.", default="")
    kind: str = says("news, live, offbeat, feature or analysis.", default="news")
    kind_label: str = says("The kind's name in the reader's language.", default="")
    urgency: int = says("1 flash to 8 routine; 1 and 2 are shown as breaking.", default=5)
    is_breaking: bool = says(
        "Whether the urgency makes it breaking and it is fresh.", default=False
    )
    is_live: bool = says("Whether live coverage is running now.", default=False)
    is_corrected: bool = says("Whether the story has a correction.", default=False)
    section: LinkContext | None = says("The section it stands in.", default=None)
    place: str = says("Place of the dateline; may be empty.", default="")
    byline: BylineContext | None = says("First byline, shown with analysis.", default=None)
    published_at: datetime = says("First publication, aware.")
    updated_at: datetime | None = says("Last update when later than the first.", default=None)
    picture: PictureContext | None = says(
        "Lead picture; templates choose whether it fits.", default=None
    )


@context
class TopicLinkContext:
    """A topic a story is about."""

    label: str = says("The topic's name.")
    url: str = says("The topic's page.")
    kind: str = says("subject, person, organisation or place.", default="subject")
    wikidata_id: str = says("Number of the Wikidata item, as `Q42`; may be empty.", default="")


@context
class StorylineStepContext:
    """One story in the small timeline under another. Partial: `_storyline.html`."""

    headline: str = says("The short headline.")
    url: str = says("The permanent address; empty for the story being read.", default="")
    published_at: datetime = says("First publication, aware.")


@context
class PartOfContext:
    """The storyline that a story is a part of. Partial: `_storyline.html`."""

    name: str = says("What the storyline is called.")
    url: str = says("The storyline's page.")
    follow_url: str = says("Where it is followed.")
    steps: tuple[StorylineStepContext, ...] = says(
        "The two before, the story itself, the one after, as far as there are any; oldest first.",
        default=(),
    )


@context
class CorrectionContext:
    """One public correction. Partial: `_corrections.html`."""

    at: datetime = says("When it was corrected, aware.")
    html: SafeString = says("What was wrong and what is right, sanitised inline html.")


@context
class StoryContext:
    """A whole story. Partials: `_story_head.html`, `_story_text.html`, `_story_foot.html`."""

    story_id: int = says("Id of the story.")
    version: int = says("Number of the published version, from 1.")
    language: str = says("Language of the copy, BCP 47.")
    direction: str = says("ltr or rtl.", default="ltr")
    headline: str = says("The headline.")
    short_headline: str = says("At most 60 characters.", default="")
    url: str = says("The permanent address, a path.")
    kicker: str = says("Words above the headline; may be empty.", default="")
    standfirst: str = says(
        "The summary as plain text; empty where the first paragraph repeats it.", default=""
    )
    kind: str = says("news, live, offbeat, feature or analysis.", default="news")
    kind_label: str = says("The kind's name in the reader's language.", default="")
    urgency: int = says("1 flash to 8 routine.", default=5)
    is_breaking: bool = says("Whether it is shown as breaking.", default=False)
    is_live: bool = says("Whether live coverage is running now.", default=False)
    section: LinkContext = says("The section it stands in.")
    dateline: DatelineContext | None = says(
        "Shown here only when no paragraph carries it.", default=None
    )
    bylines: tuple[BylineContext, ...] = says("Who made it, in order.", default=())
    published_at: datetime = says("First publication, aware.")
    updated_at: datetime | None = says("Last update when later than the first.", default=None)
    reading_minutes: int = says("Reading time in minutes, at least 1.", default=1)
    word_count: int = says("Words of the body.", default=0)
    contents: tuple[LinkContext, ...] = says(
        "Table of contents of a long story, or the hours of live coverage.", default=()
    )
    picture: PictureContext | None = says("Lead picture.", default=None)
    picture_sizes: str = says("How wide the lead picture is shown, as `sizes`.", default="100vw")
    blocks: tuple[BlockContext, ...] = says("The body in order.", default=())
    editors_note: SafeString = says("Editor's note, sanitised inline html.", default=NO_HTML)
    corrections: tuple[CorrectionContext, ...] = says("Newest first.", default=())
    topics: tuple[TopicLinkContext, ...] = says("What the story is about.", default=())
    source: str = says("Where the copy came from when not from our own desk.", default="")
