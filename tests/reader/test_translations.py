"""One story in several languages: who may see of which, and what links to what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.stories.actions import hold_story, publish_story, write_story
from dateline.stories.archive_queries import translations_of
from dateline.stories.models import Story
from dateline.topics.actions import save_edition, save_section
from dateline.topics.models import Edition, Section
from tests.factories import a_draft, a_newsroom, a_published_story

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def room():
    room = a_newsroom()
    russian = Edition(code="ru", name="Меридиан", agency="М", language="ru", position=1)
    room.russian = save_edition(by=None, edition=russian)
    room.mir = save_section(
        by=None, section=Section(edition=russian, name="Мир", slug="mir", shared_key="world")
    )
    return room


def translated(room, story, **fields):
    draft = a_draft(room, "Переговоры сорваны", section=room.mir, translation_of=story, **fields)
    return publish_story(by=None, story=write_story(by=None, draft=draft))


def again(story):
    return Story.objects.select_related("edition", "section").get(pk=story.pk)


def page(client, story):
    return client.get(again(story).address)


def test_each_leads_to_the_other(client, room):
    story = a_published_story(room)
    other = translated(room, story)
    for one in (story, other):
        html = page(client, one).content.decode()
        for two, language in ((story, "en"), (other, "ru"), (story, "x-default")):
            assert f'hreflang="{language}" href="{SITE}{again(two).address}"' in html
    english = page(client, story).content.decode()
    assert (
        f'Read in: <a href="{again(other).address}" lang="ru" hreflang="ru">Русский</a>' in english
    )


def test_a_translation_of_a_translation_belongs_to_all(room):
    story = a_published_story(room)
    other = translated(room, story)
    third = translated(room, again(other))
    seen = {one.pk for one in translations_of(again(story), clock.now())}
    assert seen == {other.pk, third.pk}


def test_a_held_translation_is_told_of_nowhere(client, room):
    story = a_published_story(room)
    other = translated(room, story)
    hold_story(by=None, story=again(other), why="Check.")
    html = page(client, story).content.decode()
    assert ("Read in" in html, "hreflang" in html.partition("</head>")[0]) == (False, False)


def test_it_ends_when_the_desk_says_so(client, room):
    story = a_published_story(room)
    other = translated(room, story)
    write_story(
        by=None, draft=a_draft(room, section=room.mir, translation_of=None), story=again(other)
    )
    publish_story(by=None, story=again(other))
    assert again(other).translation_key is None
    assert b"Read in" not in page(client, story).content


def test_a_draft_changes_nothing_that_readers_see(client, room):
    story = a_published_story(room)
    write_story(by=None, draft=a_draft(room, section=room.mir, translation_of=story))
    assert again(story).translation_key is None


@pytest.mark.parametrize("change", ["publish", "hold"])
def test_the_page_of_the_other_is_rung(client, room, change):
    story = a_published_story(room)
    other = translated(room, story) if change == "hold" else None
    keys = set(page(client, story)["Cache-Tag"].split())
    seq = head()
    if other is None:
        translated(room, story)
    else:
        hold_story(by=None, story=again(other), why="Check.")
    rung = {key for recorded in replay(seq) for key in recorded.keys}
    assert rung & {key for key in keys if key.startswith(("story:", "translations:"))}


def test_a_story_alone_is_not_asked_about(room):
    story = again(a_published_story(room))
    with CaptureQueriesContext(connection) as asked:
        assert translations_of(story, clock.now()) == []
    assert len(asked) == 0


def test_fronts_and_sections_pair(client, room):
    front = client.get("/ru/").content.decode()
    assert f'hreflang="en" href="{SITE}/"' in front
    section = client.get("/world/").content.decode()
    assert f'hreflang="ru" href="{SITE}/ru/mir/"' in section
    assert "hreflang" not in client.get("/culture/").content.decode().partition("</head>")[0]


def test_the_sitemap_names_the_languages(client, room):
    story = a_published_story(room)
    other = again(translated(room, story))
    for code in ("en", "ru"):
        xml = client.get(f"/sitemaps/{code}/{story.published_at:%Y-%m}.xml").content.decode()
        assert f'hreflang="ru" href="{SITE}{other.address}"' in xml
