"""Asking the index: stories by their words, and words by their beginnings.

What is found is only ever shown through `stories.queries.visible`: the index says where to look.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import BoundedSemaphore

from django.db.models import Exists, OuterRef, QuerySet

from dateline.common.numbers import whole_number
from dateline.people.models import Person
from dateline.search.enums import NameKind, Sort
from dateline.search.errors import SearchTooSlow
from dateline.search.indexes import Wanted, index
from dateline.search.indexes.shape import Either, Standing
from dateline.search.models import KnownWord, NameWord
from dateline.search.rules.asking import Asked, Term, take_apart
from dateline.search.rules.places import moment_of, span_of
from dateline.search.rules.rank import Part, relevance, score
from dateline.search.rules.spell import SHORTEST, best_guess, one_off
from dateline.search.rules.words import stems_of, words_of
from dateline.stories.models import Byline, Story, StoryTopic
from dateline.stories.queries import visible
from dateline.topics.models import Edition, Section, Storyline, Topic

PER_PAGE = 20
POOL = 500
"""Newest stories with the words that are looked at and ranked; more are only said to be there."""

DEEP = 100
"""Older stories that are ranked too because all the words stand in their headlines."""

MOST_ENDINGS = 24
"""Words of the index that the beginning of one stands for, the commonest first."""

SECONDS = 2.0
AT_ONCE = 2
_TURNS = BoundedSemaphore(AT_ONCE)
_NEAR = 2000
_AT_A_TIME = 50
Row = tuple[int, int]
"""A place and the story at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for, in which edition, and how much of the answer is wanted.

    Shape: `sections` are numbers of which one must fit; `page` is a `Found.next_page` of the same
        question; `is_typing` takes the last word for the beginning of one;
        `in_headlines` finds newest first what has all the words there.
    """

    edition: Edition
    text: str
    now: datetime
    sections: tuple[int, ...] = ()
    kind: str = ""
    topic: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    sort: Sort = Sort.RELEVANCE
    page: str = ""
    limit: int = PER_PAGE
    is_typing: bool = False
    in_headlines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a question.

    Shape: `numbers` are of visible stories, in order; `total` counts those of the index, or is the
        least there can be where `is_more`, and on a last page those that were seen; `next_page` is
        empty at the end; `asked` is how the question was read.
    """

    asked: Asked
    numbers: tuple[int, ...] = ()
    total: int = 0
    is_more: bool = False
    next_page: str = ""
    stems: frozenset[str] = frozenset()


def search_stories(question: Question) -> Found:
    """Find the stories that answer a question, for one page.

    Raises:
        SearchTooSlow: it took too long, or too many searches are under way.
    """
    asked = take_apart(question.text, question.edition.language, is_typing=question.is_typing)
    if not asked:
        return Found(asked=asked)
    with _turn(), index().within(SECONDS):
        wanted = _wanted(asked, question)
        found = Found(asked=asked, stems=_stems(wanted))
        if not all(wanted.must):
            return found
        if question.sort == Sort.NEWEST or question.page.startswith("n"):
            return _newest(wanted, question, found)
        return _best(wanted, question, found)


def stories_found(found: Found, now: datetime) -> list[Story]:
    """Return the stories of an answer with what a list of results shows, bodies included."""
    rows = visible(now).select_related("section", "edition", "lead_picture")
    by_number = {story.pk: story for story in rows.filter(pk__in=found.numbers)}
    return [by_number[number] for number in found.numbers if number in by_number]


@contextmanager
def _turn() -> Iterator[None]:
    """Wait a moment for one of the few searches a process does at once."""
    if not _TURNS.acquire(timeout=SECONDS):
        raise SearchTooSlow(seconds=SECONDS)
    try:
        yield
    finally:
        _TURNS.release()


def _wanted(asked: Asked, question: Question) -> Wanted:
    must = tuple(_either(term, question.edition) for term in asked.must)
    without = tuple(_either(term, question.edition) for term in asked.without)
    marks = [tuple(f"_s{number}" for number in question.sections)]
    marks += [(f"_k{question.kind}",)] if question.kind else []
    marks += [(f"_t{question.topic}",)] if question.topic else []
    return Wanted(must, tuple(filter(None, without)), tuple(filter(None, marks)))


def _either(term: Term, edition: Edition) -> Either:
    """Return the stems a term stands for: for a beginning, those of the commonest words with it."""
    if not term.start:
        return (term.stems,)
    stems = dict.fromkeys([term.stems[0], *_endings(term.start, edition)])
    return tuple((stem,) for stem in stems)[: MOST_ENDINGS + 1]


def _endings(start: str, edition: Edition) -> Iterable[str]:
    words = KnownWord.objects.filter(
        edition=edition, word__gte=start, word__lt=f"{start}\U0010ffff"
    )
    # A short beginning has very many words: the commonest of the first few thousand will do.
    near = words.order_by("word").values_list("stories", "stem")[:_NEAR]
    return [stem for _, stem in sorted(near, key=lambda row: -row[0])[:MOST_ENDINGS]]


