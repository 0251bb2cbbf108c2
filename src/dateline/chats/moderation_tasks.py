"""What the moderation does after an entry."""

from dateline.chats.actions.learn import train_model
from dateline.chats.entries import ChatOpened
from dateline.chats.models import Chat
from dateline.chats.moderation_entries import ModerationDecided
from dateline.chats.moderation_models import Decision, TrainedModel
from dateline.chats.moderation_queries import decisions_since
from dateline.chats.moderation_rules import LEARN_EVERY
from dateline.journal.entries import Entry, Recorded

HEARS = (ChatOpened, ModerationDecided)


def learn_after(recorded: Recorded) -> None:
    """Train the local model of a language: with its first chat, and again after some decisions.

    It looks at what is decided now, whichever entry it is at, so doing it twice trains once.
    """
    language = _language_of(recorded.entry)
    if not language:
        return
    code = language.partition("-")[0].lower()
    newest = TrainedModel.objects.filter(language=code).defer("kept").first()
    if newest is None or decisions_since(code, newest.at) >= LEARN_EVERY:
        train_model(by=None, language=code)


def _language_of(entry: Entry) -> str:
    if isinstance(entry, ChatOpened):
        found = Chat.objects.filter(pk=entry.chat)
        return found.values_list("edition__language", flat=True).first() or ""
    if isinstance(entry, ModerationDecided):
        decided = Decision.objects.filter(pk=entry.decision)
        return decided.values_list("message__chat__edition__language", flat=True).first() or ""
    return ""
