"""What the room refuses, in words for the reader whose box it concerns."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class ChatRefused(DatelineError):
    """A message that cannot be taken; what was typed stays in the box."""

    code = "chat-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This message cannot be posted: {why}")


class ChatIsClosed(DatelineError):
    """A chat that takes no more messages, or no message of this reader."""

    code = "chat-closed"
    status = HTTPStatus.CONFLICT
    sentence = _("This chat is closed. It can still be read.")


class ChatRests(DatelineError):
    """A chat outside the hours in which it takes messages."""

    code = "chat-rests"
    status = HTTPStatus.CONFLICT
    sentence = _("This chat takes messages from {begin} to {end}. Yours is kept here until then.")


class OnlyGuestsAnswer(DatelineError):
    """An answer in a chat of questions by somebody who is not there to answer."""

    code = "only-guests-answer"
    status = HTTPStatus.FORBIDDEN
    sentence = _("Here only the guests and the newsroom answer. Ask a question of your own.")


class TooSoon(DatelineError):
    """A second message before the chat's, or the house's, pace allows it; `seconds` are left."""

    code = "too-soon"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = _("Please wait {seconds} s before your next message.")


class NotVerified(DatelineError):
    """A reader who has not shown yet that the mail address is theirs."""

    code = "not-verified"
    status = HTTPStatus.FORBIDDEN
    sentence = _("Confirm your mail address first: a letter with a code was sent to it.")


class NotYours(DatelineError):
    """A message of somebody else."""

    code = "not-yours"
    status = HTTPStatus.FORBIDDEN
    sentence = _("Only its author can change this message.")


class EditTooLate(DatelineError):
    """A message whose minutes for second thoughts are over."""

    code = "edit-too-late"
    status = HTTPStatus.CONFLICT
    sentence = _("The time to change this message is over. You can delete it.")


class MessageGone(DatelineError):
    """A message whose words readers do not see any more."""

    code = "message-gone"
    status = HTTPStatus.GONE
    sentence = _("This message is not there any more.")


class ShutOut(DatelineError):
    """A reader whom a moderator keeps from speaking, here or everywhere."""

    code = "shut-out"
    status = HTTPStatus.FORBIDDEN
    sentence = _("You cannot post at the moment: {why}")
