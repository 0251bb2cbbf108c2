import io

import pytest
from django.test import Client
from PIL import Image, ImageCms
from willow.plugins.pillow import PillowImage as WillowPicture

from dateline.journal.queries import head, replay
from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.media.renditions import format_of, specs_of
from dateline.media.tasks import renditions_after
from dateline.people.models import Account
from dateline.reader.present.pictures import picture_context, renditions_of

pytestmark = pytest.mark.django_db


def a_picture(width=1000, height=600):
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at a secret place"
    Image.new("RGB", (width, height), "navy").save(file, "JPEG", exif=exif)
    picture = Picture(title="Bridge", caption="The bridge at dusk.", credit_line="A. Derrow")
    return add_picture(by=None, name="bridge.jpg", data=file.getvalue(), picture=picture)


def make_renditions():
    for recorded in list(replay(0)):
        renditions_after(recorded)


def test_a_picture_is_shown_once_its_renditions_are_made():
    picture = a_picture()
    assert picture_context(picture, renditions_of([picture.pk])[picture.pk]) is None
    before = head()
    make_renditions()
    assert [recorded.entry.kind for recorded in replay(before)] == ["picture-ready"]
    shown = picture_context(picture, renditions_of([picture.pk])[picture.pk])
    assert (shown.width, shown.caption, shown.credit) == (720, "The bridge at dusk.", "A. Derrow")
    assert [part.rpartition(" ")[2] for part in shown.srcset.split(", ")] == [
        "360w",
        "720w",
        "1000w",
    ]
    assert [source.mime for source in shown.sources] == ["image/avif"]


def test_making_renditions_twice_changes_nothing():
    picture = a_picture()
    make_renditions()
    count, newest = picture.renditions.count(), head()
    make_renditions()
    assert (picture.renditions.count(), head()) == (count, newest)


def test_renditions_of_other_screens_are_not_shown_to_readers():
    picture = a_picture()
    picture.get_rendition("max-165x165")
    assert renditions_of([picture.pk])[picture.pk] == []


def test_no_file_is_handed_out_as_it_was_uploaded():
    picture = a_picture()
    make_renditions()
    client = Client()
    client.force_login(Account.objects.create_superuser("editor"))
    assert client.get(picture.file.url).status_code == 404
    for rendition in picture.renditions.all():
        answer = client.get(rendition.url)
        assert answer.status_code == 200
        assert b"secret place" not in answer.content


@pytest.mark.parametrize(
    "name", ["../dateline.sqlite3", "images/../../secrets.toml", "images/x.svg"]
)
def test_nothing_outside_the_pictures_is_handed_out(name):
    assert Client().get(f"/media/{name}").status_code == 404


def test_specs():
    assert specs_of(Picture(width=300)) == ["width-300|format-avif", "width-300|format-jpeg"]
    assert [
        format_of(s) for s in ("width-480|format-avif", "max-165x165", "fill-10x10|format-jpeg")
    ] == [
        "avif",
        "",
        "",
    ]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "L"])
def test_an_avif_keeps_its_size_colours_and_profile(mode):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    colour = {"RGB": (20, 90, 160), "RGBA": (20, 90, 160, 255), "CMYK": (223, 111, 0, 95), "L": 90}
    plain = Image.new(mode, (64, 40), colour[mode])
    if mode.startswith("RGB"):
        plain.info["icc_profile"] = profile
    file = io.BytesIO()
    WillowPicture(plain).save_as_avif(file, quality=50)
    made = Image.open(file)
    assert made.size == (64, 40)
    assert ("icc_profile" in made.info) is mode.startswith("RGB")
    expected = plain.convert("RGB").getpixel((5, 5))
    found = made.convert("RGB").getpixel((5, 5))
    assert max(abs(one - other) for one, other in zip(found, expected, strict=True)) <= 12
