"""Taking everything along, and leaving."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from dateline.people.logins import begin
from dateline.reader.account.confirm import confirmed
from dateline.reader.account.contexts import LeavingContext
from dateline.reader.account.limits import refused, tried
from dateline.reader.account.shell import lead, page_for, show
from dateline.readers.actions import ask_to_leave, stay
from dateline.readers.everything import zip_of
from dateline.readers.models import GRACE, Departure, Reader


@confirmed
def leaving(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ask for the account to be deleted after days of grace, or take that back."""
    if request.method == "POST":
        change = stay if request.POST.get("how") == "stay" else ask_to_leave
        change(by=reader.account, reader=reader)
        return lead("account")
    departure = Departure.objects.filter(reader=reader).first()
    context = LeavingContext(
        page=page_for(request, _("Your data")),
        days=GRACE.days,
        leaves_at=departure.leaves_at if departure else None,
    )
    return show(request, context)


@confirmed
def export(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Hand out all that is kept of the reader."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wait = begin(tried(request, f"export {reader.pk}"))
    if wait:
        return refused(request, wait)
    response = HttpResponse(zip_of(reader), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return response
