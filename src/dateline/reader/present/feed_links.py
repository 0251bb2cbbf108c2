"""Where feeds are: below the page whose stories they hold, in three formats."""

from django.utils.translation import gettext as _

from dateline.reader.contexts import FeedContext

FORMATS = {
    "xml": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
_NAMES = {"xml": "RSS", "atom": "Atom", "json": "JSON Feed"}


def feeds_at(address: str, name: str) -> tuple[FeedContext, ...]:
    """Return the feeds of the page at an address, best known first."""
    return tuple(
        FeedContext(
            title=_("%(name)s (%(format)s)") % {"name": name, "format": _NAMES[ending]},
            url=f"{address}feed.{ending}",
            mime=mime,
        )
        for ending, mime in FORMATS.items()
    )
