"""Which stories stand in the parts of an issue: chosen ones, and those that queries find now."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from dateline.chats.queries import talked_about
from dateline.fronts.queries import placed
from dateline.fronts.rules import ROOM
from dateline.stories.archive_queries import Walk, newest_places, walk_of_edition, walks_of_sections
from dateline.stories.queries import section_and_below, visible
from dateline.subscriptions.enums import Source
from dateline.subscriptions.models import Issue, IssuePart
from dateline.subscriptions.newsletter_queries import last_sent
from dateline.subscriptions.newsletter_rules import MOST_STORIES
from dateline.topics.models import Edition

_FIRST = timedelta(days=7)
"""How far back the first issue of a newsletter looks."""
_ENOUGH = MOST_STORIES * 4


def stories_of_issue(issue: Issue, now: datetime) -> dict[int, list[int]]:
    """Return the stories of each part, by the part's number; each story where it comes first.

    Of one that left they are those that everybody got; readers may not see all of them now.
    """
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    since = last_sent(issue.newsletter, now) or now - _FIRST
    for part in issue.parts.select_related("section").prefetch_related("stories"):
        is_fixed = issue.sent_at is not None or part.source == Source.CHOSEN
        numbers = _standing(part) if is_fixed else _FINDERS[part.source](issue, part, since, now)
        own = [number for number in dict.fromkeys(numbers) if number not in taken]
        found[part.pk] = own if is_fixed else own[: min(part.most, MOST_STORIES)]
        taken.update(found[part.pk])
    return found


def _standing(part: IssuePart) -> list[int]:
    return [row.story_id for row in part.stories.all() if not row.is_left_out]


def _top(issue: Issue, part: IssuePart, since: datetime, now: datetime) -> Iterable[int]:
    """Return what stands on the section's front, as an editor placed it, and then its newest."""
    own = placed(issue.newsletter.edition, part.section, now)
    numbers = [number for slot in ROOM for number in own.get(slot, ())]
    seen = set(visible(now).filter(pk__in=numbers).values_list("pk", flat=True))
    newest = newest_places(_walks(issue, part, now), limit=_ENOUGH)
    return [*(one for one in numbers if one in seen), *(number for _at, number in newest)]


def _talked(issue: Issue, part: IssuePart, since: datetime, now: datetime) -> Iterable[int]:
    sections = section_and_below(part.section) if part.section else None
    edition = issue.newsletter.edition
    return talked_about(edition, since=since, now=now, sections=sections, limit=_ENOUGH)


def _since(issue: Issue, part: IssuePart, since: datetime, now: datetime) -> Iterable[int]:
    places = newest_places(_walks(issue, part, now), limit=_ENOUGH, span=(since, now))
    return [number for _at, number in places]


def _walks(issue: Issue, part: IssuePart, now: datetime) -> tuple[Walk, ...]:
    edition: Edition = issue.newsletter.edition
    if part.section is None:
        return walk_of_edition(edition, now)
    return walks_of_sections(section_and_below(part.section), now)


_FINDERS: dict[str, Callable[[Issue, IssuePart, datetime, datetime], Iterable[int]]] = {
    Source.TOP: _top,
    Source.TALKED: _talked,
    Source.SINCE: _since,
}
