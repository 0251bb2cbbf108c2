"""Where a list goes, and what its lines ask for: choices of ours, labels that stand for some."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dateline.standards.subscribers.facts import Listed
from dateline.subscriptions.actions.follow import Choice
from dateline.subscriptions.enums import Channel, Pace
from dateline.subscriptions.listing_rules import Name
from dateline.subscriptions.naming import subject_named
from dateline.topics.models import Edition
from dateline.topics.queries import edition_by_code

_MOST_WORDS = 1000


class Words(dict[str, Choice | None]):
    """What words of a list stand for, each looked up once; no more than some are kept."""

    def __missing__(self, word: str) -> Choice | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = found = _choice_in(word)
        return found


@dataclass(frozen=True, slots=True)
class ListOrder:
    """Where a list goes.

    Shape: `edition` is that of whoever names none; `usual` is followed by those without choices of
        ours; `labels` maps a label of another system, in lower case, to what it stands for here.
        `file` is the list's name, which stands in each consent. `words` are those looked up so far.
    """

    edition: Edition
    file: str = ""
    usual: tuple[Choice, ...] = ()
    labels: Mapping[str, Choice] = field(default_factory=dict)
    words: Words = field(default_factory=Words)


def choices_asked(listed: Listed, order: ListOrder) -> dict[Name, Choice]:
    """Return what a line asks for: our own choices, labels that stand for some, else the usual."""
    found = {name_of_choice(one): one for one in _named(listed.choices, order)}
    return found or {name_of_choice(one): one for one in order.usual}


def name_of_choice(choice: Choice) -> Name:
    """Return what tells a choice by mail from others of the same subscriber."""
    return str(choice.subject), choice.edition.pk


def _named(words: Iterable[str], order: ListOrder) -> Iterator[Choice]:
    for word in words:
        made = order.labels.get(word.lower()) or order.words[word]
        if made is not None:
            yield made


def _choice_in(word: str) -> Choice | None:
    """Return the choice that a word of our own lists names, as `mail daily en section:world`."""
    parts = word.split()
    if len(parts) != 4 or parts[0] != Channel.MAIL or parts[1] not in Pace.values:
        return None
    return choice_named(parts[3], pace=parts[1], edition=edition_by_code(parts[2]))


def choice_named(name: str, *, pace: str, edition: Edition | None) -> Choice | None:
    """Return a choice by the name of its subject in a file; None where there is no such thing."""
    subject = subject_named(name, edition) if edition else None
    if subject is None or edition is None:
        return None
    return Choice(subject=subject, edition=edition, channel=Channel.MAIL, pace=Pace(pace))
