"""What the room refuses."""

from http import HTTPStatus

from dateline.common.errors import DatelineError


class PlacementRefused(DatelineError):
    """A story that cannot stand where it was to be placed."""

    code = "placement-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "This story cannot be placed here: {why}."
