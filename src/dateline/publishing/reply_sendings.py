"""Replies and mentions leave the house: to readers who want it, at most once an hour for a chat."""

from dateline.chats.entries import MessageEdited, MessageShown, MessageTaken
from dateline.chats.models import Notice
from dateline.chats.own_queries import notices_about
from dateline.journal.entries import Recorded
from dateline.subscriptions.actions import Plan, plan_sending
from dateline.subscriptions.enums import Thing
from dateline.subscriptions.queries import hears_of_replies
from dateline.subscriptions.rules import replies_moment, replies_subject

HEARS = (MessageShown, MessageEdited)


def reply_sendings_after(recorded: Recorded) -> None:
    """Have a letter go out about what was said to somebody; all of one hour stands in one.

    A change of a message tells whom it names anew; a further one nobody again, since a notice of
    theirs goes out once.
    """
    entry = recorded.entry
    if not isinstance(entry, HEARS) or isinstance(entry, MessageTaken):
        return
    for notice in notices_about(entry.message):
        if isinstance(entry, MessageEdited) and notice.at <= notice.message.posted_at:
            continue  # It was told as the message was.
        if notice.seen_at is None and hears_of_replies(notice.reader_id):
            plan_sending(by=None, plan=_plan(notice))


def _plan(notice: Notice) -> Plan:
    chat, reader = notice.message.chat, notice.reader_id
    moment = replies_moment(notice.at, reader)
    return Plan(
        key=f"reply:{reader}:{chat.pk}:{moment:%Y-%m-%dT%H:%M}",
        thing=Thing.REPLY,
        edition=chat.edition,
        subjects=(str(replies_subject(reader)),),
        title=str(chat),
        thing_number=chat.pk,
        since=notice.at,
        due_at=moment,
    )
