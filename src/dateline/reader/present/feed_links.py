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
        FeedContext(title=feed_title(name, ending), url=f"{address}feed.{ending}", mime=mime)
        for ending, mime in FORMATS.items()
    )


def feed_title(name: str, ending: str = "xml") -> str:
    """Return what a link to a feed says: whose it is, and in which format."""
    return _("%(name)s (%(format)s)") % {"name": name, "format": _NAMES[ending]}
