"""What the newsroom's screens refuse by themselves."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class FormIncomplete(DatelineError):
    """A form that came without some of its parts: taken as it is, they would be lost."""

    code = "form-incomplete"
    status = HTTPStatus.BAD_REQUEST
    sentence = _("The form did not arrive whole.")
