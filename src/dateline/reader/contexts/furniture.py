"""What stands around the matter of every page."""

from datetime import datetime

from django.utils.safestring import SafeString

from dateline.reader.contexts.pieces import CrumbContext, FeedContext, LinkContext
from dateline.reader.contexts.shape import NO_HTML, context, says
from dateline.reader.contexts.stories import StoryCardContext


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
    follow_url: str = says("Where what this page is about is followed; empty for none.", default="")
    newsfeed: NewsfeedContext | None = says("The newsfeed beside the page.", default=None)
    alert: AlertContext | None = says("The alert in force, on pages that show it.", default=None)
    shows_alert: bool = says("Whether this page is made anew when there is one.", default=False)
    now: datetime | None = says("Time the page was built, for `today` lines.", default=None)
