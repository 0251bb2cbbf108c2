"""What is judged: the draft, the facts around it, and the rules of the house."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from dateline.moderation.words import WordList, word_list

if TYPE_CHECKING:
    from dateline.moderation.model.trained import Model


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it was typed.

    Shape: `language` is BCP 47, that of the chat's edition; `is_edit` says that it replaces what
        the same author has said.
    """

    text: str
    language: str = "en"
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Something the author said before: its fingerprint, and how long ago."""

    fingerprint: str
    ago: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the author and the chat when the draft comes.

    Shape: `recent` is what the author said lately, newest first, at least as far back as the house
        looks for floods and repeats. `same_by_others` counts others' messages of this fingerprint
        within the day. `accepted` and `rejected` count the author's messages that stand, and those
        that moderators rejected. `banned_neighbours` counts accounts banned lately that came from
        the same part of the network. `is_staff` leaves nothing to judge but the length.
    """

    recent: tuple[Said, ...] = ()
    same_by_others: int = 0
    accepted: int = 0
    rejected: int = 0
    account_age: timedelta = timedelta()
    banned_neighbours: int = 0
    is_pre_moderated: bool = False
    is_staff: bool = False


def _no_words() -> Mapping[str, WordList]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The newsroom's rules.

    Shape: `own_words` are the newsroom's lists by language, read beside those that come with the
        room; `models` the models by language, none where the model is switched off. `first_held`
        is how many first messages of every author wait for a moderator.
    """

    most_letters: int = 3000
    most_links: int = 3
    known_sites: frozenset[str] = frozenset()
    flood_messages: int = 6
    flood_window: timedelta = timedelta(seconds=60)
    repeat_window: timedelta = timedelta(hours=1)
    same_by_others: int = 3
    first_held: int = 0
    newcomer_messages: int = 3
    newcomer_age: timedelta = timedelta(days=1)
    rejected_share: float = 0.4
    own_words: Mapping[str, WordList] = field(default_factory=_no_words)
    models: Mapping[str, "Model"] = field(default_factory=dict)

    def lists_for(self, language: str) -> tuple[WordList, ...]:
        """Return the lists a draft is held against: ours of its language, then the newsroom's."""
        code = language.partition("-")[0].lower()
        own = (self.own_words[one] for one in ("", code) if one in self.own_words)
        return (word_list(code), *own)
