"""What is found: by words, languages and filters, in order, and never what may not be seen."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.common import clock
from dateline.people.models import Person
from dateline.search.enums import NameKind, Sort
from dateline.search.models import Document, KnownWord, NameWord
from dateline.search.queries import Question, did_you_mean, suggestions
from dateline.stories.actions import kill_story, publish_story
from dateline.stories.models import Embargo, Hold, Story
from dateline.topics.actions import save_topic
from dateline.topics.models import Topic
from tests.factories import a_newsroom, a_published_story, a_story, a_storyline
from tests.search.house import DAY, NOW, an_edition, ask, follow, headlines

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def room(time_machine):
    time_machine.move_to(NOW, tick=False)
    return a_newsroom()


@pytest.fixture
def days(time_machine):
    """Return a function that goes to so many days before now."""
    return lambda ago: time_machine.move_to(NOW - ago * DAY, tick=False)


def test_words_are_found_wherever_they_stand_and_however_they_end(room):
    a_published_story(
        room,
        "Envoys leave Brdo",
        short_headline="Brdo ends",
        kicker="Ostrel status",
        standfirst="No common text was found.",
        paragraph="The <b>delegations</b> talked for eleven hours.",
        dateline_place="LISKA",
    )
    a_published_story(room, "Harbour opens")
    follow()
    for text in ("envoy", "brdo ends", "status", "texts", "DELEGATION hours", "liska"):
        assert headlines(room.edition, text) == ["Envoys leave Brdo"]
    assert set(headlines(room.edition, "ilse marek ostrel")) == {
        "Envoys leave Brdo",
        "Harbour opens",
    }
    assert headlines(room.edition, "delegations harbour") == []


def test_phrases_and_what_must_not_be_there(room):
    a_published_story(room, "Talks fail in Brenn", paragraph="One.")
    a_published_story(room, "Brenn talks go on", paragraph="Two.")
    follow()
    edition = room.edition
    assert headlines(edition, '"talks fail"') == ["Talks fail in Brenn"]
    assert headlines(edition, '"fail talks"') == []
    assert headlines(edition, "brenn -fail") == ["Brenn talks go on"]
    assert headlines(edition, 'brenn -"go on"') == ["Talks fail in Brenn"]
    assert headlines(edition, "-brenn") == []


def test_a_phrase_does_not_span_two_parts(room):
    a_published_story(room, "Bridge toll", short_headline="Rises")
    follow()
    assert headlines(room.edition, '"toll rises"') == []


@pytest.mark.parametrize(
    ("code", "headline", "text", "asked"),
    [
        ("ru", "О ходе переговоров", "Чёрный край.", ["переговоры", "черного", "краёв", "ЧЁРНЫЙ"]),
        (
            "ar",
            "فشل المفاوضات",
            "قال الرئيس أحمد إلى الحكومة.",
            ["مفاوضات", "احمد", "حكومة", "مُفَاوَضَة"],
        ),
    ],
)
def test_russian_and_arabic(room, code, headline, text, asked):
    edition, section = an_edition(code)
    a_published_story(room, headline, section=section, paragraph=text)
    a_published_story(room, headline, paragraph="In the other edition.")
    follow()
    for words in asked:
        assert headlines(edition, words) == [headline], words
    assert len(ask(edition, asked[0]).numbers) == 1


def test_filters(room, days):
    days(10)
    a_published_story(room, "Talks in May", kind="news")
    days(1)
    a_published_story(room, "Talks in June", kind="analysis", section=room.culture)
    days(0)
    follow()
    edition = room.edition
    other = save_topic(by=None, topic=Topic(edition=edition, name="Other", slug="other"))
    assert headlines(edition, "talks") == ["Talks in June", "Talks in May"]
    assert headlines(edition, "talks", sections=(room.world.pk,)) == ["Talks in May"]
    both = (room.world.pk, room.culture.pk)
    assert len(headlines(edition, "talks", sections=both)) == 2
    assert headlines(edition, "talks", kind="analysis") == ["Talks in June"]
    assert headlines(edition, "talks", topic=room.topic.pk) == ["Talks in June", "Talks in May"]
    assert headlines(edition, "talks", topic=other.pk) == []
    assert headlines(edition, "talks", since=NOW - 5 * DAY) == ["Talks in June"]
    assert headlines(edition, "talks", until=NOW - 5 * DAY) == ["Talks in May"]
    assert headlines(edition, "talks", since=NOW - 10 * DAY, until=NOW - DAY) == ["Talks in May"]


def test_the_best_match_comes_first_and_among_equals_the_newest(room, days):
    days(40)
    a_published_story(room, "Ostrel votes", paragraph="Body.")
    days(39)
    a_published_story(room, "Nothing", standfirst="Ostrel.", paragraph="Body.")
    days(38)
    a_published_story(room, "Newest", paragraph="On votes in Ostrel.")
    days(37)
    a_published_story(room, "Votes: Ostrel", paragraph="Body.")
    days(0)
    follow()
    assert headlines(room.edition, "ostrel votes") == ["Ostrel votes", "Votes: Ostrel", "Newest"]
    newest = headlines(room.edition, "ostrel votes", sort=Sort.NEWEST)
    assert newest == ["Votes: Ostrel", "Newest", "Ostrel votes"]


@pytest.mark.parametrize("sort", Sort)
def test_pages_show_each_story_once_and_in_order(room, days, sort):
    for number in range(7):
        days(7 - number)
        a_published_story(room, f"Talks {number}")
    days(0)
    follow()
    seen, page = [], ""
    while True:
        found = ask(room.edition, "talks", sort=sort, limit=3, page=page)
        seen += found.numbers
        page = found.next_page
        if not page:
            break
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_behind_the_pool_the_newest_go_on(room, days, monkeypatch):
    monkeypatch.setattr("dateline.search.queries.POOL", 4)
    for number in range(9):
        days(9 - number)
        a_published_story(room, "Talks" if number == 0 else f"Other {number}", paragraph="A talk.")
    days(0)
    follow()
    first = ask(room.edition, "talk", limit=3)
    assert (first.is_more, first.total) == (True, 5)
    seen, page = list(first.numbers), first.next_page
    oldest = Story.objects.get(headline="Talks").pk
    assert oldest in {*seen, *ask(room.edition, "talk", limit=9).numbers}
    while page:
        found = ask(room.edition, "talk", limit=3, page=page)
        seen, page = seen + list(found.numbers), found.next_page
    assert len(set(seen)) == 9


def test_a_change_replaces_the_words(room):
    story = a_published_story(room, "Harbour opens")
    at = follow()
    story.headline = "Museum closes"
    story.save_revision()
    publish_story(by=None, story=Story.objects.get(pk=story.pk))
    follow(at)
    assert headlines(room.edition, "harbour") == []
    assert headlines(room.edition, "museum") == ["Museum closes"]
    assert Document.objects.count() == 1


ENDS = {
    "withdrawn": lambda story: story.unpublish(),
    "killed": lambda story: kill_story(by=None, story=story, why="Wrong."),
    "deleted": lambda story: story.delete(),
}
KEEPS = {
    "embargoed": lambda story: Embargo.objects.create(story=story, until=NOW + DAY, at=NOW),
    "held": lambda story: Hold.objects.create(story=story, at=NOW),
    "expired": lambda story: Story.objects.filter(pk=story.pk).update(expire_at=NOW),
    "not live": lambda story: Story.objects.filter(pk=story.pk).update(live=False),
}


def surfaces(room, text="secret"):
    question = Question(edition=room.edition, text=text, now=clock.now())
    near = Question(edition=room.edition, text="secrat", now=clock.now())
    return [
        list(ask(room.edition, text).numbers),
        list(ask(room.edition, text, sort=Sort.NEWEST).numbers),
        ask(room.edition, text).total,
        [one.story for one in suggestions(question)],
        did_you_mean(near),
    ]


@pytest.mark.parametrize("how", [*ENDS, *KEEPS])
def test_nothing_shows_what_readers_may_not_see(room, how):
    story = a_published_story(room, "Secret harbour")
    follow()
    assert surfaces(room) == [[story.pk], [story.pk], 1, [story], "secret"]
    {**ENDS, **KEEPS}[how](story)
    assert surfaces(room) == [[], [], 0, [], ""], "before the index knows"
    follow()
    assert surfaces(room) == [[], [], 0, [], ""], "and after"
    assert Document.objects.count() == 0


def test_a_draft_is_not_in_the_index(room):
    a_story(room, "Secret harbour")
    follow()
    assert Document.objects.count() == 0


def test_an_effect_done_twice_changes_nothing(room):
    for number in range(3):
        a_published_story(room, f"Talks {number}")
    follow()

    def state():
        words = KnownWord.objects.order_by("word").values_list("word", "stories")
        names = NameWord.objects.order_by("word", "kind").values_list("word", "kind", "number")
        return list(Document.objects.order_by("place").values()), list(words), list(names)

    before = state()
    follow()
    assert state() == before


def test_stories_of_one_second_have_places_of_their_own(room):
    numbers = {a_published_story(room, f"Talks {number}").pk for number in range(20)}
    follow()
    assert set(ask(room.edition, "talks").numbers) == numbers


def test_spelling_help_has_an_answer(room):
    a_published_story(room, "Harbour opens in Brenn")
    edition, section = an_edition("ru")
    a_published_story(room, "О ходе переговоров", section=section)
    follow()

    def help_for(text, where=room.edition):
        return did_you_mean(Question(edition=where, text=text, now=NOW))

    assert help_for("habrour") == "harbour"
    assert help_for("Harbuor -xyz") == "harbour -xyz"
    assert help_for("harbour") == ""
    assert help_for("zzzzzz") == ""
    assert help_for("переговоровв", edition) == "переговоров"
    assert help_for("harbuor", edition) == ""


def test_suggestions_are_sections_topics_people_and_headlines(room):
    a_published_story(room, "Worlds apart")
    save_topic(by=None, topic=Topic(edition=room.edition, name="Worldly wise", slug="w"))
    Person.objects.create(name="Wolf World", slug="w")
    follow()

    def offered(text):
        rows = suggestions(Question(edition=room.edition, text=text, now=NOW))
        return [str(one.section or one.topic or one.person or one.story) for one in rows]

    assert offered("wor") == ["World", "Worlds apart"]
    assert offered("ostr") == ["Ostrel"]
    assert offered("mar ils")[:1] == ["Ilse Marek"]
    assert offered("") == offered("\0") == offered("-") == []
    assert NameWord.objects.filter(kind=NameKind.TOPIC).count() == 3


def test_a_storyline_is_suggested_once_readers_saw_a_story_of_it(room):
    storyline = a_storyline(room, "Canal tolls")

    def offered():
        rows = suggestions(Question(edition=room.edition, text="can tol", now=NOW))
        return [one.storyline for one in rows]

    follow()
    assert offered() == []
    story = a_published_story(room, storyline=storyline)
    follow()
    assert offered() == [storyline]
    kill_story(by=None, story=story, why="wrong")
    follow()
    assert offered() == []


HOSTILE = [
    '"',
    "'; DROP TABLE search_words; --",
    "a AND OR NOT NEAR(b c, 2)",
    "headline: x",
    "{headline} : x",
    "^x + y",
    "x*",
    "* * *",
    "a\0b",
    "x" * 10_000,
    "(" * 500,
    "😀 👩‍👩‍👧 🏳️‍🌈",
    "\u202e\u200f\ufeff",
    "' & | ! <-> :* \\",
    "_knews _s1",
    "\ud800",
    "%s %(a)s {0}",
    "ﷺ ﷽",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_never_fail(room, text):
    story = a_published_story(room)
    follow()
    question = Question(edition=room.edition, text=text, now=NOW)
    for sort in Sort:
        assert set(ask(room.edition, text, sort=sort).numbers) <= {story.pk}
    did_you_mean(question)
    suggestions(question)
    ask(room.edition, "talks", page=text)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        alphabet=st.one_of(st.sampled_from("\"'-*():{}^+&|!<>\\%_ \0atب"), st.characters())
    )
)
def test_any_question_is_answered(room, text):
    if not Story.objects.exists():
        a_published_story(room)
        follow()
    question = Question(edition=room.edition, text=text, now=NOW, is_typing=True)
    for sort in Sort:
        ask(room.edition, text, sort=sort)
    suggestions(question)
    did_you_mean(question)


def test_an_index_of_another_time_does_no_harm(room):
    """What is only half there after a crash or a restore is passed over."""
    story = a_published_story(room)
    follow()
    Document.objects.all().delete()
    assert headlines(room.edition, "talks") == []
    follow()
    assert ask(room.edition, "talks").numbers == (story.pk,)


def test_dates_long_ago_and_to_come(room):
    old = a_published_story(room, "Talks of old")
    at = NOW.replace(year=1912)
    Story.objects.filter(pk=old.pk).update(published_at=at)
    follow()
    assert headlines(room.edition, "talks", until=NOW - 9000 * DAY) == ["Talks of old"]
    assert headlines(room.edition, "talks", since=at + timedelta(seconds=1)) == []
