"""What can happen to live coverage, as the journal tells it.

Pages that show posts touch `live:{story}` (the first page, feeds) or `live:{story}:posts` (pages
further back, which a new post does not change). A card of the story shows no post, so a new one
drops no list.
"""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntry(Entry):
    """What every entry about a coverage that readers see carries: the story it belongs to."""

    story: int

    @property
    def subject(self) -> str:
        return f"story:{self.story}/live"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"live:{self.story}",)

    @property
    def channels(self) -> tuple[str, ...]:
        return (f"live:{self.story}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePostEntry(LiveEntry):
    """What every entry about a post that readers see, or saw, carries: its number and key."""

    post: int
    key: str

    @property
    def subject(self) -> str:
        return f"story:{self.story}/live/post:{self.post}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"live:{self.story}", f"live:{self.story}:posts", f"live-post:{self.post}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePostPublished(LivePostEntry):
    """A post is out. `is_newest` is false when it stands below others, on pages further back."""

    kind: ClassVar[str] = "live-post-published"

    headline: str = ""
    is_key: bool = False
    is_newest: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        back = () if self.is_newest else (f"live:{self.story}:posts",)
        return (f"live:{self.story}", f"live-post:{self.post}", *back)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePostChanged(LivePostEntry):
    """A post that readers see was edited, corrected, pinned or marked."""

    kind: ClassVar[str] = "live-post-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePostDeleted(LivePostEntry):
    """A post is gone from readers' pages; what was told of it is not told again."""

    kind: ClassVar[str] = "live-post-deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSummaryChanged(LiveEntry):
    """What a coverage says is known has changed."""

    kind: ClassVar[str] = "live-summary-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStateEntry(LiveEntry):
    """A coverage as a whole: cards show whether it is running, so lists follow too."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"story:{self.story}", f"live:{self.story}", f"live:{self.story}:posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOpened(LiveStateEntry):
    """A story that readers see has live coverage now."""

    kind: ClassVar[str] = "live-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveArranged(LiveStateEntry):
    """A coverage begins with its other end now."""

    kind: ClassVar[str] = "live-arranged"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveClosed(LiveStateEntry):
    """A coverage has ended; its posts stay."""

    kind: ClassVar[str] = "live-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveReopened(LiveStateEntry):
    """A coverage that had ended goes on."""

    kind: ClassVar[str] = "live-reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMerged(LiveStateEntry):
    """The posts of coverage `merged` stand in that of `story` now, and its address leads there."""

    kind: ClassVar[str] = "live-merged"

    merged: int

    @property
    def keys(self) -> tuple[str, ...]:
        numbers = (self.story, self.merged)
        return tuple(key for n in numbers for key in (f"story:{n}", f"live:{n}", f"live:{n}:posts"))

    @property
    def channels(self) -> tuple[str, ...]:
        return (f"live:{self.story}", f"live:{self.merged}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveDeskChanged(Entry):
    """Something readers must not learn of: a draft, a scheduled post, anything of an unseen story.

    `what` names the deed, `post` is None for the coverage as a whole.
    """

    kind: ClassVar[str] = "live-desk-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    story: int
    what: str
    post: int | None = None

    @property
    def subject(self) -> str:
        return f"story:{self.story}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"live-desk:{self.story}",)
