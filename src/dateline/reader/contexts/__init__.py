"""What every page and partial of the reader's site is given.

One frozen dataclass per page and per partial, plain values only, each field with a help text; the
page of documentation about contexts is made from them. A page context states its `template` and is
handed to it as its own fields, see `template_values`. Views fill these in; templates show them and
know nothing else.

Languages and times: a context is rendered with the edition's language and time zone active. Every
`datetime` here is aware; the template shows it in the active zone.
"""

from dateline.reader.contexts.body import (
    BlockContext,
    DocumentContext,
    EmbedContext,
    FactBoxContext,
    GalleryContext,
    ListContext,
    ParagraphContext,
    PictureBlockContext,
    PullQuoteContext,
    QuoteContext,
    SubheadContext,
    TableContext,
)
from dateline.reader.contexts.furniture import (
    AlertContext,
    AlternateContext,
    ArticleContext,
    EditionContext,
    NewsfeedContext,
    PageContext,
)
from dateline.reader.contexts.pages import (
    ErrorContext,
    FrontContext,
    GoneContext,
    NoticeChoiceContext,
    NoticesContext,
    OfflineContext,
    PartsContext,
    PreferencesContext,
    SavedContext,
    SectionContext,
    StoryPageContext,
    TopicContext,
)
from dateline.reader.contexts.pieces import (
    BylineContext,
    CrumbContext,
    DatelineContext,
    FeedContext,
    KindLinkContext,
    LinkContext,
    PictureContext,
    PictureSourceContext,
)
from dateline.reader.contexts.shape import NO_HTML, context, says, template_values
from dateline.reader.contexts.stories import (
    CorrectionContext,
    PartOfContext,
    StoryCardContext,
    StoryContext,
    StorylineStepContext,
    TopicLinkContext,
)

__all__ = [
    "NO_HTML",
    "AlertContext",
    "AlternateContext",
    "ArticleContext",
    "BlockContext",
    "BylineContext",
    "CorrectionContext",
    "CrumbContext",
    "DatelineContext",
    "DocumentContext",
    "EditionContext",
    "EmbedContext",
    "ErrorContext",
    "FactBoxContext",
    "FeedContext",
    "FrontContext",
    "GalleryContext",
    "GoneContext",
    "KindLinkContext",
    "LinkContext",
    "ListContext",
    "NewsfeedContext",
    "NoticeChoiceContext",
    "NoticesContext",
    "OfflineContext",
    "PageContext",
    "ParagraphContext",
    "PartOfContext",
    "PartsContext",
    "PictureBlockContext",
    "PictureContext",
    "PictureSourceContext",
    "PreferencesContext",
    "PullQuoteContext",
    "QuoteContext",
    "SavedContext",
    "SectionContext",
    "StoryCardContext",
    "StoryContext",
    "StoryPageContext",
    "StorylineStepContext",
    "SubheadContext",
    "TableContext",
    "TopicContext",
    "TopicLinkContext",
    "context",
    "says",
    "template_values",
]
