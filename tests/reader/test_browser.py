"""What a browser gets beside the pages: worker, manifest, own pages, share pictures."""

import json
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from dateline.reader.drawing.icons import FOLDER, ICONS
from dateline.stories.actions import hold_story, kill_story
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


def worker_facts(client):
    first, _, _ = client.get("/sw.js").content.decode().partition("\n")
    return json.loads(first.removeprefix("self.DATELINE = ").removesuffix(";"))


@pytest.mark.parametrize("path", ["/preferences/", "/saved/", "/offline/", "/-/parts"])
def test_own_pages_are_pressed_and_the_same_for_everyone(client, room, path):
    got = client.get(path)
    assert got.status_code == 200
    assert got.headers["Dateline-Journal"]
    assert "editions" in got.headers["Cache-Tag"].split()


def test_the_manifest_names_the_edition_and_icons_that_are_there(client, room):
    got = client.get("/manifest.webmanifest")
    told = got.json()
    assert got.headers["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["start_url"], told["dir"]) == (room.edition.name, "/", "ltr")
    sizes = {icon["sizes"]: icon["purpose"] for icon in told["icons"]}
    assert set(sizes) == {"192x192", "512x512"}
    for name, size, _share in ICONS:
        with Image.open(FOLDER / name) as icon:
            assert icon.size == (size, size)


def test_the_worker_keeps_files_and_pages_and_never_what_is_personal(client, room):
    facts = worker_facts(client)
    assert facts["pages"] == ["/offline/", "/saved/", "/-/parts"]
    assert facts["homes"] == ["/"]
    staff = f"/{settings.DATELINE.staff_path}"
    assert {staff, "/me", "/-/stream"} <= set(facts["private"])
    assert [file for file in facts["files"] if "/js/sw" in file] == []
    assert len(facts["files"]) == len(set(facts["files"])) > 20


def test_the_worker_of_one_build_is_the_same_text(client, room):
    assert client.get("/sw.js").content == client.get("/sw.js").content


def test_a_worker_that_is_switched_off_takes_itself_away(client, room, settings):
    settings.DATELINE = settings.DATELINE.model_copy(update={"service_worker": False})
    text = client.get("/sw.js").content.decode()
    assert "unregister()" in text
    assert "self.DATELINE" not in text


def test_browsers_may_fetch_ahead_no_story_and_nothing_of_the_desk(client, room):
    got = client.get("/-/speculation.json")
    assert got.headers["Content-Type"] == "application/speculationrules+json"
    [rule] = got.json()["prefetch"]
    kept_out = {one["not"].get("href_matches") for one in rule["where"]["and"] if "not" in one}
    assert {"/*.html", "/-/*", f"/{settings.DATELINE.staff_path}*"} <= kept_out
    assert client.get("/").headers["Speculation-Rules"] == '"/-/speculation.json"'


def test_a_short_address_leads_to_the_story_for_ever(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    got = client.get(f"/s/{story.pk}")
    assert (got.status_code, got.headers["Location"]) == (301, story.address)
    kill_story(by=None, story=story, why="A wrong name.")
    assert client.get(f"/s/{story.pk}").status_code == 410
    assert client.get("/s/999999").status_code == 404


def test_a_share_picture_has_the_size_that_shares_want(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    got = client.get(f"/-/share/{story.pk}-{story.version}.jpg")
    assert got.headers["Content-Type"] == "image/jpeg"
    assert f"story:{story.pk}" in got.headers["Cache-Tag"].split()
    with Image.open(BytesIO(got.content)) as image:
        assert image.size == (1200, 630)
        assert not image.getexif()


def test_another_version_leads_to_the_present_picture(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    got = client.get(f"/-/share/{story.pk}-{story.version + 7}.jpg")
    expected = f"/-/share/{story.pk}-{story.version}.jpg"
    assert (got.status_code, got.headers["Location"]) == (301, expected)


def test_what_readers_may_not_see_has_no_share_picture(client, room):
    story = Story.objects.get(pk=a_published_story(room).pk)
    hold_story(by=None, story=story, why="Check the name.")
    assert client.get(f"/-/share/{story.pk}-{story.version}.jpg").status_code == 404
