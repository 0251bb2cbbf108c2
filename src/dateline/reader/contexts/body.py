"""The blocks of a story's body, each with its partial."""

from typing import ClassVar

from django.utils.safestring import SafeString

from dateline.reader.contexts.pieces import DatelineContext, PictureContext
from dateline.reader.contexts.shape import context, says


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
