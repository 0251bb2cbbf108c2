"""Filling an empty newsroom with the sample: stories at once, pictures by and by."""

from django.db import transaction

from dateline.people.actions import save_person
from dateline.people.models import Account, Person
from dateline.sample.body import stored_body
from dateline.sample.reading import newsroom
from dateline.sample.shapes import SampleNewsroom, SampleStory
from dateline.sample.tasks import draw_picture
from dateline.stories.actions import Draft, correct_story, publish_story, write_story
from dateline.stories.enums import Role
from dateline.topics.actions import save_edition, save_section, save_topic
from dateline.topics.models import Edition, Section, Topic


class _Shelf:
    """What was made so far, by the names the sample's files use."""

    def __init__(self) -> None:
        self.editions: dict[str, Edition] = {}
        self.sections: dict[tuple[str, str], Section] = {}
        self.topics: dict[tuple[str, str], Topic] = {}
        self.people: dict[str, Person] = {}


@transaction.atomic
def fill_newsroom(*, by: Account | None) -> int:
    """Store the whole sample newsroom and return how many stories it has.

    Its pictures are drawn afterwards by the runner, newest story first, and appear by themselves.

    Records: what the actions it calls record.
    """
    sample = newsroom()
    shelf = _furnish(by, sample)
    drawn = [_publish(by, shelf, story) for story in sample.stories]
    for story in reversed(drawn):
        if story is not None:
            draw_picture.enqueue(*story)
    return len(sample.stories)


def _furnish(by: Account | None, sample: SampleNewsroom) -> _Shelf:
    shelf = _Shelf()
    for position, one in enumerate(sample.editions):
        shelf.editions[one.code] = save_edition(
            by=by,
            edition=Edition(
                code=one.code,
                name=one.name,
                tagline=one.tagline,
                agency=sample.agency,
                language=one.language,
                direction=one.direction,
                timezone=one.timezone,
                is_default=position == 0,
                position=position,
            ),
        )
    for position, part in enumerate(sample.sections):
        section = Section(
            edition=shelf.editions[part.edition],
            name=part.name,
            tagline=part.tagline,
            slug=part.slug,
            position=position,
        )
        shelf.sections[part.edition, part.slug] = save_section(by=by, section=section)
    for person in sample.people:
        shelf.people[person.slug] = save_person(
            by=by,
            person=Person(
                name=person.name,
                slug=person.slug,
                title=person.role,
                description=person.biography,
            ),
        )
    _add_topics(by, sample, shelf)
    return shelf


def _add_topics(by: Account | None, sample: SampleNewsroom, shelf: _Shelf) -> None:
    """Make the topics each edition's stories name."""
    used = {(story.edition, slug) for story in sample.stories for slug in story.topics}
    for topic in sample.topics:
        for code in shelf.editions:
            if (code, topic.slug) in used:
                made = Topic(
                    edition=shelf.editions[code],
                    kind=topic.kind,
                    name=topic.name,
                    slug=topic.slug,
                    description=topic.description,
                )
                shelf.topics[code, topic.slug] = save_topic(by=by, topic=made)


def _publish(by: Account | None, shelf: _Shelf, sample: SampleStory) -> tuple[int, str] | None:
    """Publish one story; return what its picture's job needs, if it has a picture."""
    story = publish_story(by=by, story=write_story(by=by, draft=_draft(shelf, sample)))
    for correction in sample.corrections:
        correct_story(by=by, story=story, text=correction.text, at=correction.at)
    return (story.pk, f"{sample.edition}/{sample.slug}") if sample.picture else None


def _draft(shelf: _Shelf, sample: SampleStory) -> Draft:
    return Draft(
        fields={
            "section": shelf.sections[sample.edition, sample.section],
            "kind": sample.kind,
            "urgency": sample.urgency,
            "headline": sample.headline,
            "short_headline": sample.short_headline,
            "slugline": sample.slugline,
            "kicker": sample.kicker,
            "standfirst": sample.standfirst,
            "dateline_place": sample.dateline.place,
            "dateline_date": sample.dateline.date,
            "dateline_agency": sample.dateline.agency,
            "editors_note": sample.editors_note,
            "source": sample.source,
        },
        body=stored_body(sample.body),
        bylines=[(shelf.people[slug], Role.WRITER) for slug in sample.bylines],
        topics=[shelf.topics[sample.edition, slug] for slug in sample.topics],
        published_at=sample.published_at,
        updated_at=sample.updated_at,
    )
