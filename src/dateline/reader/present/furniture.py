"""What stands around every page."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings

from dateline.press.touch import touch
from dateline.reader.contexts import (
    CrumbContext,
    EditionContext,
    LinkContext,
    NewsfeedContext,
    PageContext,
)
from dateline.reader.links import lite_path
from dateline.reader.memo import memo
from dateline.reader.present.feed_links import feeds_at
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section
from dateline.topics.queries import editions, sections_of


@dataclass(frozen=True, slots=True)
class Furniture:
    """An edition with its navigation, as every page of it shows them."""

    edition: Edition
    sections: dict[int, Section]
    context: EditionContext
    _shown_at: dict[str, EditionContext] = field(default_factory=dict)

    def shown_at(self, place: str) -> EditionContext:
        """Return the edition with the section of the navigation marked that an address is in.

        It is the same object for all pages of a section: what is kept for it is found at once.
        """
        current = next((one.url for one in self.context.sections if place.startswith(one.url)), "")
        shown = self._shown_at.get(current)
        if shown is None:
            marked = tuple(
                replace(one, is_current=one.url == current) for one in self.context.sections
            )
            shown = self._shown_at[current] = replace(self.context, sections=marked)
        return shown

    def section_at(self, path: str) -> Section | None:
        """Return the section of a path, with its edition and what it is part of."""
        return next((one for one in self.sections.values() if one.path == path), None)

    def below(self, section: Section) -> list[Section]:
        """Return the sections inside one, at any depth, in the order of the navigation."""
        inside = f"{section.path}/"
        return [one for one in self.sections.values() if one.path.startswith(inside)]

    def numbers_of(self, section: Section) -> list[int]:
        """Return the number of a section and those of the sections inside it."""
        return [section.pk, *(one.pk for one in self.below(section))]


def put_in_place(story: Story) -> Story:
    """Give a story its edition and section from the furniture, which asks no database."""
    for furniture in memo.get("furniture", _all_furniture).values():
        section = furniture.sections.get(story.section_id)
        if furniture.edition.pk == story.edition_id and section is not None:
            story.edition, story.section = furniture.edition, section
            break
    return story


def furniture_of(code: str) -> Furniture | None:
    """Return the furniture of an edition by its code, or of the default one for an empty code."""
    return memo.get("furniture", _all_furniture).get(code)


def every_furniture() -> dict[str, Furniture]:
    """Return the furniture of every edition by its code, and that of the default one by `""`."""
    return memo.get("furniture", _all_furniture)


def _all_furniture() -> dict[str, Furniture]:
    everything = editions()
    touch("editions", *(f"edition:{edition.code}" for edition in everything))
    made = {edition.code: _furniture(edition, everything) for edition in everything}
    default = next((one for one in made.values() if one.edition.is_default), None)
    return made | ({"": default} if default else {})


def _furniture(edition: Edition, everything: list[Edition]) -> Furniture:
    sections = {section.pk: section for section in sections_of(edition)}
    for section in sections.values():
        section.edition = edition
        section.parent = sections.get(section.parent_id or 0)
    return Furniture(edition, sections, _edition(edition, sections, everything))


def _edition(
    edition: Edition, sections: dict[int, Section], everything: list[Edition]
) -> EditionContext:
    return EditionContext(
        code=edition.code,
        name=edition.name,
        tagline=edition.tagline,
        agency=edition.agency,
        language=edition.language,
        direction=edition.direction,
        timezone=edition.timezone,
        home_url=edition.prefix,
        sections=tuple(
            LinkContext(label=section.name, url=f"{edition.prefix}{section.path}/")
            for section in sections.values()
            if section.parent_id is None
        ),
        languages=tuple(
            LinkContext(label=own_name(other), url=other.prefix, language=other.language)
            for other in everything
            if other.pk != edition.pk
        ),
    )


def own_name(edition: Edition) -> str:
    """Return the name of an edition's language in that language."""
    names = dict(settings.LANGUAGES)
    return str(names.get(edition.language, edition.name))


def page_of(
    furniture: Furniture, *, path: str, title: str, journal: int, now: datetime, within: str = ""
) -> PageContext:
    """Return the furniture of one page; the caller replaces what is special about it.

    `within` is the address of the section the page belongs to, if its own does not tell. Every page
    shows the day it was made on, so every page is made anew at midnight.
    """
    here = furniture.context
    touch(f"day:{here.code}")
    return PageContext(
        title=title,
        canonical_url=f"{settings.DATELINE.base_url}{path}",
        lite_url=lite_path(path),
        subscribe_url=follow_url(here.code),
        journal=journal,
        edition=furniture.shown_at(within or path),
        feeds=feeds_at(here.home_url, here.name)[:1],
        newsfeed=replace(newsfeed_of(furniture, journal=0), is_away=True),
        now=now,
    )


def follow_url(code: str, subject: str = "") -> str:
    """Return where a subject is followed, by whichever ways there are here: a feed always is."""
    return f"/subscribe/?edition={code}" + (f"&to={subject}" if subject else "")


def home_crumb(furniture: Furniture) -> CrumbContext:
    """Return the first step of every breadcrumb."""
    return CrumbContext(label=furniture.context.name, url=furniture.context.home_url)


def newsfeed_of(furniture: Furniture, *, journal: int) -> NewsfeedContext:
    """Return the newsfeed's channel and where it begins, without lines."""
    home = f"{furniture.edition.prefix}newsfeed/"
    return NewsfeedContext(
        channel=f"newsfeed:{furniture.edition.code}", after=journal, home_url=home
    )
