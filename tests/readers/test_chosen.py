"""What a reader chooses: a picture drawn anew, preferences, whom and what not to see."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dateline.readers.actions import Joining, mute_reader, register_reader
from dateline.readers.models import MutedReader, Reader
from tests.readers.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(ada):
    visitor = Visitor()
    visitor.log_in("ada@example.org")
    return visitor


def upload(visitor, data, name="me.png"):
    file = SimpleUploadedFile(name, data, "image/png")
    return visitor.client.post("/account/picture/", {"picture": file, "how": "bring"})


def a_photograph():
    """Return a wide picture with the place it was taken at."""
    picture = Image.new("RGB", (640, 400), "teal")
    exif = Image.Exif()
    exif[0x010E] = "zqplace"
    output = io.BytesIO()
    picture.save(output, "JPEG", exif=exif)
    return output.getvalue()


def test_a_picture_is_drawn_anew_square_small_and_without_what_it_brought(visitor):
    drawn = visitor.me()["reader"]["avatar"]
    assert upload(visitor, a_photograph())["Location"] == "/account/"
    brought = visitor.me()["reader"]["avatar"]
    assert (drawn[-4:], brought[-4:]) == (".svg", ".jpg")
    answer = visitor.client.get(brought)
    assert b"zqplace" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (192, 192)
    assert visitor.client.get(drawn).status_code == 404
    visitor.client.post("/account/picture/", {"how": "drop"})
    assert visitor.me()["reader"]["avatar"] == drawn
    assert visitor.client.get(brought).status_code == 404


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 40, b"%PDF-1.7"],
)
def test_what_is_no_picture_is_refused_in_words(visitor, data, ada):
    answer = upload(visitor, data)
    assert answer.status_code == 200
    assert b'class="field-error"' in answer.content
    assert not Reader.objects.get(pk=ada.pk).avatar


def test_preferences_hold_wherever_somebody_is_logged_in(visitor, ada):
    chosen = {"language": "ru", "theme": "dark", "tells_replies": "on"}
    visitor.client.post("/account/preferences/", chosen)
    reader = Reader.objects.get(pk=ada.pk)
    assert (reader.language, reader.theme) == ("ru", "dark")
    assert (reader.tells_replies, reader.tells_mentions) == (True, False)
    assert visitor.me()["reader"]["theme"] == "dark"


def test_a_language_there_is_not_is_refused(visitor, ada):
    visitor.client.post("/account/preferences/", {"language": "xx", "theme": "dark"})
    visitor.client.post("/account/preferences/", {"language": "ru", "theme": "neon"})
    reader = Reader.objects.get(pk=ada.pk)
    assert (reader.language, reader.theme) == ("en", "")


def test_words_and_readers_are_muted_and_heard_again(visitor, ada):
    other = register_reader(
        by=None, joining=Joining(mail="bea@example.org", name="Bea", language="en")
    )
    mute_reader(by=ada.account, reader=ada, muted=other)
    visitor.client.post("/account/muted/", {"words": "Spoiler\n  spoiler \n\nFINAL"})
    page = visitor.client.get("/account/muted/").content.decode()
    assert "Bea" in page
    assert list(ada.muted_words.values_list("word", flat=True)) == ["final", "spoiler"]
    visitor.client.post("/account/muted/", {"hear": str(other.pk)})
    visitor.client.post("/account/muted/", {"hear": "999"})
    assert not MutedReader.objects.exists()


def test_the_account_opens_in_the_language_one_chose(visitor, ada):
    page = visitor.client.get("/account/").content.decode()
    assert '<html lang="en" dir="ltr">' in page
