"""What the room refuses."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class AlertRefused(DatelineError):
    """An alert that cannot be shown as it is asked for."""

    code = "alert-refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = _("This alert cannot be raised: {why}.")


class AlertOver(DatelineError):
    """An alert that readers are not shown any more cannot be changed."""

    code = "alert-over"
    status = HTTPStatus.CONFLICT
    sentence = _("This alert is over. Raise another one.")
