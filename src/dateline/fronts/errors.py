"""What the room refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class PlacementRefused(DatelineError):
    """A story that cannot stand where it was to be placed."""

    code = "placement-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This story cannot be placed here: {why}.")
