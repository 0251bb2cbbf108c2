"""The same page in other editions: for `hreflang`, sitemaps and the reader's own choice.

A page in no other language has no alternates; where there are some, it is one of them itself, and
`x-default` is the default edition's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from dateline.press.touch import touch
from dateline.reader.contexts import AlternateContext, LinkContext
from dateline.reader.present.furniture import every_furniture, own_name, put_in_place
from dateline.stories.archive_queries import translations_of
from dateline.stories.models import Story
from dateline.topics.models import Section, Storyline, Topic
from dateline.topics.queries import same_elsewhere


def front_languages(below: str = "") -> tuple[AlternateContext, ...]:
    """Return the fronts of all editions, or the same below each; empty where there is only one."""
    editions = [one.edition for code, one in every_furniture().items() if code]
    return _paired([(one.language, f"{one.prefix}{below}", one.is_default) for one in editions])


def section_languages(section: Section) -> tuple[AlternateContext, ...]:
    """Return the same section of all editions that have it, by its shared key or its path."""
    found = []
    for code, furniture in every_furniture().items():
        for other in furniture.sections.values() if code else ():
            if _key(other) == _key(section):
                edition = furniture.edition
                address = f"{edition.prefix}{other.path}/"
                found.append((edition.language, address, edition.is_default))
    return _paired(found)


def _key(section: Section) -> str:
    return section.shared_key or section.path


def languages_of_list(thing: Topic | Storyline) -> tuple[AlternateContext, ...]:
    """Return the pages of a topic or storyline and of the same in other editions."""
    if not thing.shared_key:
        return ()
    same: list[Topic | Storyline] = [thing, *same_elsewhere(thing)]
    kind = thing._meta.model_name
    touch(*(f"{kind}:{one.pk}:name" for one in same[1:]))
    return _paired([(one.edition.language, one.address, one.edition.is_default) for one in same])


def other_languages(story: Story, now: datetime) -> list[Story]:
    """Return a story's visible translations; one that has none asks nothing."""
    if story.translation_key is None:
        return []
    touch(f"translations:{story.translation_key.hex}")
    return translations_of(story, now)


def languages_of(stories: Iterable[Story]) -> tuple[AlternateContext, ...]:
    """Return the addresses of one story in all its languages, itself among them."""
    found = []
    for story in stories:
        put_in_place(story)
        language = story.language or story.edition.language
        found.append((language, story.address, story.edition.is_default))
    return _paired(found)


def translation_links(others: Iterable[Story]) -> tuple[LinkContext, ...]:
    """Return a story's translations as links, each by the name of its language in that language."""
    made = []
    for story in others:
        put_in_place(story)
        touch(f"story:{story.pk}", f"section:{story.section_id}:name")
        language = story.language or story.edition.language
        made.append(
            LinkContext(label=own_name(story.edition), url=story.address, language=language)
        )
    return tuple(made)


def _paired(found: Sequence[tuple[str, str, bool]]) -> tuple[AlternateContext, ...]:
    """Return pages as languages, one for each; none where there is nothing to choose."""
    base = settings.DATELINE.base_url
    made = {
        language: AlternateContext(language=language, url=base + path)
        for language, path, _ in reversed(found)
    }
    if len(made) < 2:
        return ()
    default = next((path for _, path, is_default in found if is_default), None)
    also = (
        (AlternateContext(language="x-default", url=base + default),) if default is not None else ()
    )
    return (*reversed(made.values()), *also)
