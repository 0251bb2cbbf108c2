"""What can be followed, by the name and the address readers know it by."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.people.models import Person
from dateline.reader.present.furniture import own_name
from dateline.reader.scopes import person_address
from dateline.stories.queries import has_told, stories_at
from dateline.subscriptions.models import Subscription
from dateline.subscriptions.newsletter_queries import newsletter_by_number
from dateline.subscriptions.reasons import kind_of, label_of_kind
from dateline.subscriptions.rules import Subject, subject_of
from dateline.topics.models import Edition, Section, Storyline, Topic
from dateline.topics.queries import edition_by_code


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as readers see it: what it is called, where it stands, in which edition.

    Shape: `topic` is what kind of topic it is, if it is one.
    """

    subject: Subject
    label: str
    url: str
    edition: Edition
    topic: str = ""

    @property
    def kind(self) -> str:
        """Return how the sentences that give it as a reason know it."""
        return kind_of(self.subject.kind, self.topic)

    @property
    def titled(self) -> str:
        """Return the name after what it is, where the name alone does not say that."""
        kind = self.subject.kind
        if kind != "person" and kind not in _LISTS:
            return self.label
        return f"{label_of_kind(kind, self.topic)}: {self.label}"

    @property
    def feed_url(self) -> str:
        """Return where it is a feed for everybody; empty for what has none."""
        if self.subject.kind == "live":
            return f"/s/{self.subject.number}/feed.xml"
        return f"{self.url}feed.xml" if self.subject.kind in _WITH_FEEDS else ""


_WITH_FEEDS = frozenset({"front", "section", "topic", "storyline", "person", "newsletter"})


def named(text: str, edition: Edition) -> Named | None:
    """Return what a stored or sent subject is called now, or None where there is no such thing.

    Stories are named only while readers may see them, storylines once readers saw one of theirs.
    `edition` is the one a person is followed in.
    """
    subject = subject_of(text)
    if subject is None:
        return None
    number = subject.number
    if subject.kind == "replies":
        return Named(subject, _("Replies and mentions"), reverse("notices"), edition)
    if subject.kind == "newsletter":
        found = newsletter_by_number(number or 0)
        return Named(subject, found.title, found.address, found.edition) if found else None
    return _of_edition(subject) if number is None else _of_number(subject, number, edition)


def label_of(row: Subscription) -> str:
    """Return what readers call what somebody follows, also while they may not see it."""
    found = named(row.subject, row.edition)
    return found.label if found else _("Something that cannot be seen just now")


def label_with_language(row: Subscription, here: Edition | None = None) -> str:
    """Return the same with its language, unless that is the one of the page it stands on."""
    is_here = here is not None and here.pk == row.edition_id
    return label_of(row) if is_here else f"{label_of(row)} · {own_name(row.edition)}"


def _of_edition(subject: Subject) -> Named | None:
    edition = edition_by_code(subject.name)
    if edition is None:
        return None
    label = _("Breaking news") if subject.kind == "breaking" else _("Every story")
    return Named(subject, label, edition.prefix, edition)


def _of_number(subject: Subject, number: int, edition: Edition) -> Named | None:
    if subject.kind in _LISTS:
        row = _list_of(subject, number)
        topic = row.kind if isinstance(row, Topic) else ""
        return Named(subject, row.name, row.address, row.edition, topic) if row else None
    if subject.kind == "person":
        person = Person.objects.filter(pk=number).first()
        if person is None:
            return None
        return Named(subject, person.name, person_address(edition.prefix, person.slug), edition)
    story = next(iter(stories_at([number], clock.now())), None)
    return Named(subject, story.headline, story.address, story.edition) if story else None


_LISTS: dict[str, type[Section | Topic | Storyline]] = {
    "section": Section,
    "topic": Topic,
    "storyline": Storyline,
}


def _list_of(subject: Subject, number: int) -> Section | Topic | Storyline | None:
    rows = _LISTS[subject.kind]._default_manager.filter(pk=number).select_related("edition")
    row: Section | Topic | Storyline | None = rows.first()
    return None if isinstance(row, Storyline) and not has_told(row) else row
