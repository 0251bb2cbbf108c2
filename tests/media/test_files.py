"""The files of pictures: under names nobody can guess, without what the camera wrote."""

import io
import re

import pytest
from PIL import Image

from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.media.renditions import specs_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_picture(name="ostrel-votes.jpg"):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(file, "JPEG", exif=exif)
    assert b"SecretCamera" in file.getvalue()
    return add_picture(by=None, name=name, data=file.getvalue(), picture=Picture(title="Votes"))


def test_the_same_name_twice_is_two_addresses_that_cannot_be_guessed():
    names = {a_picture().file.name for _ in range(2)}
    assert len(names) == 2
    pattern = r"original_images/ostrel-votes-[0-9a-f]{16}\.jpg"
    assert [re.fullmatch(pattern, name) is not None for name in names] == [True, True]


def test_a_rendition_is_named_after_its_picture():
    picture = a_picture()
    stem = picture.file.name.removeprefix("original_images/").removesuffix(".jpg")
    urls = [one.url for one in picture.get_renditions("width-480|format-jpeg").values()]
    assert urls == [f"/media/images/{stem}.width-480.format-jpeg.jpg"]


def test_a_long_name_keeps_what_cannot_be_guessed():
    name = a_picture("o" * 200 + ".jpg").file.name
    assert re.fullmatch(r"original_images/o{50}-[0-9a-f]{16}\.jpg", name) is not None


def test_no_rendition_says_where_it_was_taken():
    picture = a_picture()
    made = picture.get_renditions(*specs_of(picture))
    assert [b"SecretCamera" in one.file.read() for one in made.values()] == [False] * len(made)
