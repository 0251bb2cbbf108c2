"""The word of another house about who sits at a browser, kept until an account is found or made.

It counts for one mail address: for the one the house names. So whoever comes to the same browser
later, and shows that another address is theirs, gets nothing of it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.actions import trust_house
from dateline.readers.queries import reader_of

_KEPT = "dateline_vouched"
_KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Word:
    """A house says: this is the one we call `subject`, and names a mail address."""

    house: str
    subject: str
    mail: str


def keep_word(request: HttpRequest, word: Word) -> None:
    """Keep a house's word in the session."""
    request.session[_KEPT] = {"word": asdict(word), "at": clock.now().isoformat()}


def kept_word(request: HttpRequest) -> Word | None:
    """Return the word that is kept, or None."""
    kept = request.session.get(_KEPT)
    if not kept or datetime.fromisoformat(kept["at"]) + _KEPT_FOR <= clock.now():
        return None
    return Word(**kept["word"])


def settle_word(request: HttpRequest, account: Account, mail: str) -> None:
    """Let the house log an account in from now on, if its word is about this address."""
    word = kept_word(request)
    request.session.pop(_KEPT, None)
    reader = reader_of(account)
    if word and reader and word.mail == mail and not account.is_staff:
        trust_house(by=account, reader=reader, house=word.house, subject=word.subject)
