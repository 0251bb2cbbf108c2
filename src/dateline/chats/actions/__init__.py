"""Everything that can be done in a chat, one verb a file."""

from dateline.chats.actions.arrange import Manner, arrange_chat
from dateline.chats.actions.change import delete_message, edit_message
from dateline.chats.actions.correction import mark_corrected
from dateline.chats.actions.decide import (
    approve_message,
    feature_message,
    reject_message,
)
from dateline.chats.actions.forget import forget_author
from dateline.chats.actions.opening import (
    change_mode,
    close_chat,
    follow_hours,
    follow_story,
    open_chat,
    reopen_chat,
)
from dateline.chats.actions.post import Words, post_message
from dateline.chats.actions.react import react
from dateline.chats.actions.reading import follow_chat, mark_read, see_notice, see_notices
from dateline.chats.actions.shelve import ToldMessage, shelve_messages

__all__ = [
    "Manner",
    "ToldMessage",
    "Words",
    "approve_message",
    "arrange_chat",
    "change_mode",
    "close_chat",
    "delete_message",
    "edit_message",
    "feature_message",
    "follow_chat",
    "follow_hours",
    "follow_story",
    "forget_author",
    "mark_corrected",
    "mark_read",
    "open_chat",
    "post_message",
    "react",
    "reject_message",
    "reopen_chat",
    "see_notice",
    "see_notices",
    "shelve_messages",
]
