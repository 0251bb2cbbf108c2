"""What can happen to pictures."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChanged(Entry):
    """The file, crop or caption of a picture changed, or it was removed."""

    kind: ClassVar[str] = "picture-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    picture: int

    @property
    def subject(self) -> str:
        return f"picture:{self.picture}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReady(Entry):
    """The renditions of a picture were made: pages can show them."""

    kind: ClassVar[str] = "picture-ready"
    audience: ClassVar[Audience] = Audience.STAFF

    picture: int

    @property
    def subject(self) -> str:
        return f"picture:{self.picture}"
