"""Which door answers where no view did: the newsroom's below its path, else the site's."""

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure

from dateline.config.doors import is_for_staff
from dateline.newsroom import answers
from dateline.reader import views


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs no database."""
    if is_for_staff(request.path_info):
        return answers.server_error(request)
    return views.server_error(request)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form without its token."""
    if is_for_staff(request.path_info):
        return answers.csrf_refused(request, reason)
    return csrf_failure(request, reason)
