"""A picture's file is there for readers as long as something that they may see shows it."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from dateline.common import clock
from dateline.media.actions import add_picture
from dateline.media.models import Picture, PictureUse
from dateline.people.actions import save_person
from dateline.press.touch import reading
from dateline.stories.actions import (
    hold_story,
    illustrate_story,
    kill_story,
    lift_hold,
    publish_story,
    set_embargo,
    write_story,
)
from tests.factories import a_draft, a_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def room():
    return a_newsroom()


def a_picture(title="Bridge"):
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "navy").save(file, "JPEG")
    return add_picture(by=None, name="b.jpg", data=file.getvalue(), picture=Picture(title=title))


def url_of(picture):
    return picture.get_rendition("width-360|format-jpeg").url


def with_lead(room, picture):
    return write_story(by=None, draft=a_draft(room, lead_picture=picture))


def with_body(room, *pictures):
    draft = a_draft(room)
    gallery = [{"picture": one.pk, "caption": ""} for one in pictures[1:]]
    draft.body.append({"type": "picture", "value": {"picture": pictures[0].pk, "caption": ""}})
    if gallery:
        draft.body.append({"type": "gallery", "value": {"title": "", "pictures": gallery}})
    return write_story(by=None, draft=draft)


def seen(url, client=None):
    return (client or Client()).get(url).status_code


@pytest.mark.parametrize("shown_by", [with_lead, with_body])
def test_it_is_there_from_publication_to_kill(room, shown_by):
    picture = a_picture()
    url = url_of(picture)
    story = shown_by(room, picture)
    assert seen(url) == 404
    story = publish_story(by=None, story=story)
    assert seen(url) == 200
    kill_story(by=None, story=story, why="wrong bridge")
    assert seen(url) == 404


@pytest.mark.parametrize("shown_by", [with_lead, with_body])
def test_it_is_kept_as_long_as_its_story_is(room, shown_by, time_machine):
    picture = a_picture()
    url = url_of(picture)
    story = publish_story(by=None, story=shown_by(room, picture))
    hold = hold_story(by=None, story=story, why="lawyers")
    assert seen(url) == 404
    lift_hold(by=None, hold=hold)
    assert seen(url) == 200
    set_embargo(by=None, story=story, until=clock.now() + timedelta(hours=1))
    assert seen(url) == 404
    time_machine.move_to(clock.now() + timedelta(hours=2))
    assert seen(url) == 200


def test_one_of_two_stories_is_enough(room):
    picture = a_picture()
    first, second = [publish_story(by=None, story=with_lead(room, picture)) for _ in range(2)]
    kill_story(by=None, story=first, why="wrong")
    assert seen(url_of(picture)) == 200
    kill_story(by=None, story=second, why="wrong")
    assert seen(url_of(picture)) == 404


def test_every_picture_of_a_body_is_there_and_none_that_a_new_version_left_out(room):
    pictures = [a_picture(str(number)) for number in range(3)]
    story = publish_story(by=None, story=with_body(room, *pictures))
    assert [seen(url_of(picture)) for picture in pictures] == [200] * 3
    write_story(by=None, draft=a_draft(room), story=story)
    assert [seen(url_of(picture)) for picture in pictures] == [200] * 3
    publish_story(by=None, story=story)
    assert [seen(url_of(picture)) for picture in pictures] == [404] * 3
    assert PictureUse.objects.count() == 0


def test_a_lead_picture_that_is_replaced_is_gone(room):
    old, new = a_picture("old"), a_picture("new")
    story = publish_story(by=None, story=with_lead(room, old))
    illustrate_story(by=None, story=story, picture=new)
    assert (seen(url_of(old)), seen(url_of(new))) == (404, 200)


def test_a_portrait_is_there_while_it_is_somebodys(room):
    picture = a_picture()
    url = picture.get_rendition("fill-192x192|format-jpeg").url
    assert seen(url) == 404
    room.person.portrait = picture
    save_person(by=None, person=room.person)
    assert seen(url) == 200
    room.person.portrait = None
    save_person(by=None, person=room.person)
    assert seen(url) == 404


def test_staff_see_every_picture_and_nothing_of_theirs_may_be_shared(room):
    url = url_of(a_picture())
    staff = Client()
    staff.force_login(room.editor)
    answer = staff.get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")
    assert staff.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    hidden = Client().get(url)
    assert (hidden.status_code, hidden["Cache-Control"]) == (404, "private, no-store")


def test_portraits_of_staff_are_for_staff(room):
    name = default_storage.save("avatar_images/avatar.jpg", ContentFile(b"pixels"))
    staff = Client()
    staff.force_login(room.editor)
    assert (seen(f"/media/{name}"), seen(f"/media/{name}", staff)) == (404, 200)


def test_what_shows_it_is_what_takes_it_away_again(room, django_assert_num_queries):
    picture = a_picture()
    url = url_of(picture)
    story = publish_story(by=None, story=with_lead(room, picture))
    with reading() as keys, django_assert_num_queries(3):
        answer = Client().get(url)
    assert keys == {f"picture:{picture.pk}", f"story:{story.pk}"}
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Cache-Tag"] == f"picture:{picture.pk} story:{story.pk}"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    body = a_picture()
    url = url_of(body)
    publish_story(by=None, story=with_body(room, body))
    with django_assert_num_queries(5):
        assert seen(url) == 200
