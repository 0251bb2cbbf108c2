"""Keeping the index as the stories are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from dateline.common import clock
from dateline.people.models import Person
from dateline.search.enums import NameKind
from dateline.search.indexes import Placed, index
from dateline.search.models import Document, NameWord
from dateline.search.more import words_added
from dateline.search.rules.copy import texts_of
from dateline.search.rules.places import place_of
from dateline.search.rules.rank import Part
from dateline.search.rules.words import stems_of
from dateline.stories.models import Byline, Story, StoryTopic
from dateline.stories.queries import story_for_reader
from dateline.topics.models import Section, Storyline, Topic

_FIELDS = (
    "headline",
    "short_headline",
    "kicker",
    "standfirst",
    "body",
    "kind",
    "language",
    "dateline_place",
    "published_at",
    "section",
    "edition",
    "edition__language",
)
Pair = tuple[str, str]
"""A word as it is written, folded, and its stem."""

_COUNTED = (Part.HEADLINE, Part.SIGN, Part.STANDFIRST, Part.NAMES)


@transaction.atomic
def index_story(*, number: int) -> None:
    """Make the index say of a story what readers may see of it now: its words, or nothing.

    Doing it twice is as good as once, and the order of changes does not matter.
    """
    was_there = take_out([number])
    story = story_for_reader(number, clock.now())
    if story is not None:
        put_in([story], new=set() if was_there else {number})
        _know_names(story)


def _know_names(story: Story) -> None:
    """Index the names on a story that are not known yet, such as a person a fill has made."""
    named = {(NameKind.PERSON, byline.person_id) for byline in story.bylines.all()}
    named |= {(NameKind.TOPIC, row.topic_id) for row in story.story_topics.all()}
    if story.storyline_id is not None:
        named.add((NameKind.STORYLINE, story.storyline_id))
    known = NameWord.objects.filter(number__in={number for _, number in named})
    for kind, number in sorted(
        named - {(NameKind(k), n) for k, n in known.values_list("kind", "number")}
    ):
        index_name(kind=kind, number=number)


def readable(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Return stories with what the index needs of them."""
    bylines = Byline.objects.select_related("person")
    topics = StoryTopic.objects.select_related("topic")
    return (
        stories.select_related("edition")
        .only(*_FIELDS)
        .prefetch_related(Prefetch("bylines", bylines), Prefetch("story_topics", topics))
    )


def take_out(numbers: Sequence[int]) -> int:
    """Take stories out of the index and return how many were there."""
    places = list(
        Document.objects.filter(story__in=numbers).values_list("place", flat=True).order_by()
    )
    if places:
        index().drop(places)
        Document.objects.filter(place__in=places).delete()
    return len(places)


def put_in(stories: Sequence[Story], *, new: set[int]) -> None:
    """Put stories of one edition, newest first, in the index; of `new` ones the words count."""
    rows: list[Placed] = []
    counted: Counter[Pair] = Counter()
    met: set[Pair] = set()
    last, more = -1, words_added([story.pk for story in stories])
    for story in stories:
        words = _words(story, more.get(story.pk, []))
        last = _free_place(story, last)
        parts = {part: [stem for _, stem in found] for part, found in words.items()}
        rows.append(Placed(place=last, story=story.pk, parts=parts, marks=_marks(story)))
        met.update(words[Part.BODY])
        if story.pk in new:
            counted.update({pair for part in _COUNTED for pair in words[part]})
    Document.objects.bulk_create(Document(place=row.place, story=row.story) for row in rows)
    index().put(rows)
    _learn(stories[0].edition_id, counted, met)


def _words(story: Story, more: Sequence[str]) -> dict[Part, list[tuple[str, str]]]:
    language = story.language or story.edition.language
    texts = {
        Part.HEADLINE: [story.headline],
        Part.SIGN: [story.short_headline, story.kicker],
        Part.STANDFIRST: [story.standfirst],
        Part.BODY: [*texts_of(story.body.raw_data), *more],
        Part.NAMES: _names(story),
    }
    return {part: list(stems_of(" \n".join(given), language)) for part, given in texts.items()}


def _names(story: Story) -> Iterator[str]:
    yield from (row.topic.name for row in story.story_topics.all())
    yield from (byline.person.name for byline in story.bylines.all())
    yield story.dateline_place


def _marks(story: Story) -> list[str]:
    topics = [f"_t{row.topic_id}" for row in story.story_topics.all()]
    return [f"_k{story.kind}", f"_s{story.section_id}", *topics]


def _free_place(story: Story, last: int) -> int:
    """Return the first free place from a story's own on, and after the last one given."""
    assert story.published_at is not None, "a visible story was published"  # noqa: S101
    place = max(place_of(story.edition_id, story.published_at), last + 1)
    step = 8
    while True:
        near = Document.objects.filter(place__gte=place, place__lt=place + step)
        taken = set(near.values_list("place", flat=True).order_by())
        if len(taken) < step:
            return next(one for one in range(place, place + step) if one not in taken)
        place, step = place + step, min(step * 8, 4096)


def _learn(edition: int, counted: Counter[Pair], met: set[Pair]) -> None:
    """Note words for spelling help; in order, so that two writers never wait for each other."""
    insert = (
        "INSERT INTO search_knownword(edition_id, word, stem, stories) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (edition_id, word) DO "
    )
    more = "UPDATE SET stories = search_knownword.stories + excluded.stories"
    heard = [(edition, *pair, count) for pair, count in sorted(counted.items()) if _is_word(pair)]
    rest = [(edition, *pair, 1) for pair in sorted(met - counted.keys()) if _is_word(pair)]
    with connection.cursor() as cursor:
        cursor.executemany(insert + more, heard)
        cursor.executemany(insert + "NOTHING", rest)


def _is_word(pair: Pair) -> bool:
    return len(pair[0]) > 1 and pair[0].isalpha()


@transaction.atomic
def index_name(*, kind: NameKind, number: int) -> None:
    """Make the suggestions know what has a name by its present one, or not at all."""
    NameWord.objects.filter(kind=kind, number=number).delete()
    found = _NAMES[kind](number)
    if found is not None:
        name, edition, language = found
        words = dict.fromkeys(folded for folded, _ in stems_of(name, language))
        NameWord.objects.bulk_create(
            NameWord(word=word, kind=kind, number=number, edition_id=edition) for word in words
        )


Named = tuple[str, int | None, str]


def _topic_name(number: int) -> Named | None:
    topic = Topic.objects.select_related("edition").filter(pk=number).first()
    return (topic.name, topic.edition_id, topic.edition.language) if topic else None


def _storyline_name(number: int) -> Named | None:
    row = Storyline.objects.select_related("edition").filter(pk=number).first()
    return (row.name, row.edition_id, row.edition.language) if row else None


def _section_name(number: int) -> Named | None:
    section = Section.objects.select_related("edition").filter(pk=number).first()
    return (section.name, section.edition_id, section.edition.language) if section else None


def _person_name(number: int) -> Named | None:
    person = Person.objects.filter(pk=number).first()
    return (person.name, None, "") if person else None


_NAMES: dict[NameKind, Callable[[int], Named | None]] = {
    NameKind.TOPIC: _topic_name,
    NameKind.STORYLINE: _storyline_name,
    NameKind.SECTION: _section_name,
    NameKind.PERSON: _person_name,
}
