"""Sitemaps: an index, a file for each month of each edition, its lists, the newest news.

Source: sitemaps.org protocol 0.9 (50,000 addresses and 50 MB a file), and Google's news extension
(stories of the last two days, 1,000 at most).
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse

from dateline.live.queries import coverages_changed
from dateline.press.touch import touch
from dateline.reader.feeds.text import legal
from dateline.reader.periods import Period, months_between, period_of, read_period, span_of
from dateline.reader.present.alternates import (
    front_languages,
    languages_of,
    section_languages,
)
from dateline.reader.present.furniture import Furniture, every_furniture
from dateline.reader.sitemap_xml import Url, index_xml, urls_xml
from dateline.reader.visit import Visit
from dateline.stories.archive_queries import (
    first_and_last,
    last_before,
    months_of_edition,
    spans_with_stories,
    stories_in_span,
    storylines_told,
    translations_in_span,
    walk_of_edition,
)
from dateline.stories.models import Story
from dateline.stories.rules import NEWS_FOR
from dateline.subscriptions.newsletter_queries import newsletters_of, past_issues
from dateline.topics.queries import index_of_topics

MOST_URLS = 50_000
MOST_NEWS = 1000
_MOST_KEYS = 100
_LIVE_FOR = timedelta(days=31)
"""A coverage that began earlier changes its month's file, but no longer the index."""
_FILE = re.compile(
    r"sitemaps/(?P<code>[a-z0-9-]+)/"
    r"(?:(?P<month>\d{4}-\d{2})(?:-(?P<day>\d{2}))?|(?P<name>sections|storylines|news|topics-(?P<page>\d+)))\.xml"
)


def sitemap_answer(visit: Visit, rest: str) -> HttpResponse | None:
    """Answer for the index or one file of the sitemap, None for one there is not."""
    if rest == "sitemap.xml":
        return _response(index_xml(_index(visit)))
    found = _FILE.fullmatch(rest)
    furniture = every_furniture().get(found["code"]) if found else None
    if found is None or furniture is None:
        return None
    if found["name"] in _LISTS:
        return _response(urls_xml(_LISTS[found["name"]](visit, furniture)))
    if found["page"]:
        urls = list(_topics(furniture, int(found["page"])))
    else:
        urls = _stories(visit, furniture, found["month"], found["day"])
    return _response(urls_xml(urls)) if urls else None


def _response(xml: str) -> HttpResponse:
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


# --- The index --------------------------------------------------------------------------------


def _index(visit: Visit) -> Iterator[tuple[str, datetime | None]]:
    base = settings.DATELINE.base_url
    for furniture in _editions():
        folder = f"{base}/sitemaps/{furniture.edition.code}"
        yield f"{folder}/sections.xml", None
        yield f"{folder}/storylines.xml", None
        yield f"{folder}/news.xml", None
        yield from ((f"{folder}/topics-{n}.xml", None) for n in _pages_of_topics(furniture))
        yield from ((f"{folder}/{name}.xml", at) for name, at in _files(visit, furniture))


def _editions() -> list[Furniture]:
    every = every_furniture()
    return [every[code] for code in every if code]


def _files(visit: Visit, furniture: Furniture) -> Iterator[tuple[str, datetime]]:
    """Yield the files of an edition's months, newest first, with when each changed last."""
    edition = furniture.edition
    touch(f"sitemap:{edition.code}", f"days:{edition.code}:")
    zone = ZoneInfo(edition.timezone)
    walks = walk_of_edition(edition, visit.now)
    bounds = first_and_last(walks)
    if bounds is None:
        return
    first, last = (period_of(moment, zone, 2) for moment in bounds)
    months = list(months_between(first, last))
    spans = [span_of(month, zone) for month in months]
    tally = months_of_edition(edition)
    told = _told_of_coverage(furniture, (visit.now - _LIVE_FOR, visit.now)).values()
    for n in sorted(spans_with_stories(walks, spans), reverse=True):
        kept = tally.get(months[n].key)
        changed = kept.changed_at if kept else (last_before(walks, spans[n][1]) or spans[n][0])
        posted = (at for began, at in told if spans[n][0] <= began < spans[n][1])
        changed = max([changed, *posted])
        if kept is None or kept.stories <= MOST_URLS:
            yield _name(months[n]), changed
            continue
        days = list(months[n].parts())
        filled = spans_with_stories(walks, [span_of(day, zone) for day in days])
        yield from ((_name(days[day]), changed) for day in sorted(filled, reverse=True))


def _told_of_coverage(
    furniture: Furniture, span: tuple[datetime, datetime]
) -> dict[int, tuple[datetime, datetime]]:
    """Return when coverages of a span of time began and changed last, by the story's number.

    Those of which nothing was told yet are not among them, but they too ring the page when it is.
    """
    found = coverages_changed(furniture.edition, since=span[0], until=span[1])
    touch(*(f"live:{number}" for number in list(found)[-_MOST_KEYS:]))
    return {number: (began, at) for number, (began, at) in found.items() if at}


