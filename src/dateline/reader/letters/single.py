"""Letters about one thing: a story that is out, and a story that was withdrawn."""

from dataclasses import replace

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dateline.common import clock
from dateline.newsfeed.alert_queries import alerts_by_number
from dateline.reader.letters.contexts import LetterContext
from dateline.reader.letters.stories import letter_stories
from dateline.reader.present.alerts import alert_label
from dateline.reader.present.furniture import furniture_of
from dateline.stories.models import Correction
from dateline.stories.queries import ending_of
from dateline.subscriptions.enums import Thing
from dateline.subscriptions.models import Sending
from dateline.subscriptions.rules import retraction_key


def story_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about a story, or None once readers may not see it."""
    found = letter_stories([sending.story or 0], clock.now(), begins=True)
    if not found:
        return None
    [story] = found
    return letter(sending, subject=story.headline, preview=story.standfirst, lead=story)


def update_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about what is new in a story: the story as it is now, or None."""
    made = story_letter(sending)
    if made is None:
        return None
    return replace(made, subject=_("Updated: %(headline)s") % {"headline": made.subject})


def correction_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about what was wrong in a story; None once readers may not see it."""
    correction = Correction.objects.filter(pk=sending.thing_number or 0).first()
    found = letter_stories([sending.story or 0], clock.now())
    if correction is None or not found:
        return None
    subject = _("Correction: %(text)s") % {"text": found[0].headline}
    lines = (correction.text,)
    heading = _("We have corrected a story")
    return letter(
        sending,
        subject=subject,
        heading=heading,
        lines=lines,
        preview=correction.text,
        stories=tuple(found),
    )


def alert_letter(sending: Sending) -> LetterContext | None:
    """Return the letter about an alert, with its story if there is one; None once it is over."""
    number, now = sending.thing_number or 0, clock.now()
    alert = alerts_by_number([number], now).get(number)
    if alert is None:
        return None
    subject = f"{alert_label(alert)}: {alert.headline}"
    stories = letter_stories([alert.story_id or 0], now, begins=True)
    lead = stories[0] if stories else None
    return letter(sending, subject=subject, heading=alert.headline, preview=subject, lead=lead)


def retraction_letter(sending: Sending) -> LetterContext:
    """Return the letter that takes one back: when it was sent and why, without its words."""
    first = Sending.objects.filter(pk=sending.thing_number or 0).first()
    heading = part_withdrawn(sending, first)
    is_alert = first is not None and first.thing == Thing.ALERT
    if heading and not is_alert:
        return letter(sending, subject=heading, heading=heading, preview=heading)
    said = _("The story that we sent you on %(time)s was withdrawn. Please do not pass it on.")
    if is_alert:
        said = _("The alert that we sent you on %(time)s was withdrawn. Please do not pass it on.")
    sent_at = date_format(localtime((first or sending).made_at), "DATETIME_FORMAT")
    ending = ending_of(sending.story or 0)
    lines = [said % {"time": sent_at}]
    if ending is not None and ending.notice:
        lines.append(ending.notice)
    heading = heading or _("A story we sent you was withdrawn")
    return letter(sending, subject=heading, heading=heading, lines=tuple(lines), preview=lines[0])


def part_withdrawn(sending: Sending, first: Sending | None) -> str:
    """Return the words that take back an alert or a live post; empty where it is a whole story."""
    if first is not None and first.thing == Thing.ALERT:
        return _("This alert was withdrawn.")
    if first is not None and first.thing == Thing.LIVE and sending.key == retraction_key(first.pk):
        return _("A live post we sent you was withdrawn.")
    return ""


def letter(
    sending: Sending, *, subject: str, kind: type[LetterContext] = LetterContext, **given: object
) -> LetterContext:
    """Return a letter in its edition's frame; the links of its foot are filled in later."""
    furniture = furniture_of(sending.edition.code)
    assert furniture is not None, "an edition without furniture has no letters"  # noqa: S101
    return kind(
        edition=furniture.context,
        site=settings.DATELINE.base_url,
        subject=subject,
        choices_url="",
        leave_url="",
        **given,  # type: ignore[arg-type]
    )
