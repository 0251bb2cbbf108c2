"""Stories as letters show them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from dateline.common.html import Markup, for_readers
from dateline.media.models import Rendition
from dateline.media.renditions import format_of
from dateline.reader.feeds.items import PARTS
from dateline.reader.feeds.text import absolute
from dateline.reader.letters.contexts import LetterPictureContext, LetterStoryContext
from dateline.reader.present.furniture import put_in_place
from dateline.reader.present.pictures import renditions_of
from dateline.reader.present.story import dateline_of
from dateline.stories.enums import BlockKind
from dateline.stories.models import Story
from dateline.stories.queries import visible
from dateline.stories.rules import repeats

_MOST_LETTERS = 2400
"""Letters of the beginning of a story: enough to know what happened, far below what is cut off."""
_WIDEST = 1200


def letter_stories(
    numbers: Sequence[int], now: datetime, *, begins: bool = False
) -> list[LetterStoryContext]:
    """Return those of some stories that readers may see, in the order given.

    `begins` adds how each one begins.
    """
    stories = visible(now).filter(pk__in=numbers).select_related("lead_picture")
    rows = {story.pk: put_in_place(story) for story in stories.prefetch_related(*PARTS)}
    shown = renditions_of(one.lead_picture_id for one in rows.values() if one.lead_picture_id)
    made = {number: _story(row, shown) for number, row in rows.items()}
    if begins:
        made = {
            number: with_beginning(made[number], row.body.raw_data) for number, row in rows.items()
        }
    return [made[number] for number in numbers if number in made]


def _story(story: Story, shown: dict[int, list[Rendition]]) -> LetterStoryContext:
    base = settings.DATELINE.base_url
    assert story.published_at is not None, "a visible story was published"  # noqa: S101
    return LetterStoryContext(
        number=story.pk,
        headline=story.headline,
        url=f"{base}{story.address}",
        kicker=story.kicker,
        standfirst=story.standfirst,
        dateline=_dateline(story),
        authors=tuple(dict.fromkeys(one.person.name for one in story.bylines.all())),
        published_at=story.published_at,
        section=story.section.name,
        picture=_picture(story, shown.get(story.lead_picture_id or 0, [])),
    )


def with_beginning(made: LetterStoryContext, body: Sequence[Any]) -> LetterStoryContext:
    """Return a story of a letter with its first paragraphs, from its stored body."""
    paragraphs = list(_paragraphs(body))
    plain = [unescape(strip_tags(html)).strip() for html in paragraphs]
    lengths = accumulate(map(len, plain))
    kept = max(1, sum(length <= _MOST_LETTERS for length in lengths))
    says_again = bool(plain) and repeats(made.standfirst, plain[0])
    return replace(
        made,
        paragraphs=tuple(paragraphs[:kept]),
        plain=tuple(plain[:kept]),
        is_whole=kept == len(list(body)),
        standfirst="" if says_again else made.standfirst,
    )


def _paragraphs(body: Sequence[Any]) -> Iterator[SafeString]:
    base = settings.DATELINE.base_url
    for block in body:
        if block["type"] == BlockKind.PARAGRAPH:
            html = for_readers(Markup.BLOCK, str(block["value"]))
            yield SafeString(absolute(html, base))


def _dateline(story: Story) -> str:
    line = dateline_of(story)
    if line is None:
        return ""
    place = ", ".join(filter(None, (line.place, line.date_text)))
    return f"{place} ({line.agency})" if line.agency else place


def _picture(story: Story, renditions: list[Rendition]) -> LetterPictureContext | None:
    picture = story.lead_picture
    plain = [one for one in renditions if format_of(one.filter_spec) == "jpeg"]
    fitting = [one for one in plain if one.width <= _WIDEST] or plain
    if picture is None or not fitting:
        return None
    url = fitting[-1].url
    return LetterPictureContext(
        url=url if url.startswith("http") else f"{settings.DATELINE.base_url}{url}",
        alt=picture.description or picture.caption,
        caption=story.lead_caption or picture.caption,
        credit=picture.credit_line,
    )
