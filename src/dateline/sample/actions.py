"""Filling an empty newsroom with the sample: stories at once, pictures by and by."""

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update

from dateline.common import clock
from dateline.live.actions import (
    PostCopy,
    ToldPost,
    open_coverage,
    save_summary,
    shelve_posts,
)
from dateline.people.actions import add_people
from dateline.people.models import Account, Person
from dateline.sample.body import stored_body
from dateline.sample.checking import scenes_of
from dateline.sample.markup import inline_html
from dateline.sample.newsletters import write_newsletter
from dateline.sample.reading import newsroom
from dateline.sample.shapes import SampleEdition, SampleLive, SampleNewsroom, SampleStory
from dateline.sample.tasks import Waiting, draw_pictures, fill_chats, know_references
from dateline.stories.actions import Draft, correct_story, kill_story
from dateline.stories.actions.shelve import shelve_stories
from dateline.stories.enums import Role
from dateline.stories.models import Story
from dateline.topics.actions import (
    add_aliases,
    add_storylines,
    add_topics,
    save_edition,
    save_section,
)
from dateline.topics.models import Edition, Section, Storyline, Topic


class _Shelf:
    """What was made so far, by the names the sample's files use."""

    def __init__(self) -> None:
        self.editions: dict[str, Edition] = {}
        self.sections: dict[tuple[str, str], Section] = {}
        self.topics: dict[tuple[str, str], Topic] = {}
        self.storylines: dict[tuple[str, str], Storyline] = {}
        self.people: dict[str, Person] = {}
        self.originals: dict[str, Story] = {}


@transaction.atomic
def fill_newsroom(*, by: Account | None, pictures: bool = True) -> int:
    """Store the whole sample newsroom and return how many stories it has.

    Its chats and, if wanted, its pictures are made afterwards by the runner, the newest story's
    first, and appear by themselves.

    Records: what the actions it calls record.
    """
    sample = newsroom(now=clock.now())
    with disable_reference_index_auto_update():
        shelf = _furnish(by, sample)
        stored = [pair for one in sample.editions for pair in _shelve(by, sample, one, shelf)]
    first = sample.editions[0].code
    named = {one.slug: story for one, story in stored if one.edition == first}
    write_newsletter(by=by, edition=shelf.editions[first], stories=named)
    fill_chats.enqueue([[story.pk, f"{one.edition}/{one.slug}"] for one, story in stored])
    if pictures:
        _draw(sample, stored)
    know_references.enqueue([story.pk for _, story in stored])
    return len(stored)


def _furnish(by: Account | None, sample: SampleNewsroom) -> _Shelf:
    shelf = _Shelf()
    for position, one in enumerate(sample.editions):
        edition = _edition(one, position)
        shelf.editions[one.code] = save_edition(by=by, edition=edition)
    for position, part in enumerate(sample.sections):
        section = Section(
            edition=shelf.editions[part.edition],
            parent=shelf.sections[part.edition, part.parent] if part.parent else None,
            name=part.name,
            tagline=part.tagline,
            slug=part.slug,
            shared_key=part.shared_key,
            position=position,
        )
        shelf.sections[part.edition, part.path] = save_section(by=by, section=section)
    people = [
        Person(name=one.name, slug=one.slug, title=one.role, description=one.biography)
        for one in sample.people
    ]
    shelf.people = {person.slug: person for person in add_people(by=by, people=people)}
    _add_topics(by, sample, shelf)
    _add_storylines(by, sample, shelf)
    return shelf


def _edition(one: SampleEdition, position: int) -> Edition:
    return Edition(
        code=one.code,
        name=one.name,
        tagline=one.tagline,
        agency=one.agency,
        language=one.language,
        direction=one.direction,
        timezone=one.timezone,
        is_default=position == 0,
        position=position,
    )


