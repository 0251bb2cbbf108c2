"""What every page and partial of the reader's site is given.

One frozen dataclass per page and per partial, plain values only, each field with a help text; the
page of documentation about contexts is made from them. A page context states its `template` and is
handed to it as its own fields, see `template_values`. Views fill these in; templates show them and
know nothing else.

Languages and times: a context is rendered with the edition's language and time zone active. Every
`datetime` here is aware; the template shows it in the active zone.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, dataclass_transform

from django.utils.safestring import SafeString

T = TypeVar("T")
NO_HTML = SafeString("")


def says(text: str, *, default: Any = MISSING) -> Any:
    """Declare a field of a context with its help text.

    Args:
        text: One sentence for whoever writes a template.
        default: Value when the view gives none; without it the field is required.
    """
    if default is MISSING:
        return field(metadata={"help": text})
    return field(default=default, metadata={"help": text})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(says,))
def context(cls: type[T]) -> type[T]:
    """Make a class a context: frozen, keyword-only, slotted."""
    make: Callable[[type[T]], type[T]] = dataclass(frozen=True, kw_only=True, slots=True)
    return make(cls)


def template_values(given: Any) -> dict[str, Any]:
    """Return the fields of a context as the values its template sees."""
    return {one.name: getattr(given, one.name) for one in fields(given)}


# --- Small pieces -----------------------------------------------------------------------------


@context
class LinkContext:
    """A link with its words: a section in the navigation, a topic, an edition."""

    label: str = says("The words shown.")
    url: str = says("Where it leads; a path of this site.")
    is_current: bool = says("Whether it is the page being read.", default=False)
    language: str = says("Language of the target when it differs, as BCP 47.", default="")


@context
class CrumbContext:
    """One step of the breadcrumb; the first is the site, the last the page itself."""

    label: str = says("The words shown.")
    url: str = says("Where it leads; empty for the page itself.", default="")


@context
class FeedContext:
    """A machine-readable list a reader can subscribe to."""

    title: str = says("What the feed holds.")
    url: str = says("Its address.")
    mime: str = says("Its media type.", default="application/rss+xml")


@context
class KindLinkContext:
    """One choice in the filter by kind."""

    kind: str = says("news, live, offbeat, feature, analysis; empty for all kinds.")
    label: str = says("The kind's name in the reader's language.")
    url: str = says("The list filtered to this kind.")
    is_current: bool = says("Whether this filter is on.", default=False)


@context
class PictureSourceContext:
    """One encoding of a picture at several widths."""

    mime: str = says("image/avif or image/webp.")
    srcset: str = says("Ready srcset: addresses with widths, as `a.avif 480w, b.avif 960w`.")


@context
class PictureContext:
    """A picture with everything that must stand beside it. Partial: `_picture.html`."""

    src: str = says("Address of the fallback rendition.")
    width: int = says("Width of the fallback rendition in pixels.")
    height: int = says("Height of the fallback rendition in pixels.")
    alt: str = says("What the picture shows, for those who do not see it.")
    srcset: str = says("Ready srcset of the fallback encoding; may be empty.", default="")
    sources: tuple[PictureSourceContext, ...] = says("Better encodings, best first.", default=())
    caption: str = says("Caption as plain text.", default="")
    credit: str = says("Credit line, such as `Ilse Marek / Meridian`.", default="")
    usage_terms: str = says("Usage terms, shown as the credit's title.", default="")


@context
class BylineContext:
    """One person who made the story. Partial: `_byline.html`."""

    name: str = says("The name as it is signed.")
    role: str = says("Role in the reader's language, as `Correspondent`.", default="")
    url: str = says("Page of this person; empty when there is none.", default="")
    portrait: PictureContext | None = says("A square portrait.", default=None)
    about: str = says("A sentence about the person, shown under analysis.", default="")
    is_writer: bool = says("Whether the person wrote it; others helped.", default=True)


@context
class DatelineContext:
    """Place, date and agency at the head of the copy. Partial: `_dateline.html`."""

    place: str = says("Place as written, usually in capitals.", default="")
    filed_on: date | None = says("The day it was filed.", default=None)
    date_text: str = says("The day as the edition writes it, as `February 13`.", default="")
    agency: str = says("The agency the copy came from.", default="")


# --- Blocks of the body -----------------------------------------------------------------------


@context
class ParagraphContext:
    """One paragraph. Partial: `_paragraph.html`."""

    template: ClassVar[str] = "reader/_paragraph.html"
    kind: ClassVar[str] = "paragraph"
    block_id: str = says("Stable id of the block; the anchor is `b-{block_id}`.")
    html: SafeString = says("Sanitised inline html, without the `<p>` itself.")
    dateline: DatelineContext | None = says("Given to the first paragraph only.", default=None)


@context
class ListContext:
    """A bulleted or numbered list. Partial: `_list.html`."""

    template: ClassVar[str] = "reader/_list.html"
    kind: ClassVar[str] = "list"
    block_id: str = says("Stable id of the block.")
    items: tuple[SafeString, ...] = says("Sanitised inline html of each item.")
    is_ordered: bool = says("Whether the items are numbered.", default=False)


@context
class SubheadContext:
    """A subhead between paragraphs. Partial: `_subhead.html`."""

    template: ClassVar[str] = "reader/_subhead.html"
    kind: ClassVar[str] = "subhead"
    block_id: str = says("Stable id of the block.")
    text: str = says("The subhead, without its hour.")
    time_text: str = says("The hour it begins with in live coverage, as `22:10`.", default="")


@context
class QuoteContext:
    """Words somebody said. Partial: `_quote.html`."""

    template: ClassVar[str] = "reader/_quote.html"
    kind: ClassVar[str] = "quote"
    block_id: str = says("Stable id of the block.")
    html: SafeString = says("The words, sanitised inline html, without quotation marks.")
    speaker: str = says("Who said it.", default="")
    role: str = says("What the speaker is, as `foreign minister of Vellmark`.", default="")


@context
class PullQuoteContext:
    """Words of the text set large beside it; not part of the text. Partial: `_pull_quote.html`."""

    template: ClassVar[str] = "reader/_pull_quote.html"
    kind: ClassVar[str] = "pull_quote"
    block_id: str = says("Stable id of the block.")
    html: SafeString = says("The words, sanitised inline html, without quotation marks.")
    speaker: str = says("Who said it.", default="")
    role: str = says("What the speaker is.", default="")


@context
class PictureBlockContext:
    """A picture between paragraphs. Partial: `_picture_block.html`."""

    template: ClassVar[str] = "reader/_picture_block.html"
    kind: ClassVar[str] = "picture"
    block_id: str = says("Stable id of the block.")
    picture: PictureContext = says("The picture.")


@context
class GalleryContext:
    """Several pictures as one. Partial: `_gallery.html`."""

    template: ClassVar[str] = "reader/_gallery.html"
    kind: ClassVar[str] = "gallery"
    block_id: str = says("Stable id of the block.")
    pictures: tuple[PictureContext, ...] = says("The pictures in order.")
    title: str = says("What the gallery shows.", default="")


@context
class TableContext:
    """Figures in rows. Partial: `_table.html`."""

    template: ClassVar[str] = "reader/_table.html"
    kind: ClassVar[str] = "table"
    block_id: str = says("Stable id of the block.")
    caption: str = says("What the table holds.", default="")
    header: tuple[str, ...] = says("Column names; may be empty.", default=())
    rows: tuple[tuple[str, ...], ...] = says("Cells as plain text.")
    source: str = says("Where the figures are from.", default="")


@context
class FactBoxContext:
    """Background set apart from the text. Partial: `_fact_box.html`."""

    template: ClassVar[str] = "reader/_fact_box.html"
    kind: ClassVar[str] = "fact_box"
    block_id: str = says("Stable id of the block.")
    title: str = says("The box's title.")
    html: SafeString = says("Sanitised block html: paragraphs and lists.")


@context
class EmbedContext:
    """Something of another site: a link, loaded only when asked. Partial: `_embed.html`."""

    template: ClassVar[str] = "reader/_embed.html"
    kind: ClassVar[str] = "embed"
    block_id: str = says("Stable id of the block.")
    url: str = says("Address on the other site, http or https.")
    title: str = says("What it is.", default="")
    provider: str = says("Name of the other site.", default="")


@context
class DocumentContext:
    """A file to take along. Partial: `_document.html`."""

    template: ClassVar[str] = "reader/_document.html"
    kind: ClassVar[str] = "document"
    block_id: str = says("Stable id of the block.")
    url: str = says("Address of the file.")
    title: str = says("What it is.")
    format: str = says("Format in capitals, as `PDF`.", default="")
    size_text: str = says("Size in words, as `240 KB`.", default="")


BlockContext = (
    ParagraphContext
    | ListContext
    | SubheadContext
    | QuoteContext
    | PullQuoteContext
    | PictureBlockContext
    | GalleryContext
    | TableContext
    | FactBoxContext
    | EmbedContext
    | DocumentContext
)


# --- Stories ----------------------------------------------------------------------------------


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


# --- Furniture shared by all pages ------------------------------------------------------------


@context
class EditionContext:
    """The site in one language."""

    code: str = says("Code of the edition, as `en`.")
    name: str = says("Name of the site, as `Meridian`.")
    tagline: str = says("One line under the name.", default="")
    agency: str = says("Name of the agency, for the foot of the page.", default="")
    language: str = says("BCP 47 language of the interface.", default="en")
    direction: str = says("ltr or rtl.", default="ltr")
    timezone: str = says("IANA name of the zone times are shown in.", default="UTC")
    home_url: str = says("The front.", default="/")
    sections: tuple[LinkContext, ...] = says("Navigation in order.", default=())
    languages: tuple[LinkContext, ...] = says("Other editions.", default=())


@context
class NewsfeedContext:
    """The newsfeed beside a page. Partial: `_newsfeed.html`."""

    channel: str = says("Channel of the stream, as `newsfeed:en`.")
    after: int = says("Journal number the lines were read at; the stream replays after it.")
    lines: tuple[StoryCardContext, ...] = says("Newest first.", default=())
    older_url: str = says("Where the newsfeed goes on; empty at its end.", default="")
    home_url: str = says("The newsfeed's own page.", default="/newsfeed/")
    is_away: bool = says("Whether scripts fetch the lines when somebody looks.", default=False)
    shows: str = says(
        "What the lines are: newest, chosen (by a filter), older; empty without lines.", default=""
    )
    filter: str = says("What lines must carry to pass the page's filter, as JSON.", default="")
    stream_url: str = says("Address of the stream.", default="/-/stream")


@context
class AlertContext:
    """The alert in force, over every page. Partial: `_alert.html`."""

    number: int = says("Its number, by which a browser knows that it has told of it.")
    headline: str = says("At most 60 characters.")
    url: str = says("The story; empty while there is none that readers may see.", default="")
    is_flash: bool = says("A flash, or else a bulletin.", default=False)
    raised_at: datetime = says("When it was raised.")
    until: datetime = says("When it ends by itself.")


@context
class AlternateContext:
    """The same page in another edition."""

    language: str = says("BCP 47.")
    url: str = says("Absolute address.")


@context
class ArticleContext:
    """What shares and search engines are told of a story beside its title."""

    published_at: datetime = says("First publication, aware.")
    updated_at: datetime | None = says("Last update.", default=None)
    section: str = says("Name of the section.", default="")
    authors: tuple[str, ...] = says("Names of the writers.", default=())
    topics: tuple[str, ...] = says("Names of the topics.", default=())


@context
class PageContext:
    """What every page needs around its own matter. Template: `base.html`."""

    title: str = says("Title of the page without the site's name.")
    description: str = says("One or two sentences for search engines and shares.", default="")
    canonical_url: str = says("Absolute permanent address.", default="")
    journal: int = says("Journal number the page was built from.", default=0)
    edition: EditionContext = says("The edition the page belongs to.")
    crumbs: tuple[CrumbContext, ...] = says("The way from the site to this page.", default=())
    feeds: tuple[FeedContext, ...] = says("Feeds of this page, most specific first.", default=())
    alternates: tuple[AlternateContext, ...] = says(
        "This page in other editions, this one among them.", default=()
    )
    share_picture_url: str = says("Absolute address of the picture for shares.", default="")
    share_picture_alt: str = says("What that picture shows.", default="")
    share_picture_width: int = says("Its width in pixels; 0 if not known.", default=0)
    share_picture_height: int = says("Its height in pixels; 0 if not known.", default=0)
    article: ArticleContext | None = says("Given on a story's page.", default=None)
    is_indexed: bool = says("Whether search engines may list the page.", default=True)
    data: SafeString = says("JSON-LD, ready to stand in a script element.", default=NO_HTML)
    share_kind: str = says("Open Graph type: website or article.", default="website")
    lite_url: str = says("The page without pictures and scripts; empty for none.", default="")
    subscribe_url: str = says("Where Subscribe leads; empty hides it.", default="")
    newsfeed: NewsfeedContext | None = says("The newsfeed beside the page.", default=None)
    alert: AlertContext | None = says("The alert in force, on pages that show it.", default=None)
    shows_alert: bool = says("Whether this page is made anew when there is one.", default=False)
    now: datetime | None = says("Time the page was built, for `today` lines.", default=None)


# --- Pages ------------------------------------------------------------------------------------


@context
class FrontContext:
    """The front of an edition: one lead, two seconds, a rail, then a river."""

    template: ClassVar[str] = "reader/front.html"
    page: PageContext = says("Shared furniture.")
    lead: StoryCardContext | None = says("The first story; None on an empty site.", default=None)
    lead_related: tuple[StoryCardContext, ...] = says("Lines under the lead.", default=())
    seconds: tuple[StoryCardContext, ...] = says("Two stories beside the lead.", default=())
    rail: tuple[StoryCardContext, ...] = says("Short lines of the newest.", default=())
    river: tuple[StoryCardContext, ...] = says("The rest, newest first.", default=())
    older_url: str = says("The next page of the river; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")


@context
class SectionContext:
    """A section with its name and tagline."""

    template: ClassVar[str] = "reader/section.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("Name of the section.")
    tagline: str = says("One line under the name.", default="")
    children: tuple[LinkContext, ...] = says("Sections inside this one.", default=())
    kinds: tuple[KindLinkContext, ...] = says("The filter by kind.", default=())
    lead: StoryCardContext | None = says("First story on the first page.", default=None)
    seconds: tuple[StoryCardContext, ...] = says("What an editor placed beside it.", default=())
    stories: tuple[StoryCardContext, ...] = says("The others, newest first.", default=())
    older_url: str = says("The next page; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")
    archive_url: str = says("The section's archive.", default="")


@context
class TopicContext:
    """What has been written about one person, organisation, place or subject."""

    template: ClassVar[str] = "reader/topic.html"
    page: PageContext = says("Shared furniture.")
    name: str = says("Name of the topic.")
    kind_label: str = says("`Person`, `Place` … in the reader's language.", default="")
    description: str = says("One or two sentences; plain text.", default="")
    aliases: tuple[str, ...] = says("Other names of it.", default=())
    picture: PictureContext | None = says("A picture of it.", default=None)
    stories: tuple[StoryCardContext, ...] = says("Newest first.", default=())
    older_url: str = says("The next page; empty at the end.", default="")
    newest_url: str = says("Back to the first page; empty on it.", default="")
    archive_url: str = says("The topic's archive.", default="")


@context
class StoryPageContext:
    """A story on its own page."""

    template: ClassVar[str] = "reader/story.html"
    page: PageContext = says("Shared furniture.")
    story: StoryContext = says("The story.")
    translations: tuple[LinkContext, ...] = says("The story in other languages.", default=())
    related: tuple[StoryCardContext, ...] = says("Stories that belong with it.", default=())
    following: tuple[StoryCardContext, ...] = says("Newest of the same section.", default=())
    live: Any = says("Live coverage of the story, a LiveCoverageContext.", default=None)
    chat: Any = says("The story's chat, a StoryChatContext.", default=None)


@context
class PreferencesContext:
    """How the site looks and behaves in this browser; kept there and nowhere else."""

    template: ClassVar[str] = "reader/preferences.html"
    page: PageContext = says("Shared furniture.")


@context
class SavedContext:
    """The stories saved in this browser: scripts fill the list."""

    template: ClassVar[str] = "reader/saved.html"
    page: PageContext = says("Shared furniture.")


@context
class OfflineContext:
    """What is shown instead of a page when there is no network."""

    template: ClassVar[str] = "reader/offline.html"
    page: PageContext = says("Shared furniture.")


@context
class PartsContext:
    """Dialogs and lines that scripts put into pages, each in a `<template>`."""

    template: ClassVar[str] = "reader/parts.html"
    page: PageContext = says("Shared furniture; its title is empty.")


@context
class ErrorContext:
    """A page that is not there (404). A 500 needs no context at all."""

    template: ClassVar[str] = "reader/404.html"
    page: PageContext = says("Shared furniture.")
    words: str = says("Words of the address asked for, to search by.", default="")
    latest: tuple[StoryCardContext, ...] = says("Stories to read instead.", default=())


@context
class GoneContext:
    """A story that was withdrawn (410)."""

    template: ClassVar[str] = "reader/410.html"
    page: PageContext = says("Shared furniture.")
    withdrawn_at: datetime | None = says("When it was withdrawn, aware.", default=None)
    notice: str = says("What the desk tells readers of it; plain text.", default="")
    latest: tuple[StoryCardContext, ...] = says("Stories to read instead.", default=())
