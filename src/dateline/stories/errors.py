"""What the room refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class StoryNotReady(DatelineError):
    """A story that lacks what publishing needs."""

    code = "story-not-ready"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This story cannot be published yet: {why}.")


class StoryKilled(DatelineError):
    """A killed story stays killed until a person lifts the kill."""

    code = "story-killed"
    status = HTTPStatus.CONFLICT
    sentence = _("This story was killed ({why}); lift the kill before publishing it again.")
