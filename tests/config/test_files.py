"""Pictures over HTTP: renditions, and nothing else that lies in the folder, not even to staff."""

import pytest

from dateline.people.models import Account

pytestmark = pytest.mark.django_db
FILES = ("images/a.jpg", "images/a.avif", "images/a.svg", "original_images/a.jpg", "a.jpg")


@pytest.fixture
def folder(settings, tmp_path, client):
    client.force_login(Account.objects.create_superuser("editor"))
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in FILES:
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"picture")
    (tmp_path / "a.jpg").write_bytes(b"outside")
    return settings.MEDIA_ROOT


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "image/jpeg"), ("a.avif", "image/avif")])
def test_a_rendition_is_handed_out(folder, client, name, kind):
    answer = client.get(f"/media/images/{name}")
    assert (answer.status_code, answer.content) == (200, b"picture")
    assert answer["Content-Type"] == kind
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    [
        "original_images/a.jpg",
        "images/../original_images/a.jpg",
        "images/%2e%2e/original_images/a.jpg",
        "images/./../original_images/a.jpg",
        "images/../../a.jpg",
        "images/../a.jpg",
        "a.jpg",
        ".",
        "images/a.svg",
        "images/",
        "images/%00.jpg",
    ],
)
def test_nothing_else_is(folder, client, name):
    assert client.get(f"/media/{name}").status_code == 404
