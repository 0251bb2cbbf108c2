"""What the Desk says of a story that readers do not see, or not yet."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.stories.models import Story


def obstacle(story: Story) -> str:
    """Return in one line what keeps a story of `with_obstacles()` from readers, or nothing."""
    row: Any = story
    for why, sentence in (
        (row.refused, _("Not published at its time: {why}")),
        (row.killed, _("Killed: {why}")),
        (row.held, _("On hold: {why}")),
    ):
        if why is not None:
            return sentence.format(why=why or _("no reason given"))
    if row.embargoed is None:
        return ""
    if row.embargo_until is None:
        return _("Under embargo until somebody lifts it")
    if row.embargo_until <= clock.now():
        return ""
    until = date_format(localtime(row.embargo_until), "SHORT_DATETIME_FORMAT")
    return _("Under embargo until {until}").format(until=until)
