"""The preview of a draft, rendered by the page readers get."""

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from dateline.common import clock
from dateline.fronts.models import Front
from dateline.journal.queries import head
from dateline.newsfeed.models import Alert
from dateline.reader import fronts
from dateline.reader.contexts import PageContext
from dateline.reader.pages import preview_page
from dateline.reader.present.alerts import alert_context
from dateline.reader.present.furniture import furniture_of
from dateline.reader.unkept import for_one_reader
from dateline.reader.views import render, speaking
from dateline.reader.visit import Visit
from dateline.stories.models import Story


def render_preview(request: HttpRequest, story: Story) -> HttpResponse:
    """Render a draft; it is never pressed, and no search engine may keep it."""
    if story.section_id is None:
        return HttpResponse("Choose a section to see the preview.", content_type="text/plain")
    furniture = furniture_of(story.section.edition.code)
    if furniture is None:
        return HttpResponse("This edition is not there any more.", content_type="text/plain")
    story.edition = furniture.edition
    with speaking(furniture):
        visit = Visit(furniture=furniture, path="/", journal=head(), now=clock.now())
        response = render(preview_page(visit, story))
    return _for_the_desk(response)


def render_front(front: Front) -> HttpResponse:
    """Render a front as its draft composes it."""
    furniture = furniture_of(front.edition.code)
    if furniture is None:
        return HttpResponse("This edition is not there any more.", content_type="text/plain")
    with speaking(furniture):
        visit = Visit(furniture=furniture, path=front.address, journal=head(), now=clock.now())
        page = (
            fronts.front(visit, live=False)
            if front.section is None
            else fronts.section(visit, furniture.sections[front.section.pk], live=False)
        )
        return _for_the_desk(render(page))


def render_alert(alert: Alert) -> HttpResponse:
    """Render an alert that nobody has raised yet, as every page would show it."""
    furniture = furniture_of(alert.edition.code)
    if furniture is None:
        return HttpResponse("This edition is not there any more.", content_type="text/plain")
    with speaking(furniture):
        page = PageContext(
            title=alert.headline,
            edition=furniture.context,
            alert=alert_context(alert, clock.now()),
            is_indexed=False,
        )
        html = render_to_string("reader/alert_preview.html", {"page": page})
    return _for_the_desk(HttpResponse(html))


def _for_the_desk(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    for_one_reader(response)
    # The newsroom shows it in a frame of its own.
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
    return response
