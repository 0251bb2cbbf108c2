"""What can happen to the people whose names stand over stories."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Entry):
    """The name or description of somebody in a byline changed, or the person was removed."""

    kind: ClassVar[str] = "person-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    person: int

    @property
    def subject(self) -> str:
        return f"person:{self.person}"
