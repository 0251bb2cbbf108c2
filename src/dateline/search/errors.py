"""What a search can be refused for."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from dateline.common.errors import DatelineError


class SearchTooSlow(DatelineError):
    """A search took longer than it may, or too many were asked at once; it may be asked again."""

    code = "search-too-slow"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = _("The search was given up after {seconds:g} s. Try again, or with a rarer word.")