def _name(period: Period) -> str:
    return period.path.rstrip("/").replace("/", "-")


# --- Stories ----------------------------------------------------------------------------------


def _stories(visit: Visit, furniture: Furniture, month: str, day: str | None) -> list[Url]:
    edition = furniture.edition
    period = read_period("/".join([*month.split("-"), *([day] if day else [])]))
    if period is None:
        return []
    touch(f"days:{edition.code}:{period.key}", f"days:{edition.code}:{period.up(2).key}")
    span = span_of(period, ZoneInfo(edition.timezone))
    stories = stories_in_span(edition, span, visit.now)[:MOST_URLS]
    others = _translations(furniture, span, visit.now)
    told = _told_of_coverage(furniture, span)
    posted = {number: at for number, (_, at) in told.items()}
    return [_url(furniture, story, others, posted.get(story.pk)) for story in stories]


def _translations(
    furniture: Furniture, span: tuple[datetime, datetime], now: datetime
) -> dict[object, list[Story]]:
    """Return the visible stories of a span that have translations, and these, by their key."""
    found: dict[object, list[Story]] = {}
    for story in translations_in_span(furniture.edition, span, now):
        found.setdefault(story.translation_key, []).append(story)
    if len(found) > _MOST_KEYS:
        touch(*(f"front:{one.edition.code}" for one in _editions()))
    else:
        touch(*(f"translations:{key.hex}" for key in found))  # type: ignore[attr-defined]
    return found


def _url(
    furniture: Furniture,
    story: Story,
    others: dict[object, list[Story]],
    posted_at: datetime | None,
) -> Url:
    story.edition = furniture.edition
    moments = (story.published_at, story.updated_at, story.corrected_at, posted_at)
    same = others.get(story.translation_key, []) if story.translation_key else []
    return Url(
        address=settings.DATELINE.base_url + story.address,
        changed_at=max(moment for moment in moments if moment is not None),
        languages=languages_of(same) if len(same) > 1 else (),
    )


# --- Sections, topics, news -------------------------------------------------------------------


def _sections(_: Visit, furniture: Furniture) -> Iterator[Url]:
    base, edition = settings.DATELINE.base_url, furniture.edition
    yield Url(address=base + edition.prefix, languages=front_languages())
    for section in furniture.sections.values():
        yield Url(
            address=f"{base}{edition.prefix}{section.path}/", languages=section_languages(section)
        )
    for place in ("newsfeed/", "topics/", "storylines/", "archive/"):
        yield Url(address=f"{base}{edition.prefix}{place}")
    touch(f"newsletters:{edition.code}")
    for newsletter in newsletters_of(edition):
        yield Url(address=base + newsletter.address)
        for issue in past_issues(newsletter)[:MOST_URLS]:
            yield Url(address=base + issue.address, changed_at=issue.sent_at)


def _pages_of_topics(furniture: Furniture) -> range:
    touch(f"topics:{furniture.edition.code}")
    count = index_of_topics(furniture.edition).count()
    return range(1, -(-count // MOST_URLS) + 1)


def _topics(furniture: Furniture, page: int) -> Iterator[Url]:
    touch(f"topics:{furniture.edition.code}")
    base, prefix = settings.DATELINE.base_url, furniture.edition.prefix
    slugs = index_of_topics(furniture.edition).order_by("pk").values_list("slug", flat=True)
    for slug in slugs[(page - 1) * MOST_URLS : page * MOST_URLS] if page else ():
        yield Url(address=f"{base}{prefix}topics/{slug}/")


def _storylines(visit: Visit, furniture: Furniture) -> Iterator[Url]:
    """Yield the storylines that have a story to read; any new story may change them."""
    edition = furniture.edition
    touch(f"storylines:{edition.code}", f"front:{edition.code}")
    base = f"{settings.DATELINE.base_url}{edition.prefix}storylines/"
    for row in storylines_told(edition, visit.now)[:MOST_URLS]:
        yield Url(address=f"{base}{row.slug}/", changed_at=row.told_at)


def _news(visit: Visit, furniture: Furniture) -> Iterator[Url]:
    """Yield the stories of the last two days; the scheduler rings when one leaves them."""
    edition = furniture.edition
    touch(f"front:{edition.code}", f"news:{edition.code}")
    span = (visit.now - NEWS_FOR, datetime.max.replace(tzinfo=visit.now.tzinfo))
    for story in stories_in_span(edition, span, visit.now)[:MOST_NEWS]:
        story.edition = edition
        yield Url(
            address=settings.DATELINE.base_url + story.address,
            headline=legal(story.headline),
            published_at=story.published_at,
            publication=legal(edition.name),
            language=story.language or edition.language,
        )


_LISTS = {"sections": _sections, "storylines": _storylines, "news": _news}
