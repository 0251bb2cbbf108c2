"""The plain facts of a document, as every reader of a wire or import format yields them."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from dateline.standards.text.clean import repeats

BlockKind = Literal["paragraph", "subhead", "quote", "list", "table", "picture", "embed"]
Embargo = dt.datetime | Literal["hold"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, date and agency at the head of the copy.

    `year` and `date` stay None when neither the copy nor the document's date tells the year.
    `raw` is the dateline as printed, its dash included.
    """

    raw: str
    place: str
    month: int | None = None
    day: int | None = None
    year: int | None = None
    date: dt.date | None = None
    agency: str | None = None

    @property
    def city(self) -> str:
        """The place without its region: `GROSSETO` of `GROSSETO, Italy`."""
        return re.split(r"[,،(]", self.place)[0].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture, sound or film. Units: pixels; `size` in bytes."""

    href: str
    name: str = ""
    mime: str = ""
    width: int | None = None
    height: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that belongs to an item. Order of `renditions`: as in the source."""

    guid: str | None = None
    headline: str | None = None
    caption: str | None = None
    credit: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    renditions: tuple[Rendition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to something outside the item."""

    href: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note that travels with an item; `public` says whether readers may see it."""

    text: str
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the body.

    Shape: `html` is sanitised inline HTML and `text` the same without tags; a list has `items`,
    a table has `rows`, each cell or item inline HTML like `html`; a picture has `picture`; an
    embed has `url`; a quote may have `attribution`; a subhead has `level` 2 to 6.
    """

    kind: BlockKind
    text: str = ""
    html: str = ""
    level: int = 2
    ordered: bool = False
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    attribution: str | None = None
    picture: Picture | None = None
    url: str = ""
    links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one item says; fields a format cannot yield stay None or empty.

    `*_local` is a time as written when the source gave no zone. `embargo_until` is `"hold"` when
    the source states an embargo that cannot be read: held until a person releases it. `teaser` is
    the summary as found; `standfirst` is the one to show.
    """

    type: str = "text"
    guid: str | None = None
    version: int | float | None = None
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    version_created: dt.datetime | None = None
    version_created_local: str | None = None
    first_created: dt.datetime | None = None
    first_created_local: str | None = None
    content_created: dt.datetime | None = None
    content_created_local: str | None = None
    expires: dt.datetime | None = None
    expires_local: str | None = None
    pub_status: Literal["usable", "withheld", "canceled"] = "usable"
    embargo_until: Embargo = None
    signal: str | None = None
    headline: str | None = None
    kicker: str | None = None
    subheadline: str | None = None
    teaser: str | None = None
    slugline: str | None = None
    keywords: tuple[str, ...] = ()
    byline: str | None = None
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    located: str | None = None
    credit: str | None = None
    source: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    urgency: int | None = None
    category: str | None = None
    section_name: str | None = None
    section_tagline: str | None = None
    genre: str | None = None
    subject_qcodes: tuple[str, ...] = ()
    subject_codes: tuple[str, ...] = ()
    subject_uris: tuple[str, ...] = ()
    subject_names: tuple[str, ...] = ()
    geo_names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    pois: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    correction_public: str | None = None
    related_links: tuple[Link, ...] = ()
    related_pictures: tuple[Picture, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    caption: str | None = None
    picture_credit: str | None = None
    link: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The body's paragraphs, in order."""
        return tuple(block for block in self.body if block.kind == "paragraph")

    @property
    def standfirst(self) -> str | None:
        """The teaser, or None when the first paragraph repeats it: it stands on a page once."""
        first = self.paragraphs[:1]
        if self.teaser and first and repeats(self.teaser, first[0].text):
            return None
        return self.teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document read: its format, its items in document order, and a digest of its bytes."""

    format: str
    items: tuple[Facts, ...]
    digest: str = field(default="")
