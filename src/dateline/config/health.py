"""Is this process alive, and can it serve?"""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from dateline.journal.queries import head


def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs at all."""
    return HttpResponse("live\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the journal's number when the database answers, else 503."""
    try:
        text, status = f"ready at {head()}\n", 200
    except DatabaseError:
        text, status = "the database does not answer\n", 503
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, status=status, content_type="text/plain", headers=headers)
