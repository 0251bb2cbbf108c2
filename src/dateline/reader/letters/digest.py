"""Digests: what is new of all that somebody follows, since the last one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dateline.common import clock
from dateline.reader.dates import day_with_weekday
from dateline.reader.letters.contexts import LetterContext
from dateline.reader.letters.single import letter
from dateline.reader.letters.stories import letter_stories
from dateline.reader.letters.subjects import named
from dateline.reader.letters.walks import walks_followed
from dateline.stories.archive_queries import newest_places
from dateline.subscriptions.enums import Pace
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.queries import stories_had, subjects_followed
from dateline.subscriptions.rules import subject_of

MOST = 15
"""Stories in one letter: more are not read, and too long a letter is cut off."""
_LOOKED_AT = 60
Chosen = tuple[tuple[int, str], ...]


def stories_for(deliveries: Sequence[Delivery]) -> dict[int, Chosen]:
    """Return for each delivery of a digest its stories, newest first, each with the subject.

    A story that its recipient was sent by itself before is left out. Two questions for all of them,
    and one for each subject that is followed.
    """
    made: dict[int, Chosen] = {}
    for sending in {one.sending_id: one.sending for one in deliveries}.values():
        own = [one for one in deliveries if one.sending_id == sending.pk]
        who = [one.subscriber_id for one in own]
        followed = subjects_followed(who, pace=sending.pace, edition=sending.edition_id)
        had = stories_had(who, sending.since)
        for one in own:
            stories = _chosen(sending, followed.get(one.subscriber_id, []))
            known = had.get(one.subscriber_id, set())
            made[one.pk] = tuple(pair for pair in stories if pair[0] not in known)[:MOST]
    return made


def digest_letter(sending: Sending, stories: Chosen) -> LetterContext | None:
    """Return the digest of some stories, or None without any that readers may see."""
    numbers = [number for number, _subject in stories]
    reasons = dict(stories)
    shown = letter_stories(numbers, clock.now())
    if not shown:
        return None
    labels = {text: named(text, sending.edition) for text in set(reasons.values())}
    by_url = {
        one.url: label.titled
        for number in numbers
        for one in shown
        if one.url.endswith(f"-{number}.html") and (label := labels[reasons[number]])
    }
    listed = tuple(replace(one, because=by_url.get(one.url, "")) for one in shown)
    day = day_with_weekday(clock.now().date())
    is_weekly = sending.pace == Pace.WEEKLY
    heading = _("Your week in stories") if is_weekly else _("Your day in stories")
    count = ngettext("%(n)d new story", "%(n)d new stories", len(listed)) % {"n": len(listed)}
    return letter(
        sending,
        subject=f"{listed[0].headline}",
        preview=f"{heading}: {count}",
        heading=heading,
        lines=(f"{day} · {count}",),
        stories=listed,
        because_words=_("You get this once a week.")
        if is_weekly
        else _("You get this once a day."),
    )


def _chosen(sending: Sending, subjects: Sequence[str]) -> list[tuple[int, str]]:
    """Return the new stories of some subjects, newest first; each once, by what says most."""
    ordered = sorted(subjects, key=_rank)
    found: dict[int, tuple[datetime, str]] = {}
    for subject in ordered:
        for at, number in _places(sending.pk, subject):
            found.setdefault(number, (at, subject))
    newest = sorted(found.items(), key=lambda one: one[1][0], reverse=True)
    return [(number, subject) for number, (_at, subject) in newest]


def _rank(text: str) -> str:
    subject = subject_of(text)
    return subject.rank if subject else "9"


@lru_cache(maxsize=512)
def _places(sending: int, subject: str) -> tuple[tuple[datetime, int], ...]:
    """Return the new stories of one subject; the same for all recipients of a sending."""
    row = Sending.objects.select_related("edition").get(pk=sending)
    span = (row.since or row.made_at, row.due_at)
    walks = walks_followed(subject, row.edition, row.due_at)
    return tuple(newest_places(walks, limit=_LOOKED_AT, span=span)) if walks else ()
