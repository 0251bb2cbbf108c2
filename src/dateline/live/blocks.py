"""The parts of a post: those of a story's body that are read at a glance."""

from django.utils.translation import gettext_lazy as _

from dateline.stories.blocks import (
    BOX_FEATURES,
    INLINE_FEATURES,
    CleanStreamBlock,
    CleanTextBlock,
    EmbedBlock,
    PictureBlock,
    QuoteBlock,
)


class PostBlock(CleanStreamBlock):
    """The text of a live post."""

    paragraph = CleanTextBlock(label=_("Paragraph"), icon="pilcrow", features=INLINE_FEATURES)
    quote = QuoteBlock(label=_("Quote"), icon="openquote")
    list = CleanTextBlock(label=_("List"), icon="list-ul", features=BOX_FEATURES)
    picture = PictureBlock(label=_("Picture"), icon="image")
    embed = EmbedBlock(label=_("Embed"), icon="media")
