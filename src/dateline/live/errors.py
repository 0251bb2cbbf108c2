"""What the room refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class NotLive(DatelineError):
    """Only a story of kind live has live coverage."""

    code = "not-live"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("Live coverage needs a story of the kind live; this one is of another kind.")


class PostRefused(DatelineError):
    """A post cannot be taken that way from where it stands."""

    code = "live-post-refused"
    status = HTTPStatus.CONFLICT
    sentence = _("This cannot be done to a post that is {state}.")


class PostNotReady(DatelineError):
    """A post without a word cannot be shown."""

    code = "live-post-not-ready"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This post is empty: write a headline or a text first.")


class PostChangedMeanwhile(DatelineError):
    """Somebody else changed the post since it was read; `version` is its present one."""

    code = "live-post-changed"
    status = HTTPStatus.CONFLICT
    sentence = _("Somebody else has changed this post meanwhile. Look at it again.")


class CoverageClosed(DatelineError):
    """A closed coverage takes no new posts."""

    code = "coverage-closed"
    status = HTTPStatus.CONFLICT
    sentence = _("This coverage is closed. Reopen it to publish new posts.")


class UndoTooLate(DatelineError):
    """There is nothing of one's own to undo, or its time has passed."""

    code = "undo-too-late"
    status = HTTPStatus.CONFLICT
    sentence = _("It is too late to undo this; change or delete the post instead.")


class MergeRefused(DatelineError):
    """Two coverages that cannot become one."""

    code = "merge-refused"
    status = HTTPStatus.CONFLICT
    sentence = _("These coverages cannot be merged: {why}.")


class RunningOrderUnreadable(DatelineError):
    """A line of a running order that cannot be read; `line` counts from 1."""

    code = "running-order-unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("Line {line} cannot be read: write an hour and what is due, as 14:30 Doors open.")
