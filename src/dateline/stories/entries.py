"""What can happen to a story, as the journal tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dateline.journal.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry(Entry):
    """What every entry about a story carries: where it stands, so that lists can follow.

    `sections` holds the story's section and those above it. `is_newest` is false when a list that
    starts below the newest story may show it too (an old story coming back, or moving to another
    section, kind or storyline). `day` is the day it stands under in the archive, as `20081113`,
    empty for one that readers never saw; `translations` names the story in all languages, empty for
    one alone.
    """

    story: int
    sections: tuple[int, ...]
    topics: tuple[int, ...]
    people: tuple[int, ...]
    storyline: int | None = None
    is_newest: bool = True
    day: str = ""
    translations: str = ""

    @property
    def subject(self) -> str:
        return f"story:{self.story}"

    @property
    def keys(self) -> tuple[str, ...]:
        keys = [
            self.subject,
            f"front:{self.edition}",
            *(f"section:{number}" for number in self.sections),
            *(f"topic:{number}" for number in self.topics),
            *(f"person:{number}" for number in self.people),
        ]
        if self.storyline:
            keys.append(f"storyline:{self.storyline}")
        if not self.is_newest:
            keys += [f"archive:{number}" for number in self.sections]
            keys += [f"storyline:{self.storyline}:past"] if self.storyline else []
        if self.day:
            spans = (self.day[:length] for length in (0, 4, 6, 8))
            keys += [f"days:{self.edition}:{span}" for span in spans]
        if self.translations:
            keys.append(f"translations:{self.translations}")
        return tuple(keys)

    @property
    def channels(self) -> tuple[str, ...]:
        return (f"newsfeed:{self.edition}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryShown(StoryEntry):
    """What a line in a newsfeed shows. Only stories a reader may see are told of in this way."""

    version: int
    address: str
    headline: str
    short_headline: str
    kicker: str
    story_kind: str
    urgency: int
    section_name: str
    section_address: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPublished(StoryShown):
    """A story is out: readers see it for the first time, or again after it was away."""

    kind: ClassVar[str] = "story-published"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUpdated(StoryShown):
    """A new version of a story that readers see already."""

    kind: ClassVar[str] = "story-updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryImported(StoryEntry):
    """A story of long ago and elsewhere is shown or changed: pages follow, nobody is told."""

    kind: ClassVar[str] = "story-imported"

    is_new: bool = True

    @property
    def channels(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesRelinked(Entry):
    """Links in imported stories lead to new addresses now: their pages show it, nobody is told."""

    kind: ClassVar[str] = "stories-relinked"
    audience: ClassVar[Audience] = Audience.STAFF

    stories: tuple[int, ...]

    @property
    def subject(self) -> str:
        return f"edition:{self.edition}"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"story:{number}" for number in self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounted(Entry):
    """A month's tally of stories changed: the sitemap's index shows it, nobody is told."""

    kind: ClassVar[str] = "month-counted"
    audience: ClassVar[Audience] = Audience.STAFF

    month: str

    @property
    def subject(self) -> str:
        return f"month:{self.edition}:{self.month}"

    @property
    def keys(self) -> tuple[str, ...]:
        return (f"sitemap:{self.edition}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWithdrawn(StoryEntry):
    """Readers can no longer see a story; its address says so."""

    kind: ClassVar[str] = "story-withdrawn"

    @property
    def channels(self) -> tuple[str, ...]:
        # Whoever has its live coverage open hears it too, if it has any.
        return (f"newsfeed:{self.edition}", f"live:{self.story}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKept(StoryEntry):
    """A version was published that an embargo or hold keeps from readers: for the desk alone."""

    kind: ClassVar[str] = "story-kept"
    audience: ClassVar[Audience] = Audience.STAFF

    version: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.subject,)

    @property
    def channels(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationsChanged(Entry):
    """A story became the translation of others, or is one no longer: each of them links to them.

    `months` names the months of all of them, as `en:200811`: their sitemaps link to them too.
    """

    kind: ClassVar[str] = "translations-changed"
    audience: ClassVar[Audience] = Audience.STAFF

    story: int
    stories: tuple[int, ...]
    months: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return f"story:{self.story}"

    @property
    def keys(self) -> tuple[str, ...]:
        stories = (f"story:{number}" for number in self.stories)
        return (*stories, *(f"days:{month}" for month in self.months))
