"""Why somebody is sent something: a whole sentence for each kind of what can be followed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dateline.subscriptions.enums import Followed
from dateline.topics.enums import TopicKind

_NAME = "%(name)s"
_YOU: dict[str, Promise] = {
    "front": _("because you follow every story"),
    "breaking": _("because you follow breaking news"),
    "replies": _("because you asked to hear of replies and mentions"),
    "section": _("because you follow the section %(name)s"),
    "topic": _("because you follow the topic %(name)s"),
    "topic-person": _("because you follow the person %(name)s"),
    "topic-organisation": _("because you follow the organisation %(name)s"),
    "topic-place": _("because you follow the place %(name)s"),
    "storyline": _("because you follow the storyline %(name)s"),
    "person": _("because you follow the author %(name)s"),
    "story": _("because you follow the story “%(name)s”"),
    "live": _("because you follow the live coverage “%(name)s”"),
    "newsletter": _("because you subscribe to the newsletter %(name)s"),
}
_THEY: dict[str, Promise] = {
    "front": _("since they follow every story (%(name)s)"),
    "breaking": _("since they follow breaking news (%(name)s)"),
    "replies": _("since they asked to hear of replies and mentions"),
    "section": _("since they follow the section %(name)s"),
    "topic": _("since they follow the topic %(name)s"),
    "topic-person": _("since they follow the person %(name)s"),
    "topic-organisation": _("since they follow the organisation %(name)s"),
    "topic-place": _("since they follow the place %(name)s"),
    "storyline": _("since they follow the storyline %(name)s"),
    "person": _("since they follow the author %(name)s"),
    "story": _("since they follow the story “%(name)s”"),
    "live": _("since they follow the live coverage “%(name)s”"),
    "newsletter": _("since they subscribe to the newsletter %(name)s"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence in three pieces, so that a page can mark the name where its language has it.

    Shape: without a name all of the sentence stands `before`.
    """

    before: str
    name: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.name}{self.after}"


def kind_of(subject: str, topic: str = "") -> str:
    """Return how sentences know a subject of this kind; a topic is a place or a person, too."""
    return subject if topic in {"", TopicKind.SUBJECT} else f"{subject}-{topic}"


def label_of_kind(subject: str, topic: str = "") -> str:
    """Return what a subject of this kind is, as a label before its name."""
    is_topic = topic in {"", TopicKind.SUBJECT}
    return str(Followed(subject).label if is_topic else TopicKind(topic).label)


def because_you_follow(kind: str, name: str) -> Reason:
    """Return what a reader is told of a line of the ledger: `because you follow the place X`."""
    return _around(name, str(_YOU[kind]))


def you_get_this(kind: str, name: str) -> Reason:
    """Return the same as the sentence that stands under a letter."""
    sentence = gettext("You get this %(because)s.")
    return _around(name, sentence % {"because": _YOU[kind]})


def since_they_follow(kind: str, name: str) -> Reason:
    """Return what the desk is told: `since they follow the place X`."""
    return _around(name, str(_THEY[kind]))


def _around(name: str, sentence: str) -> Reason:
    before, found, after = sentence.partition(_NAME)
    return Reason(before, name if found else "", after)
