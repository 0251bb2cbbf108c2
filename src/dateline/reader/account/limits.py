"""How often the doors of an account may be tried: by account or mail address, and by network.

The counts stand in one file that all processes of a machine share; see `people.logins`.
"""

from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dateline.common.client import client_address
from dateline.people.logins import Try, too_many
from dateline.reader.account.contexts import TooManyContext
from dateline.reader.account.shell import page_for, show


def tried(request: HttpRequest, what: str) -> Try:
    """Return a try at one thing, as it comes in a request."""
    return Try(what, client_address(request))


def refused(request: HttpRequest, wait: timedelta) -> HttpResponse:
    """Answer 429 with how long to wait."""
    context = TooManyContext(page=page_for(request, _("Please wait")), sentence=too_many(wait))
    response = show(request, context, status=429)
    response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
