"""Pages of topics and people, the index of topics, and where their old addresses lead."""

import pytest
from django.test import Client

from dateline.journal.queries import replay
from dateline.media.tasks import renditions_after
from dateline.people.actions import save_person
from dateline.people.models import Person
from dateline.reader import person as person_pages
from dateline.reader import topics_index
from dateline.stories.actions import hold_story
from dateline.stories.enums import Role
from dateline.stories.models import Byline
from dateline.topics.actions import save_edition, save_topic
from dateline.topics.models import Edition, Topic, TopicAlias
from tests.factories import a_newsroom, a_published_story
from tests.publishing.random_desk import a_picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def room():
    return a_newsroom()


def a_topic(room, name, **fields):
    slug = fields.pop("slug", name.lower())
    return save_topic(by=None, topic=Topic(edition=room.edition, name=name, slug=slug, **fields))


def text(at, client=None):
    answer = (client or Client()).get(at)
    assert answer.status_code == 200, at
    return answer.content.decode()


def test_a_topic_shows_its_other_names_its_archive_and_its_feeds(room):
    room.topic.aliases = [TopicAlias(name="Острел", language="ru"), TopicAlias(name="Ostrela")]
    room.topic.description = "A province."
    save_topic(by=None, topic=room.topic)
    page = text("/topics/ostrel/")
    assert "Also: Ostrela · Острел" in page
    for part in (
        "A province.",
        'href="/topics/ostrel/archive/"',
        'href="/topics/ostrel/feed.json"',
    ):
        assert part in page


def test_a_topic_shows_its_picture(room):
    room.topic.picture = a_picture()
    save_topic(by=None, topic=room.topic)
    for recorded in replay(0):
        renditions_after(recorded)
    assert "A bridge" in text("/topics/ostrel/")


def test_an_old_slug_leads_to_the_present_one_for_ever(client, room):
    for slug in ("second", "third"):
        room.topic.slug = slug
        save_topic(by=None, topic=room.topic)
    places = {at: client.get(f"/topics/{at}/") for at in ("ostrel", "second")}
    assert {at: (one.status_code, one["Location"]) for at, one in places.items()} == {
        "ostrel": (301, "/topics/third/"),
        "second": (301, "/topics/third/"),
    }


def test_a_slug_taken_again_no_longer_leads_on(client, room):
    room.topic.slug = "second"
    save_topic(by=None, topic=room.topic)
    a_topic(room, "Another", slug="ostrel")
    assert client.get("/topics/ostrel/").status_code == 200


def test_the_index_stands_by_letter_and_filters_by_kind(room):
    a_topic(room, "anna", kind="person")
    a_topic(room, "Élan", slug="elan", kind="organisation")
    a_topic(room, "42 days", slug="42-days", kind="subject")
    page = text("/topics/")
    assert [page.count(f'<h2 id="{initial}">') for initial in ("#", "A", "É", "O")] == [1] * 4
    people = text("/topics/?kind=person")
    assert ("anna" in people, "Élan" in people) == (True, False)
    assert "organisation" in text("/topics/?kind=organisation")


def test_a_long_index_shows_one_letter_at_a_time(client, room, monkeypatch):
    monkeypatch.setattr(topics_index, "ON_ONE_PAGE", 3)
    for name in ("Abel", "Adam", "Bela"):
        a_topic(room, name)
    first, second = text("/topics/"), text("/topics/?letter=B")
    assert ("Adam" in first, "Bela" in first, "Bela" in second) == (True, False, True)
    assert 'href="/topics/?letter=B"' in first
    assert client.get("/topics/?letter=Z").status_code == 404


def test_an_index_of_nothing_says_what_will_be_there(room):
    assert "No topic of this kind" in text("/topics/?kind=person")


def test_the_same_topic_of_another_edition_is_its_alternate(room):
    russian = save_edition(
        by=None,
        edition=Edition(code="ru", name="Меридиан", agency="М", language="ru"),
    )
    room.topic.shared_key = "ostrel"
    save_topic(by=None, topic=room.topic)
    topic = Topic(edition=russian, name="Острел", slug="ostrel-ru", shared_key="ostrel")
    save_topic(by=None, topic=topic)
    page = text("/topics/ostrel/")
    assert 'hreflang="ru" href="http://localhost:8000/ru/topics/ostrel-ru/"' in page
    assert 'hreflang="x-default" href="http://localhost:8000/topics/ostrel/"' in page


def test_a_person_stands_with_title_words_and_stories(client, room):
    room.person.title, room.person.description = "Diplomatic editor", "Writes about talks."
    save_person(by=None, person=room.person)
    story = a_published_story(room)
    page = text("/people/ilse-marek/")
    for part in ("Ilse Marek", "Diplomatic editor", "Writes about talks.", story.headline):
        assert part in page
    assert 'href="/people/ilse-marek/"' in client.get(_address(story)).content.decode()


def _address(story):
    story.refresh_from_db()
    return story.address


def test_an_old_address_of_a_person_leads_on(client, room):
    room.person.slug = "ilse-marek-tal"
    save_person(by=None, person=room.person)
    answer = client.get("/people/ilse-marek/")
    assert (answer.status_code, answer["Location"]) == (301, "/people/ilse-marek-tal/")


def test_a_persons_list_goes_on_and_shows_a_story_once(room, monkeypatch):
    monkeypatch.setattr(person_pages, "PER_PAGE", 2)
    stories = [a_published_story(room, f"Talks {n}") for n in range(4)]
    twice = Byline.objects.create(story=stories[3], person=room.person, role=Role.PHOTOGRAPHER)
    Byline.objects.filter(pk=twice.pk).update(
        published_at=Byline.objects.filter(story=stories[3]).first().published_at
    )
    first = text("/people/ilse-marek/")
    assert [first.count(f'data-story="{story.pk}"') for story in stories] == [0, 0, 1, 1]
    at = first.partition('class="older" href="')[2].partition('"')[0]
    second = text(at)
    assert [second.count(f'data-story="{story.pk}"') for story in stories] == [1, 1, 0, 0]


def test_what_is_held_is_on_no_persons_page(room):
    story = a_published_story(room)
    hold_story(by=None, story=story, why="Check.")
    assert story.headline not in text("/people/ilse-marek/")


def test_a_person_without_stories_has_an_empty_page(room):
    Person.objects.create(name="New Hand", slug="new-hand")
    assert "Nothing has been published here yet" in text("/people/new-hand/")


@pytest.mark.parametrize(("at", "asked"), [("/topics/", 4), ("/people/ilse-marek/", 4)])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_often_as_this(client, room, django_assert_num_queries, at, asked, count):
    for n in range(count):
        a_published_story(room, f"Talks {n}")
    client.get(at)
    with django_assert_num_queries(asked):
        client.get(at)
