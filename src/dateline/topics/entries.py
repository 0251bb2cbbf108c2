"""What can happen to editions, sections, topics and storylines."""

from dataclasses import dataclass
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanged(Entry):
    """The name, tagline or other furniture of an edition changed: every page of it shows it."""

    kind: ClassVar[str] = "edition-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    @property
    def subject(self) -> str:
        return f"edition:{self.edition}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject, "editions")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChanged(Entry):
    """A section was made, renamed, moved or removed: the navigation of its edition shows it."""

    kind: ClassVar[str] = "section-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    section: int

    @property
    def subject(self) -> str:
        return f"section:{self.section}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject, f"{self.subject}:name", f"edition:{self.edition}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChanged(Entry):
    """A topic was made, renamed or removed."""

    kind: ClassVar[str] = "topic-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    topic: int

    @property
    def subject(self) -> str:
        return f"topic:{self.topic}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject, f"{self.subject}:name", f"topics:{self.edition}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineEntry(Entry):
    """Base of what happens to a storyline."""

    audience: ClassVar[Audience] = Audience.STAFF

    storyline: int

    @property
    def subject(self) -> str:
        return f"storyline:{self.storyline}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject, f"{self.subject}:name", f"storylines:{self.edition}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineChanged(StorylineEntry):
    """A storyline was made, has other words, goes on after all, or was removed."""

    kind: ClassVar[str] = "storyline-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineEnded(StorylineEntry):
    """A storyline has come to its end; its stories stay where they are."""

    kind: ClassVar[str] = "storyline-ended"
