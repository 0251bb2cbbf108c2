"""The parts of a body as the editor offers them; stored HTML is cleaned on its way in.

Every block gets a stable id from the StreamField, kept through all versions.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from dateline.common.html import Markup, clean, is_web_address

INLINE_FEATURES = ["bold", "italic", "link", "superscript", "subscript"]
Parts = list[dict[str, Any]]
BOX_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class CleanTextBlock(blocks.RichTextBlock):
    """Rich text that is cleaned before it is stored, whichever way it came."""

    def get_prep_value(self, value: Any) -> str:
        """Return what is stored: the source HTML through `clean()`."""
        source = value.source if isinstance(value, RichText) else str(value or "")
        return clean(Markup.BLOCK, source)

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        """Yield nothing: our text links to addresses and stories, never to Wagtail's own rows.

        To find that out by itself, Wagtail would load every screen of the newsroom.
        """
        return iter(())


class QuoteBlock(blocks.StructBlock):
    """Words somebody said, set apart; a pull quote repeats words of the text in large type."""

    text = CleanTextBlock(label=_("Words of the quote"), features=["italic", "link"])
    speaker = blocks.CharBlock(label=_("Speaker"), required=False, max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    is_pull = blocks.BooleanBlock(
        label=_("Pull quote"), required=False, help_text=_("Repeats words of the text, set large.")
    )


class PictureBlock(blocks.StructBlock):
    """A picture between paragraphs; its own caption stands unless another is given."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=400)


class GalleryBlock(blocks.StructBlock):
    """Several pictures as one."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=1)


class TableBlock(blocks.StructBlock):
    """Figures in rows; a row is a line, its cells parted by `|` or tabs."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    header = blocks.CharBlock(
        label=_("Column names"), required=False, help_text=_("Parted by |, such as Year | Votes")
    )
    rows = blocks.TextBlock(
        label=_("Rows"), help_text=_("One row a line, cells parted by | or tabs."), rows=6
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)


class FactBoxBlock(blocks.StructBlock):
    """Background set apart from the text."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = CleanTextBlock(label=_("Text"), features=BOX_FEATURES)


class _AtAddress(blocks.StructBlock):
    """What has an address on the web; other schemes are refused here and shown nowhere."""

    def clean(self, value: Any) -> Any:
        """Return the value, or refuse it beside its address."""
        cleaned = super().clean(value)
        if not is_web_address(cleaned["url"]):
            told = ValidationError(_("Write an address that begins with https:// or http://."))
            raise StructBlockValidationError(block_errors={"url": told})
        return cleaned


class EmbedBlock(_AtAddress):
    """Something on another site; readers load it by a click."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    provider = blocks.CharBlock(label=_("Name of the site"), required=False, max_length=80)


class DocumentBlock(_AtAddress):
    """A file to take along, at its address."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("Title"), max_length=160)


class CleanStreamBlock(blocks.StreamBlock):
    """Parts in a row, each cleaned before it is stored, whichever way it came."""

    def get_prep_value(self, value: Any) -> Parts:
        """Return what is stored, cleaned also where Wagtail hands on raw parts it never opened."""
        parts: Parts = super().get_prep_value(value)
        return [
            {**part, "value": _cleaned(self.child_blocks[part["type"]], part["value"])}
            for part in parts
        ]


class BodyBlock(CleanStreamBlock):
    """A story's body."""

    paragraph = CleanTextBlock(label=_("Paragraph"), icon="pilcrow", features=INLINE_FEATURES)
    subhead = blocks.CharBlock(label=_("Subhead"), icon="title", max_length=160)
    quote = QuoteBlock(label=_("Quote"), icon="openquote")
    list = CleanTextBlock(label=_("List"), icon="list-ul", features=BOX_FEATURES)
    picture = PictureBlock(label=_("Picture"), icon="image")
    gallery = GalleryBlock(label=_("Gallery"), icon="image")
    table = TableBlock(label=_("Table"), icon="table")
    fact_box = FactBoxBlock(label=_("Fact box"), icon="info-circle")
    embed = EmbedBlock(label=_("Embed"), icon="media")
    document = DocumentBlock(label=_("Document"), icon="doc-full")


def _cleaned(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, CleanTextBlock):
        return clean(Markup.BLOCK, str(value or ""))
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        return {
            name: _cleaned(children[name], one) if name in children else one
            for name, one in value.items()
        }
    return value


def pictures_in(body: Any) -> frozenset[int]:
    """Return the numbers of the pictures in a body, without asking the database for them."""
    return frozenset(_pictures(body.stream_block, body.raw_data))


def _pictures(block: blocks.Block, raw: Any) -> Iterator[int]:
    if isinstance(block, ImageChooserBlock):
        if raw:
            yield int(raw)
    elif isinstance(block, blocks.StreamBlock):
        for part in raw:
            yield from _pictures(block.child_blocks[part["type"]], part["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            yield from _pictures(block.child_block, item.get("value", item))
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _pictures(child, (raw or {}).get(name))
