"""What the room refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class SubjectUnknown(DatelineError):
    """Nothing here can be followed by that name."""

    code = "subject-unknown"
    status = HTTPStatus.NOT_FOUND
    sentence = _("There is nothing to follow here.")


class LinkRefused(DatelineError):
    """A link of a letter that is not ours, was ended, or is too old."""

    code = "link-refused"
    status = HTTPStatus.NOT_FOUND
    sentence = _("This link is no longer good.")


class EndpointRefused(DatelineError):
    """What a browser gave as the address of its notifications is none."""

    code = "endpoint-refused"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("This browser's notifications cannot be reached.")


class FollowsFull(DatelineError):
    """A browser follows as much as it may; `most` says how much that is."""

    code = "follows-full"
    status = HTTPStatus.CONFLICT
    sentence = _("This browser is notified of {most} things already. End one of them first.")


class SendAgainRefused(DatelineError):
    """What is to be sent again was withdrawn, or is nothing that failed on the way."""

    code = "send-again-refused"
    status = HTTPStatus.CONFLICT
    sentence = _("Only what failed on its way is sent again, and nothing that was withdrawn.")


class ClockUnknown(DatelineError):
    """What somebody named as their time zone is none."""

    code = "clock-unknown"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("There is no such time zone. Your clock stays as it was.")


class IssueRefused(DatelineError):
    """An issue of a newsletter cannot be changed or sent as it is; `why` is a sentence's end."""

    code = "issue-refused"
    status = HTTPStatus.CONFLICT
    sentence = _("This letter stays as it is: {why}")


class IssueChangedMeanwhile(DatelineError):
    """An issue of a newsletter was composed since it was read."""

    code = "issue-changed"
    status = HTTPStatus.CONFLICT
    sentence = _("This letter was changed meanwhile. Look at it again.")
