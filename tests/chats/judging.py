"""What tests of moderators do: say something suspect, look what became of it, decide, sanction."""

from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.sanction import Terms, sanction_reader
from dateline.chats.enums import MessageState
from dateline.chats.moderation_enums import Ground
from dateline.chats.queries import messages_for_readers


def held(talk, text="You are an idiot, sir.", by=None):
    message = talk.say(text, by=by)
    assert message.state == MessageState.HELD
    return message


def state(message):
    message.refresh_from_db()
    return message.state


def seen(talk):
    rows = messages_for_readers(talk.chat).order_by("shown_as")
    return [row.text if row.is_readable else None for row in rows]


def decide(talk, deed, *messages, **why):
    return moderate(by=talk.room.editor, messages=messages, deed=deed, why=Why(**why))


def sanction(talk, deed, **terms):
    why = Why(ground=terms.pop("ground", Ground.INSULT))
    terms = Terms(deed=deed, why=why, **terms)
    return sanction_reader(by=talk.room.editor, reader=talk.ada, terms=terms)