def _add_topics(by: Account | None, sample: SampleNewsroom, shelf: _Shelf) -> None:
    topics = [
        Topic(
            edition=shelf.editions[one.edition],
            kind=one.kind,
            name=one.name,
            slug=one.slug,
            description=one.description,
            media_topic=one.media_topic,
            shared_key=one.slug,
        )
        for one in sample.topics
    ]
    names = {(one.edition, one.slug): one.aliases for one in sample.topics}
    for topic in add_topics(by=by, topics=topics):
        shelf.topics[topic.edition.code, topic.slug] = topic
    add_aliases(by=by, names=[(shelf.topics[key], names[key]) for key in names if names[key]])


def _add_storylines(by: Account | None, sample: SampleNewsroom, shelf: _Shelf) -> None:
    storylines = [
        Storyline(
            edition=shelf.editions[one.edition],
            name=one.name,
            slug=one.slug,
            standfirst=one.standfirst,
            shared_key=one.slug,
        )
        for one in sample.storylines
    ]
    for storyline in add_storylines(by=by, storylines=storylines):
        shelf.storylines[storyline.edition.code, storyline.slug] = storyline


def _shelve(
    by: Account | None, sample: SampleNewsroom, edition: SampleEdition, shelf: _Shelf
) -> Iterable[tuple[SampleStory, Story]]:
    """Publish an edition's stories; those of the first edition are what others translate."""
    told = [story for story in sample.stories if story.edition == edition.code]
    told.sort(key=lambda story: story.published_at)
    stories = shelve_stories(by=by, drafts=[_draft(shelf, story) for story in told])
    pairs = list(zip(told, stories, strict=True))
    for one, story in pairs:
        if one.translation:
            shelf.originals.setdefault(one.translation, story)
        for correction in one.corrections:
            correct_story(by=by, story=story, text=correction.text, at=correction.at)
        if one.live:
            _cover(by, story, one.live, shelf)
        if one.withdrawn:
            kill_story(by=by, story=story, why=one.withdrawn.why, notice=one.withdrawn.notice)
    return pairs


def _cover(by: Account | None, story: Story, live: SampleLive, shelf: _Shelf) -> None:
    """Store a story's live coverage as it was told so far."""
    live_story = open_coverage(by=by, story=story)
    posts = [
        ToldPost(
            copy=PostCopy(
                headline=post.headline,
                body=stored_body(post.text),
                person=shelf.people[post.by],
                is_key=post.is_key,
            ),
            at=post.at,
            is_pinned=post.is_pinned,
            correction=post.correction,
        )
        for post in live.posts
    ]
    shelve_posts(by=by, live_story=live_story, posts=posts)
    points = [inline_html(point) for point in live.summary]
    save_summary(by=by, live_story=live_story, points=points)


def _draft(shelf: _Shelf, sample: SampleStory) -> Draft:
    return Draft(
        fields={
            "section": shelf.sections[sample.edition, sample.section],
            "storyline": shelf.storylines.get((sample.edition, sample.storyline)),
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
            "translation_of": shelf.originals.get(sample.translation),
            "translation_key": _key(sample.translation),
        },
        body=stored_body(sample.body),
        bylines=[(shelf.people[slug], Role.WRITER) for slug in sample.bylines],
        topics=[shelf.topics[sample.edition, slug] for slug in sample.topics],
        published_at=sample.published_at,
        updated_at=sample.updated_at,
    )


def _key(translation: str) -> UUID | None:
    return uuid5(NAMESPACE_URL, translation) if translation else None


def _draw(sample: SampleNewsroom, stored: Sequence[tuple[SampleStory, Story]]) -> None:
    """Have the pictures drawn, the newest story's first, and portraits after the first of them."""
    newest = sorted(stored, key=lambda pair: pair[0].published_at, reverse=True)
    waiting: Waiting = [
        [story.pk, f"{one.edition}/{one.slug}"] for one, story in newest if scenes_of(one)
    ]
    faces: Waiting = [[0, person.slug] for person in sample.people]
    draw_pictures.enqueue([*waiting[:_FIRST], *faces, *waiting[_FIRST:]])


_FIRST = 16
