"""The sample newsroom as values: what its files say, checked and frozen."""

from dataclasses import dataclass
from datetime import date, datetime

from dateline.sample.markup import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEdition:
    """A site in one language."""

    code: str
    name: str
    tagline: str
    language: str
    direction: str
    timezone: str
    agency: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSection:
    """A section with its tagline; `edition` is the code of its edition, `parent` a path in it."""

    slug: str
    edition: str
    name: str
    tagline: str
    parent: str = ""
    shared_key: str = ""

    @property
    def path(self) -> str:
        """Return the section's address below its edition."""
        return f"{self.parent}/{self.slug}" if self.parent else self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody who signs stories or pictures; `portrait` is the seed of the drawn face."""

    slug: str
    name: str
    role: str
    biography: str
    portrait: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTopic:
    """What stories are about; `kind` is place, person, organisation or subject.

    Shape: the same slug in another edition is the same topic there; `aliases` are other names in
        the edition's language, `media_topic` is the code of a subject in the IPTC vocabulary.
    """

    slug: str
    name: str
    kind: str
    description: str
    edition: str = "en"
    aliases: tuple[str, ...] = ()
    media_topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEvent:
    """Something that happened or is expected on a day."""

    on: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStoryline:
    """A running story with its events in order of time."""

    slug: str
    name: str
    standfirst: str
    edition: str = "en"
    events: tuple[SampleEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDateline:
    """Place, day and agency at the head of the copy."""

    place: str
    date: date
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePicture:
    """A picture to be drawn: `drawing` and `seed` are the arguments of `drawing.draw`."""

    drawing: str
    seed: int
    alt: str
    caption: str
    credit: str
    usage_terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCorrection:
    """What was wrong and what is right, and when it was said."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWithdrawal:
    """Why a story was taken back: what the desk notes, and what readers are told."""

    why: str
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePost:
    """One post of live coverage; `by` is the slug of who signs it."""

    at: datetime
    by: str
    text: tuple[Block, ...]
    headline: str = ""
    is_key: bool = False
    is_pinned: bool = False
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLive:
    """Live coverage: what is known, in sentences of simple markup, and the posts by their times."""

    summary: tuple[str, ...]
    posts: tuple[SamplePost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    """One story; references are slugs of the newsroom's other parts.

    Shape: `slug` is the file's name and never changes, so it can serve as a stable id;
        `edition` is the code of the edition the story belongs to; `translation` is the same text
        in all editions for one story in several languages, empty for one alone.
    """

    slug: str
    edition: str
    headline: str
    short_headline: str
    slugline: str
    kicker: str
    kind: str
    section: str
    urgency: int
    standfirst: str
    published_at: datetime
    updated_at: datetime | None
    source: str
    storyline: str
    topics: tuple[str, ...]
    bylines: tuple[str, ...]
    editors_note: str
    dateline: SampleDateline
    picture: SamplePicture | None
    corrections: tuple[SampleCorrection, ...]
    withdrawn: SampleWithdrawal | None
    translation: str
    body: tuple[Block, ...]
    live: SampleLive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNewsroom:
    """The whole newsroom.

    Order: stories by first publication, oldest first; the rest as written.
    """

    editions: tuple[SampleEdition, ...]
    sections: tuple[SampleSection, ...]
    people: tuple[SamplePerson, ...]
    topics: tuple[SampleTopic, ...]
    storylines: tuple[SampleStoryline, ...]
    stories: tuple[SampleStory, ...]
