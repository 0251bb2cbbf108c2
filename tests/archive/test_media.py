"""Pictures are found in the folder of uploads, and nothing outside of it ever is."""

import pytest
from PIL import Image

from dateline.archive.media_folder import MediaFolder, picture_bytes

SITE = "https://kestrel.example"


@pytest.fixture
def folder(tmp_path):
    uploads = tmp_path / "uploads"
    (uploads / "2011" / "03").mkdir(parents=True)
    for name in ("2011/03/ferry.jpg", "2011/03/вид.jpg", "lone.png"):
        Image.new("RGB", (8, 8)).save(uploads / name)
    Image.new("RGB", (8, 8)).save(tmp_path / "secret.jpg")
    (uploads / "2011" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    return uploads


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (f"{SITE}/wp-content/uploads/2011/03/ferry.jpg", "2011/03/ferry.jpg"),
        (f"{SITE}/wp-content/uploads/2011/03/ferry-300x200.jpg?x=1", "2011/03/ferry.jpg"),
        (f"{SITE}/uploads/2011/03/%d0%b2%d0%b8%d0%b4.jpg", "2011/03/вид.jpg"),
        (f"{SITE}/somewhere/else/lone.png", "lone.png"),
        (f"{SITE}/2011/03/none.jpg", None),
        (f"{SITE}/uploads/../../secret.jpg", None),
        (f"{SITE}/uploads/%2e%2e/%2e%2e/secret.jpg", None),
        (f"{SITE}/2011/link.jpg", None),
        (f"{SITE}/a%00b.jpg", None),
        (f"{SITE}/{'a' * 5000}.jpg", None),
        ("https://[bad/ferry.jpg", None),
        ("", None),
    ],
)
def test_where_a_picture_is_found(folder, address, found):
    path = MediaFolder(folder).find(address)
    assert path == (folder / found if found else None)


def test_a_file_is_what_is_in_it(tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "page.html", "PNG")
    (tmp_path / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0broken")
    (tmp_path / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    read = picture_bytes(tmp_path / "page.html")
    assert read is not None
    assert read[1] == "png"
    assert picture_bytes(tmp_path / "cut.jpg") is None
    assert picture_bytes(tmp_path / "drawing.svg") is None
    assert picture_bytes(tmp_path / "none.jpg") is None
