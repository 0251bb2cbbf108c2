"""What live coverage on a story's page is given; see `contexts`."""

from datetime import datetime

from django.utils.safestring import SafeString

from dateline.reader.contexts import (
    NO_HTML,
    BlockContext,
    LinkContext,
    PictureContext,
    context,
    says,
)


@context
class LivePostContext:
    """One post of a coverage. Partial: `_live_post.html`."""

    key: str = says("Its key, which names it in addresses for ever.")
    url: str = says("Its permanent address, a path.")
    place: str = says("Its place in the list, as `?before=` takes it.")
    version: int = says("Which of its states this is, from 1.", default=1)
    headline: str = says("The headline; may be empty.", default="")
    blocks: tuple[BlockContext, ...] = says("The text in order.", default=())
    byline: str = says("Who signed it; empty where nobody did.", default="")
    byline_url: str = says("That person's page; empty when there is none.", default="")
    published_at: datetime = says("When it was published, aware.")
    edited_at: datetime | None = says("When its words were changed last.", default=None)
    correction: SafeString = says("What was wrong and is right now, inline html.", default=NO_HTML)
    corrected_at: datetime | None = says("When that was said.", default=None)
    is_key: bool = says("Whether it is a key event.", default=False)
    is_pinned: bool = says("Whether it stands above all others.", default=False)
    story: LinkContext | None = says("The story that was made of it.", default=None)

    @property
    def pictures(self) -> tuple[PictureContext, ...]:
        """Return the pictures among its blocks."""
        found = (getattr(block, "picture", None) for block in self.blocks)
        return tuple(picture for picture in found if picture is not None)


@context
class LiveKeyContext:
    """A line of the index of key events. Partial: `_live_key.html`."""

    key: str = says("Key of the post.")
    url: str = says("The post on this page, or its permanent address.")
    place: str = says("Its place in the list.")
    label: str = says("Headline, or the first words.")
    published_at: datetime = says("When it was published, aware.")


@context
class LiveCoverageContext:
    """Live coverage below the text of its story. Partial: `_live.html`."""

    story_id: int = says("Number of the story; its channel is `live:` and this.")
    after: int = says("Journal number the page was read at; the stream replays after it.")
    is_running: bool = says("Whether the coverage goes on.")
    opened_at: datetime = says("When it began, aware.")
    closed_at: datetime | None = says("When it ended, aware.", default=None)
    changed_at: datetime | None = says("Last change, on the first page alone.", default=None)
    summary: tuple[SafeString, ...] = says("What we know, sentences of inline html.", default=())
    summary_at: datetime | None = says("When that was written.", default=None)
    keys: tuple[LiveKeyContext, ...] = says("Key events, newest first.", default=())
    pinned: LivePostContext | None = says("The post that stands on top.", default=None)
    posts: tuple[LivePostContext, ...] = says("The posts of this page in order.", default=())
    is_first: bool = says("Whether this is the page the coverage begins with.", default=True)
    order: str = says("newest or oldest: which comes first.", default="newest")
    start_url: str = says("The coverage's first page in this order.")
    switch_url: str = says("The same coverage in the other order.")
    next_url: str = says("The page after this one; empty at the end.", default="")
    post: LivePostContext | None = says("The post this page was asked for.", default=None)
