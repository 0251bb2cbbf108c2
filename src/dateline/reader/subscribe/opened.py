"""The picture by which a letter of a trial tells that it was opened, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.subscriptions.actions import note_opening
from dateline.subscriptions.mail.links import delivery_opened

_CLEAR = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
"""One pixel that nobody sees, as a GIF."""


@require_safe
def opened(request: HttpRequest, mark: str) -> HttpResponse:
    """Give the same picture to everybody, and count the letter whose own it is.

    Neither an address nor a program is kept, and no cookie is set.
    """
    delivery = delivery_opened(mark)
    if request.method == "GET" and delivery is not None:
        note_opening(by=None, delivery=delivery)
    answer = HttpResponse(_CLEAR, content_type="image/gif")
    answer["Cache-Control"] = "no-store"
    return answer