def _stems(wanted: Wanted) -> frozenset[str]:
    return frozenset(stem for either in wanted.must for phrase in either for stem in phrase)


def _newest(wanted: Wanted, question: Question, found: Found) -> Found:
    """Return a page of a plain walk from the newest on, from where the last page ended."""
    span = _span(question)
    after = whole_number(question.page.removeprefix("n"))
    if after is not None:
        span = (max(span[0], after + 1), span[1])
    only = Part.HEADLINE if question.in_headlines else None
    rows = index().walk(wanted, span, POOL, only=only)
    page = list(islice(_each_seen(rows, question), question.limit + 1))
    is_more = len(page) > question.limit
    page = page[: question.limit]
    return replace(
        found,
        numbers=tuple(number for _, number in page),
        total=len(rows) if is_more else len(page),
        is_more=len(rows) >= POOL or after is not None,
        next_page=f"n{page[-1][0]}" if is_more else "",
    )


def _best(wanted: Wanted, question: Question, found: Found) -> Found:
    """Return a page of the pool in the order of rank; behind the pool go on with the newest."""
    at, skip = _read_page(question.page)
    moment = question.now if at is None else min(at, question.now)
    span = _span(question)
    pool = index().walk(wanted, span, POOL)
    standing = index().standing(wanted, [place for place, _ in pool])
    is_full = len(pool) >= POOL
    if is_full:
        inside = {place for place, _ in pool}
        deep = index().walk(wanted, (pool[-1][0] + 1, span[1]), DEEP, only=Part.HEADLINE)
        headline = Standing((frozenset({Part.HEADLINE}),) * len(wanted.must), False)
        standing |= {place: headline for place, _ in deep if place not in inside}
        pool = pool + deep
    ranked = sorted(pool, key=lambda row: (-_score(row[0], standing, moment), row[0]))
    end = skip + question.limit
    page = list(islice(_each_seen(ranked, question), skip, end + 1))
    next_page = f"{int(moment.timestamp())}-{end}" if len(page) > question.limit else ""
    if is_full and not next_page:
        next_page = f"n{pool[POOL - 1][0]}"
    return replace(
        found,
        numbers=tuple(number for _, number in page[: question.limit]),
        total=len(pool) if next_page else skip + len(page),
        is_more=is_full,
        next_page=next_page,
    )


def _score(place: int, standing: dict[int, Standing], moment: datetime) -> float:
    stands = standing.get(place)
    worth = relevance(stands.parts, is_together=stands.is_together) if stands else 1.0
    return score(worth, (moment - moment_of(place)) / timedelta(days=1))


def _span(question: Question) -> tuple[int, int]:
    return span_of(question.edition.pk, since=question.since, until=question.until)


def _each_seen(rows: Sequence[Row], question: Question) -> Iterator[Row]:
    """Yield of rows those that readers may see; the database is asked for some at a time."""
    for start in range(0, len(rows), _AT_A_TIME):
        yield from _seen(rows[start : start + _AT_A_TIME], question)


def _seen(rows: Sequence[Row], question: Question) -> list[Row]:
    """Return of places and stories those that readers may see, in their order."""
    stories = visible(question.now).filter(pk__in=[number for _, number in rows])
    # Asked for the edition as well, SQLite walks the whole of it instead of going to these rows.
    seen = {
        number
        for number, edition in stories.values_list("pk", "edition").order_by()
        if edition == question.edition.pk
    }
    return [row for row in rows if row[1] in seen]


def _read_page(text: str) -> tuple[datetime | None, int]:
    first, _, second = text.partition("-")
    seconds, skip = whole_number(first), whole_number(second)
    if seconds is None or skip is None or seconds > 1 << 35:
        return None, 0
    return datetime.fromtimestamp(seconds, UTC), min(skip, POOL + DEEP)


# --- Spelling help -------------------------------------------------------------------------------


def did_you_mean(question: Question) -> str:
    """Return a question that is nearly this one and has an answer readers may see, or nothing."""
    asked = take_apart(question.text, question.edition.language)
    text, changed = question.text, False
    with index().within(SECONDS):
        for term in asked.must:
            guess = _guess(term.text, question.edition) if len(term.stems) == 1 else None
            if guess is not None:
                text, changed = _exchanged(text, term.text, guess, question.edition), True
    if not changed:
        return ""
    better = replace(question, text=text, limit=1, page="", is_typing=False)
    return text if search_stories(better).numbers else ""


