"""The newsroom's own words."""

from django.db import transaction

from dateline.chats.moderation_entries import HouseWordsChanged
from dateline.chats.moderation_enums import WordSort
from dateline.chats.moderation_errors import WordRefused
from dateline.chats.moderation_models import HouseWord
from dateline.common import clock
from dateline.journal.record import record
from dateline.people.models import Account

_SHORTEST = 3


@transaction.atomic
def save_word(*, by: Account | None, written: str, sort: WordSort, language: str = "") -> HouseWord:
    """Put a word or phrase on the newsroom's list; one that is on it changes its sort.

    Records: HouseWordsChanged.

    Raises:
        WordRefused: it is too short to mean anything.
    """
    words = " ".join(written.replace(",", " ").split()).lower()[:80]
    if len(words.replace("*", "").replace(" ", "")) < _SHORTEST:
        raise WordRefused
    row, _made = HouseWord.objects.update_or_create(
        written=words, language=language, defaults={"sort": sort, "by": by, "at": clock.now()}
    )
    record(HouseWordsChanged(edition=""))
    return row


@transaction.atomic
def delete_word(*, by: Account | None, word: HouseWord) -> None:
    """Take a word off the newsroom's list.

    Records: HouseWordsChanged.
    """
    word.delete()
    record(HouseWordsChanged(edition=""))
