"""What can happen to fronts."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPublished(Entry):
    """An editor's composition of a front went live; `section` is None for an edition's front."""

    kind: ClassVar[str] = "front-published"
    audience: ClassVar[Audience] = Audience.STAFF

    section: int | None = None

    @property
    def subject(self) -> str:
        return page_key(edition=self.edition, section=self.section)


def page_key(*, edition: str, section: int | None) -> str:
    """Return the key of the page that a front composes."""
    return f"front:{edition}" if section is None else f"section:{section}"
