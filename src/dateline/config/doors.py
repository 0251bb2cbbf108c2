"""Two sets of addresses: readers' requests know theirs, the newsroom's know all.

The newsroom's screens are a third of all that can be loaded. A server loads them when somebody
goes there, the runner never.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

STAFF_URLS = "dateline.config.staff_urls"


def is_for_staff(path: str) -> bool:
    """Say whether a path is one of the newsroom."""
    door = f"/{settings.DATELINE.staff_path}"
    return path == door or path.startswith(f"{door}/")


class StaffAddresses:
    """Let requests to the newsroom find, and link to, its addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if is_for_staff(request.path_info):
            request.urlconf = STAFF_URLS
        return self.get_response(request)
