"""Links, pictures, bylines: what stands in many places."""

from datetime import date

from dateline.reader.contexts.shape import context, says


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
