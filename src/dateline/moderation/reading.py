"""A draft, read once for all phases."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.moderation.drafts import Draft, Facts, House
from dateline.moderation.letters import fingerprint, plain
from dateline.moderation.words import Hit, read_words

if TYPE_CHECKING:
    from dateline.moderation.model.trained import Model

_SCHEME = r"(?:https?://|www\.)[^\s<>\"'()\[\]]+"
_LABELS = r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
_ENDINGS = "com|net|org|info|biz|ru|su|site|online|shop|xyz|top|club|io|me|tv|cc|ly|app|link|click"
_BARE = rf"{_LABELS}(?:{_ENDINGS})(?:/[^\s<>\"'()]*)?(?![\w.-])"
_LINK = re.compile(f"{_SCHEME}|{_BARE}", re.IGNORECASE)


@dataclass
class Case:
    """What a phase looks at: the draft, the facts, the rules, and what was read out of the text."""

    draft: Draft
    facts: Facts
    house: House

    @cached_property
    def links(self) -> list[str]:
        """The addresses in the text, also those written without a scheme."""
        return [found.rstrip(".,;:!?…") for found in _LINK.findall(self.draft.text)]

    @cached_property
    def sites(self) -> list[str]:
        """The host of each address, in small letters, without www."""
        return [_host(link) for link in self.links]

    @cached_property
    def plain(self) -> str:
        """The text without its addresses, folded for comparing."""
        return plain(_LINK.sub(" ", self.draft.text))

    @cached_property
    def words(self) -> list[str]:
        """The words as they may be meant."""
        return read_words(self.plain)

    @cached_property
    def fingerprint(self) -> str:
        """What the text shares with others that say the same."""
        return fingerprint(self.draft.text)

    @cached_property
    def hits(self) -> list[Hit]:
        """The listed words in it, each once."""
        lists = self.house.lists_for(self.draft.language)
        found = (hit for one in lists for hit in one.hits_in(self.words, self.plain))
        return list(dict.fromkeys(found))

    @property
    def model(self) -> "Model | None":
        """The model for the draft's language, None where there is none or it is switched off."""
        return self.house.models.get(self.draft.language.partition("-")[0].lower())

    @cached_property
    def score(self) -> float | None:
        """How much the draft is like what moderators rejected, 0 to 1."""
        return None if self.model is None else self.model.score(self.plain)

    @property
    def is_newcomer(self) -> bool:
        """Say whether the author has hardly spoken here, or only just come."""
        facts, house = self.facts, self.house
        is_young = facts.account_age < house.newcomer_age
        return facts.accepted < house.newcomer_messages or (is_young and facts.accepted < 10)


def _host(link: str) -> str:
    address = link if "://" in link else f"https://{link}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return link.lower()
    return host.lower().removeprefix("www.")
