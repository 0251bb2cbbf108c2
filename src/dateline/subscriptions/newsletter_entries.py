"""What happens to newsletters and their issues."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterEntry(Entry):
    """Base of what happens to a newsletter or one of its issues."""

    audience: ClassVar[Audience] = Audience.STAFF

    newsletter: int

    @property
    def subject(self) -> str:
        return f"newsletter:{self.newsletter}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject, f"newsletters:{self.edition}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterChanged(NewsletterEntry):
    """A newsletter was made, has other words, or is offered no more."""

    kind: ClassVar[str] = "newsletter-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEntry(NewsletterEntry):
    """Base of what happens to one issue."""

    issue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChanged(IssueEntry):
    """An issue was begun, or says something else."""

    kind: ClassVar[str] = "issue-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueScheduled(IssueEntry):
    """An issue leaves at its time, unless it is called back."""

    kind: ClassVar[str] = "issue-scheduled"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCalledBack(IssueEntry):
    """An issue that waited for its time is a draft again."""

    kind: ClassVar[str] = "issue-called-back"

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSent(IssueEntry):
    """An issue began to leave; from now on everybody can read it on the site."""

    kind: ClassVar[str] = "issue-sent"
    audience: ClassVar[Audience] = Audience.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDecided(IssueEntry):
    """Of an issue's two subjects one goes to the rest of its recipients."""

    kind: ClassVar[str] = "issue-decided"

    won: str
    verdict: str
