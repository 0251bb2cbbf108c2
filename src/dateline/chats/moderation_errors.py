"""What the moderation refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class NoticeIncomplete(DatelineError):
    """A notice of illegal content that lacks what the law asks of it; `what` names it."""

    code = "notice-incomplete"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This notice is not complete: {what}")


class SanctionRefused(DatelineError):
    """A sanction that makes no sense, or is not for this reader."""

    code = "sanction-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This cannot be done to this reader: {why}")


class NothingToUndo(DatelineError):
    """A decision that was undone before, has been overtaken, or changed nothing."""

    code = "nothing-to-undo"
    status = HTTPStatus.CONFLICT
    sentence = _("This can no longer be undone; decide anew instead.")


class AppealRefused(DatelineError):
    """An appeal that cannot be taken: not theirs, too late, or made before."""

    code = "appeal-refused"
    status = HTTPStatus.CONFLICT
    sentence = _("This appeal cannot be taken: {why}")


class StatementMissing(DatelineError):
    """A decision on a notice of illegal content without a word to whoever gave it."""

    code = "statement-missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("Write a statement of reasons: whoever gave notice and the author are told it.")


class OwnDecision(DatelineError):
    """An appeal against one's own decision, where a colleague can answer it."""

    code = "own-decision"
    status = HTTPStatus.CONFLICT
    sentence = _("You decided this yourself: a colleague answers the appeal.")


class AlreadyAnswered(DatelineError):
    """An appeal or notice that somebody has answered meanwhile."""

    code = "already-answered"
    status = HTTPStatus.CONFLICT
    sentence = _("Somebody has answered this meanwhile. Look at it again.")


class WordRefused(DatelineError):
    """A word that the lists cannot hold."""

    code = "word-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("Write a word of three letters or more, or a phrase.")
