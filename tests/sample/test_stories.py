"""What the sample's stories promise together: counts, language, one world, no filler."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.sample.markup import FactBox, Gallery, Paragraph, Quote, Table, plain_text
from dateline.sample.reading import HERE, newsroom

ROOM = newsroom()
WORLD = " ".join((HERE / "WORLD.md").read_text(encoding="utf-8").split())
STORIES = pytest.mark.parametrize(
    "story", ROOM.stories, ids=lambda story: f"{story.edition}-{story.slug}"
)
SCRIPT = {"en": r"[A-Za-z]", "ru": r"[А-Яа-яЁё]", "ar": r"[\u0600-\u06FF]"}
FEWEST = {"en": 120, "ru": 110, "ar": 110}
REAL = set(Path(__file__).with_name("real_names.txt").read_text(encoding="utf-8").split())
FILLER = re.compile(r"\bTK\b|\bTODO\b|\bXXX\b|lorem|ipsum|[{}]|\?\?\?|  ", re.IGNORECASE)


def texts(story):
    """Return every text of a story that readers see."""
    found = [story.headline, story.short_headline, story.kicker, story.standfirst]
    found += [story.editors_note, *(one.text for one in story.corrections)]
    if story.picture:
        found += [story.picture.alt, story.picture.caption, story.picture.credit]
    for block in story.body:
        found += list(_of(block))
    for post in story.live.posts if story.live else ():
        found += [post.headline, post.correction, *_of(post.text)]
    found += story.live.summary if story.live else ()
    return [text for text in found if text]


def _of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _of(one)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            if name != "scene":
                yield from _of(getattr(value, name))


def sentences(story):
    whole = [plain_text(block.text) for block in story.body if isinstance(block, Paragraph)]
    return [one for text in whole for one in re.split(r"(?<=[.!?؟]) ", text) if len(one) > 40]


def test_there_are_as_many_stories_as_promised():
    editions = Counter(story.edition for story in ROOM.stories)
    assert editions["en"] >= 70
    assert editions["ru"] >= 12
    assert editions["ar"] >= 12
    years = [story.published_at.year for story in ROOM.stories if story.edition == "en"]
    assert (min(years), max(years)) == (2006, 2026)
    assert len(set(years)) == 21
    kinds = Counter(story.kind for story in ROOM.stories if story.edition == "en")
    assert {kind: kinds[kind] >= least for kind, least in KINDS.items()} == dict.fromkeys(
        KINDS, True
    )


KINDS = {"news": 30, "live": 3, "offbeat": 7, "feature": 8, "analysis": 6}


@pytest.mark.parametrize("hours", range(0, 24 * 7, 5))
def test_on_whatever_day_it_is_filled_it_is_alive(hours):
    now = datetime(2031, 3, 6, 0, 10, tzinfo=UTC) + timedelta(hours=hours)
    stories = newsroom(now=now).stories
    editions = Counter(story.edition for story in stories)
    assert editions["en"] >= 60
    assert editions["ru"] >= 12
    assert editions["ar"] >= 12
    fresh = [one for one in stories if one.edition == "en" and now - one.published_at < DAYS]
    assert len(fresh) >= 12
    assert all(one.published_at <= now for one in stories)
    assert all(one.updated_at is None or one.updated_at <= now for one in stories)


DAYS = timedelta(hours=48)


def test_the_talks_failed_on_a_wednesday_and_the_council_meets_on_a_thursday():
    now = datetime(2031, 3, 9, 12, tzinfo=UTC)
    room = newsroom(now=now)
    [talks] = [story for story in room.stories if story.slug == "ostrel-talks-fail"]
    assert talks.published_at.strftime("%A") == "Wednesday"
    assert timedelta(0) < now - talks.published_at < timedelta(days=8)
    assert "which meets on Thursday, March 13" in " ".join(texts(talks))
    events = {event.title: event.on for event in room.storylines[0].events}
    assert events["The Standing Council meets on Ostrel"].isoformat() == "2031-03-13"
    assert events["The bridge at Tolm reopens"].isoformat() == "2019-09-28"


def test_the_storylines_are_told():
    told = Counter(story.storyline for story in ROOM.stories if story.edition == "en")
    assert told["ostrel-status"] >= 20
    assert told["carrow-canal"] >= 8
    since = datetime(2025, 5, 18, tzinfo=UTC)
    recent = [s for s in ROOM.stories if s.storyline == "ostrel-status" and s.published_at > since]
    assert len([story for story in recent if story.edition == "en"]) >= 10


def test_stories_are_paired_across_editions():
    keys = Counter(story.translation for story in ROOM.stories if story.translation)
    assert all(count in {2, 3} for count in keys.values())
    for code in ("ru", "ar"):
        own = [story for story in ROOM.stories if story.edition == code]
        assert len([story for story in own if story.translation]) >= 8
        assert len([story for story in own if not story.translation]) >= 3
        originals = {s.translation for s in ROOM.stories if s.edition == "en"}
        assert {story.translation for story in own if story.translation} <= originals


def test_there_are_long_reads_galleries_corrections_and_a_withdrawal():
    words = Counter()
    for story in ROOM.stories:
        words[story.slug] = len(" ".join(texts(story)).split())
    assert len([slug for slug in words if words[slug] >= 900]) >= 5
    blocks = [block for story in ROOM.stories for block in story.body]
    assert len([block for block in blocks if isinstance(block, Gallery)]) >= 2
    assert len([block for block in blocks if isinstance(block, Table)]) >= 8
    assert len([block for block in blocks if isinstance(block, FactBox)]) >= 8
    assert len([story for story in ROOM.stories if story.corrections]) >= 2
    assert len([story for story in ROOM.stories if story.withdrawn]) == 1


@STORIES
def test_a_story_is_whole_and_in_its_own_language(story):
    whole = " ".join(texts(story))
    assert len(whole.split()) >= FEWEST[story.edition]
    assert FILLER.findall(whole) == []
    letters = re.findall(r"[^\W\d_]", whole)
    own = re.findall(SCRIPT[story.edition], whole)
    assert len(own) / len(letters) > 0.99
    if story.edition != "en":
        assert re.findall(r"[A-Za-z]{2,}", whole) == []


@STORIES
def test_marks_are_those_of_the_language(story):
    whole = " ".join(texts(story))
    wrong = {"en": "\"'«»", "ru": "\"'”،", "ar": "\"'“”,;?"}[story.edition]
    if story.edition == "ar":
        whole = re.sub(r"\d,\d", "", whole)
    assert [mark for mark in wrong if mark in whole] == []
    assert whole.count("«") == whole.count("»")
    assert whole.count("(") == whole.count(")")


@STORIES
def test_nothing_real_is_named(story):
    whole = set(re.findall(r"\w+", " ".join(texts(story))))
    assert sorted(whole & REAL) == []


_FIRST = re.compile(
    r"^(?:The|In|On|At|By|As|Of|Then|But|From|Between|Since|Every|How|What|Where|Nine|Come|Mr|Ms|Dr|"
    r"General|Prime|Minister|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|Monday) "
)
_PAIR = re.compile(r"(?<![\w’-])[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+")


@STORIES
def test_names_are_in_the_world(story):
    names = set()
    if story.edition == "en":
        for text in texts(story):
            names |= {_bare(name) for name in _PAIR.findall(text)}
    names |= {block.speaker for block in story.body if isinstance(block, Quote)}
    staff = " ".join(person.name for person in ROOM.people)
    unknown = {name for name in names if name not in WORLD and name not in staff}
    assert sorted(name for name in unknown if " " in name) == []


def _bare(name):
    while _FIRST.match(name):
        name = _FIRST.sub("", name, count=1)
    return name


def test_no_sentence_is_used_twice():
    seen = Counter(one for story in ROOM.stories for one in set(sentences(story)))
    assert [sentence for sentence, count in seen.items() if count > 1] == []


def test_texts_of_pictures_name_no_day_that_moves():
    for path in (HERE / "stories").glob("*/*.toml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("alt =", "caption =", "credit =")):
                assert "{" not in line, path