def _guess(word: str, edition: Edition) -> str | None:
    """Return a known word for one that is unknown or very rare, or None."""
    if len(word) < SHORTEST:
        return None
    known = KnownWord.objects.filter(edition=edition)
    if known.filter(word=word).exists():
        return None
    near = known.filter(word__in=one_off(word)).values_list("word", "stories")
    guess = best_guess(word, list(near))
    if guess is None:
        start = word[:2]
        alike = known.filter(word__gte=start, word__lt=f"{start}\U0010ffff")
        guess = best_guess(word, list(alike.values_list("word", "stories")[:_NEAR]))
    return guess


def _exchanged(text: str, word: str, guess: str, edition: Edition) -> str:
    """Return a question with one word exchanged for another, everything else as it was typed."""
    for found in words_of(text, edition.language):
        if found.folded == word:
            return text[: found.start] + guess + text[found.end :]
    return text


# --- Suggestions while typing --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that what was typed may be the beginning of; exactly one field is set."""

    topic: Topic | None = field(default=None)
    storyline: Storyline | None = field(default=None)
    section: Section | None = field(default=None)
    person: Person | None = field(default=None)
    story: Story | None = field(default=None)


def suggestions(question: Question, *, most: int = 8) -> list[Suggestion]:
    """Return topics, storylines, sections, people and headlines that begin with what was typed.

    Raises:
        SearchTooSlow: it took too long, or too many searches are under way.
    """
    named = _named(question)[: most // 2]
    found = search_stories(
        replace(
            question,
            sort=Sort.NEWEST,
            is_typing=True,
            in_headlines=True,
            limit=most - len(named),
            page="",
        )
    )
    rows = visible(question.now).filter(pk__in=found.numbers).select_related("section", "edition")
    by_number = {story.pk: story for story in rows.defer("body")}
    stories = [by_number[number] for number in found.numbers if number in by_number]
    return [*named, *(Suggestion(story=story) for story in stories)]


def _named(question: Question) -> list[Suggestion]:
    """Return what is called so; what itself begins with a typed word is meant more often."""
    typed = [folded for folded, _ in stems_of(question.text[:100], question.edition.language)][:6]
    if not typed:
        return []
    longest = max(typed, key=len)
    rows = NameWord.objects.filter(word__gte=longest, word__lt=f"{longest}\U0010ffff")
    pairs = list(rows.values_list("kind", "number").order_by("word")[:200])
    by_kind = {kind: {n for k, n in pairs if k == kind} for kind in NameKind}
    found = [
        *(Suggestion(section=one) for one in _sections(by_kind[NameKind.SECTION], question)),
        *(Suggestion(storyline=one) for one in _storylines(by_kind[NameKind.STORYLINE], question)),
        *(Suggestion(topic=one) for one in _topics(by_kind[NameKind.TOPIC], question)),
        *(Suggestion(person=one) for one in _people(by_kind[NameKind.PERSON], question)),
    ]
    named = ((one, _words_of(one, question)) for one in found)
    meant = [(one, words) for one, words in named if _begins(words, typed)]
    meant.sort(key=lambda pair: not pair[1][0].startswith(tuple(typed)))
    return [one for one, _words in meant]


def _begins(words: Sequence[str], typed: Sequence[str]) -> bool:
    """Say whether each typed word is the beginning of a word of a name."""
    return all(any(word.startswith(start) for word in words) for start in typed)


def _words_of(one: Suggestion, question: Question) -> list[str]:
    """Return the words of a suggestion's name, folded."""
    name = str(one.topic or one.storyline or one.section or one.person or "")
    return [folded for folded, _ in stems_of(name, question.edition.language)]


def _sections(numbers: set[int], question: Question) -> Iterable[Section]:
    sections = Section.objects.filter(pk__in=numbers, edition=question.edition)
    return sections.select_related("edition").order_by("position", "pk")[:8]


def _topics(numbers: set[int], question: Question) -> Iterable[Topic]:
    """Return topics that have a story readers may see: others would tell of what is to come."""
    seen = visible(question.now).filter(pk=OuterRef("story_id"))
    rows = StoryTopic.objects.filter(Exists(seen), topic=OuterRef("pk"))
    topics: QuerySet[Topic] = Topic.objects.filter(
        Exists(rows), pk__in=numbers, edition=question.edition
    )
    return topics.select_related("edition").order_by("name")[:8]


def _storylines(numbers: set[int], question: Question) -> Iterable[Storyline]:
    """Return storylines that have a story readers may see, as with topics."""
    told = Exists(visible(question.now).filter(storyline=OuterRef("pk")))
    rows = Storyline.objects.filter(told, pk__in=numbers, edition=question.edition)
    return rows.select_related("edition").order_by("name")[:8]


def _people(numbers: set[int], question: Question) -> Iterable[Person]:
    """Return people whose name stands over a story of the edition that readers may see."""
    seen = visible(question.now).filter(pk=OuterRef("story_id"), edition=question.edition)
    rows = Byline.objects.filter(Exists(seen), person=OuterRef("pk"))
    return Person.objects.filter(Exists(rows), pk__in=numbers).order_by("name")[:8]
