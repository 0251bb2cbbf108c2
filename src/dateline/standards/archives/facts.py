"""What one item of an archive says, whatever system it came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from dateline.standards.archives.shelf import Shelf
from dateline.standards.times import NEVER, Moment

Dialect = Literal["html", "text", "wordpress"]
Status = Literal["published", "draft", "scheduled", "private", "trash"]
System = Literal["wordpress", "ghost", "feed", "pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePicture:
    """A picture an item points at; `address` is absolute."""

    address: str
    caption: str = ""
    alt: str = ""
    credit: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody who wrote an item; `key` is the login or slug of the old system."""

    key: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category with those it is part of.

    Shape: `path` holds slug and name of each level.
    Order: from the top down; the last is the category itself.
    """

    path: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        """The category's own slug."""
        return self.path[-1][0]

    @property
    def name(self) -> str:
        """The category's own name."""
        return self.path[-1][1]

    @property
    def slugs(self) -> str:
        """The slugs of all levels, as `world/balkans`."""
        return "/".join(slug for slug, _ in self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveItem:
    """One item as the archive has it; its text is still in the old system's markup.

    `key` is the same whenever the same item is read again. `type` is the old system's word, `post`
    and `page` for what most have. `address` is absolute and the item's own; `other_addresses` led
    to it too. The first category is the main one. `trouble` says why nothing can be made of it.
    """

    key: str
    type: str = "post"
    status: Status = "published"
    is_locked: bool = False
    address: str = ""
    other_addresses: tuple[str, ...] = ()
    headline: str = ""
    standfirst: str = ""
    authors: tuple[Author, ...] = ()
    categories: tuple[Category, ...] = ()
    tags: tuple[str, ...] = ()
    published: Moment = NEVER
    updated: Moment = NEVER
    language: str = ""
    markup: str = ""
    dialect: Dialect = "html"
    lead: ArchivePicture | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that was looked through once from end to end and found sound.

    `read` yields its items, in the order of its files; `total` is how many there are.
    """

    system: System
    site: str
    total: int
    read: Callable[[], Iterator[ArchiveItem]]
    shelf: Shelf = field(default_factory=Shelf)
