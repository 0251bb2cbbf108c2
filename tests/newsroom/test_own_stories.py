"""Contributors work on their own stories, and see no other."""

import pytest
from django.contrib.auth.models import Group

from dateline.config.first_groups import make_first_groups
from dateline.people.models import Account
from dateline.stories.actions import write_story
from dateline.stories.enums import Role
from dateline.stories.models import Byline, Story
from tests.factories import a_draft, a_newsroom, a_story
from tests.newsroom.test_paths import edit, form, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db):
    make_first_groups()
    return a_newsroom()


@pytest.fixture
def writer(room):
    account = Account.objects.create_user("writer", is_staff=True)
    account.groups.add(Group.objects.get(name="Contributors"))
    return account


@pytest.fixture
def desk(client, writer):
    client.force_login(writer)
    return client


def listed(desk):
    answer = desk.get(url("list"))
    return [story.headline for story in answer.context["object_list"]]


def test_the_desk_of_a_contributor_lists_what_is_theirs(desk, room, writer):
    write_story(by=writer, draft=a_draft(room, "Mine"))
    a_story(room, "Somebody else's")
    assert listed(desk) == ["Mine"]


def test_a_story_that_a_contributor_begins_is_theirs(desk, room):
    desk.post(url("add"), form(room, "Begun here"))
    assert listed(desk) == ["Begun here"]
    assert edit(desk, room, Story.objects.get(), headline="Gone on").status_code == 302
    assert Story.objects.get().latest_revision.as_object().headline == "Gone on"


def test_a_byline_makes_a_story_somebodys_own(desk, room, writer):
    story = a_story(room, "Told by mail")
    assert listed(desk) == []
    room.person.account = writer
    room.person.save()
    assert Byline.objects.filter(story=story, person=room.person, role=Role.WRITER).exists()
    assert listed(desk) == ["Told by mail"]
    assert desk.get(url("edit", story.pk)).status_code == 200


@pytest.mark.parametrize("screen", ["edit", "copy", "preview_on_edit", "history"])
def test_somebody_elses_story_stays_as_it_is(desk, room, screen):
    story = a_story(room, "Somebody else's")
    before = story.latest_revision_id
    script = {"x-requested-with": "XMLHttpRequest"}
    assert desk.get(url(screen, story.pk), headers=script).status_code == 403
    desk.post(url(screen, story.pk), form(room, "Taken over"), headers=script)
    kept = Story.objects.get()
    assert (kept.latest_revision_id, kept.headline) == (before, "Somebody else's")
