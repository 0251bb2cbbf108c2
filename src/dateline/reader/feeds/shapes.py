"""What a feed says, before it is written in any format."""

from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAuthor:
    """Somebody who made a story; `url` is absolute."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCategory:
    """What a story is about; `url` is the absolute address of the section or topic."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPicture:
    """A story's lead picture.

    Units: `size` in bytes, `width` and `height` in pixels.
    """

    url: str
    mime: str
    size: int
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One story. Every address is absolute; `html` is its text, empty where only summaries go."""

    guid: str
    url: str
    headline: str
    summary: str
    html: str
    language: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[FeedAuthor, ...]
    categories: tuple[FeedCategory, ...]
    picture: FeedPicture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of stories as a feed.

    Shape: `home` is the page with the same stories, `site` the edition's front; `hub` is the
        address of a WebSub hub, empty for none.
    """

    title: str
    description: str
    url: str
    home: str
    site: str
    language: str
    agency: str
    hub: str
    items: tuple[FeedItem, ...]

    @property
    def updated_at(self) -> datetime:
        """Return when anything in it changed last: the same for each render of the same stories."""
        return max((item.updated_at for item in self.items), default=EPOCH)
