"""Who made a story, with their portraits, and its lead picture: one query for all of these."""

from dateline.media.models import Rendition
from dateline.press.touch import touch
from dateline.reader.contexts import BylineContext, PictureContext
from dateline.reader.present.pictures import picture_context, portrait_context, renditions_of
from dateline.stories.enums import Kind, Role
from dateline.stories.models import Byline, Story

_ACROSS = "(min-width: 64rem) 54rem, (min-width: 42rem) 38rem, 92vw"
"""A little less than a phone's width: its screen has more dots than an eye can tell."""
_SIZES = {
    Kind.FEATURE: "(min-width: 104rem) 104rem, 100vw",
    Kind.OFFBEAT: "(min-width: 38rem) 34rem, calc(100vw - 2rem)",
}


def lead_sizes(kind: str) -> str:
    """Return how wide the lead picture of a kind of story is shown, as `sizes` says it."""
    return _SIZES.get(Kind(kind), _ACROSS)


def picture_and_bylines(
    story: Story,
) -> tuple[PictureContext | None, tuple[BylineContext, ...]]:
    """Return a story's lead picture and its bylines in order."""
    bylines = list(story.bylines.all())
    wanted = {one.person.portrait_id for one in bylines} | {story.lead_picture_id}
    renditions = renditions_of(number for number in wanted if number)
    made = tuple(_byline(byline, story.edition.prefix, renditions) for byline in bylines)
    return _lead(story, renditions.get(story.lead_picture_id or 0)), made


def _lead(story: Story, made: list[Rendition] | None) -> PictureContext | None:
    if story.lead_picture_id:
        touch(f"picture:{story.lead_picture_id}")
    return picture_context(made[0].image, made, caption=story.lead_caption) if made else None


def _byline(byline: Byline, prefix: str, renditions: dict[int, list[Rendition]]) -> BylineContext:
    touch(f"person:{byline.person_id}")
    person, role = byline.person, Role(byline.role)
    portrait = person.portrait_id
    return BylineContext(
        name=person.name,
        role=person.title if role is Role.WRITER else str(role.label),
        about=person.description,
        is_writer=role is Role.WRITER,
        url=f"{prefix}people/{person.slug}/",
        portrait=portrait_context(portrait, renditions[portrait]) if portrait else None,
    )
