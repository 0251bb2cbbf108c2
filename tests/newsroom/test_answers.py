"""How the newsroom says no: JSON to scripts, pages of its own to people."""

import io
import json

import pytest
from django.test import Client, RequestFactory
from PIL import Image
from wagtail.users.models import UserProfile

from dateline.config.answers import server_error
from tests.addresses import reverse
from tests.newsroom.addresses import House

pytestmark = pytest.mark.django_db

BY_SCRIPT = [
    {"accept": "application/json"},
    {"x-requested-with": "XMLHttpRequest"},
    {"sec-fetch-dest": "empty"},
    {"dateline-script": "1"},
]


@pytest.fixture
def house():
    return House()


@pytest.fixture
def addresses(house):
    edit = reverse("wagtailsnippets_stories_story:edit", args=[house.things.draft.pk])
    return [
        edit,
        reverse("wagtailsnippets_stories_story:preview_on_edit", args=[house.things.draft.pk]),
        reverse("wagtailimages:add_multiple"),
        reverse("session"),
    ]


@pytest.mark.parametrize("headers", BY_SCRIPT)
@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_a_script_without_a_session_is_told_so_and_led_nowhere(house, addresses, headers, role):
    client = house.client(role)
    for address in addresses:
        answer = client.post(address, headers=headers)
        expected = (401, "session-ended") if role == "nobody" else (403, "not-permitted")
        assert (answer.status_code, answer.json()["code"]) == expected
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", BY_SCRIPT[1:2])
def test_a_script_without_permission_is_told_so(house, addresses, headers):
    answer = house.client("moderator").post(addresses[0], headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")


def test_a_person_without_a_session_is_led_to_the_login_and_back(house, addresses):
    answer = Client().get(addresses[0])
    assert answer["Location"] == f"/newsroom/login/?next={addresses[0]}"


def test_the_session_is_told_by_name_to_scripts_and_in_words_to_people(house):
    client = house.client("admin")
    told = client.get("/newsroom/session/", headers={"accept": "application/json"})
    assert told.json() == {"name": "editor"}
    assert "You are signed in" in client.get("/newsroom/session/").content.decode()


def test_a_form_from_before_the_sign_in_is_refused_in_words_or_json(house, addresses):
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.accounts["admin"])
    told = client.post(addresses[0], headers={"accept": "application/json"})
    assert (told.status_code, told.json()["code"]) == (403, "form-outdated")
    page = client.post(addresses[0])
    assert page.status_code == 403
    assert "opened before you signed in again" in page.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "pages/",
        "pages/1/edit/",
        "pages/search/",
        "choose-page/search/",
        "documents/",
        "failwhale/",
        "test404/",
        "reports/aging-pages/",
        "stories/edit/999999/",
        "no/such/screen/",
    ],
)
def test_what_is_not_there_has_a_page_of_the_newsrooms_own(house, path):
    answer = house.client("admin").get(f"/newsroom/{path}")
    assert answer.status_code == 404
    assert "There is no such screen in the newsroom" in answer.content.decode()
    assert "Wagtail admin" not in answer.content.decode()


def test_an_address_without_its_slash_leads_to_the_one_with_it(house):
    answer = house.client("admin").get("/newsroom/stories/edit/1")
    assert answer["Location"] == "/newsroom/stories/edit/1/"


def test_what_breaks_says_so_on_a_page_that_needs_no_database():
    page = server_error(RequestFactory().get("/newsroom/stories/"))
    assert (page.status_code, b"what you wrote is still in the form" in page.content) == (500, True)
    told = server_error(RequestFactory().post("/newsroom/x/", headers={"dateline-script": "1"}))
    assert json.loads(told.content)["code"] == "error"
    site = server_error(RequestFactory().get("/world/"))
    assert b"Go to the front" in site.content


def test_a_link_in_copy_leads_to_an_address(house):
    client = house.client("admin")
    chooser = client.get("/newsroom/choose-page/").json()
    assert "Internal link" not in chooser["html"]
    address = {"external-link-chooser-url": "https://brenn.example/a"}
    chosen = client.post("/newsroom/choose-external-link/", address).json()
    assert (chosen["step"], chosen["result"]["url"]) == (
        "external_link_chosen",
        "https://brenn.example/a",
    )
    assert client.post("/newsroom/choose-external-link/").status_code == 200


def a_photo(name="me in the garden.jpg"):
    exif = Image.Exif()
    exif[0x010E] = "taken at a secret place"
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(file, "JPEG", exif=exif, comment=b"secret comment")
    file.seek(0)
    file.name = name
    return file


def account_form(**more):
    names = {"first_name": "Ilse", "last_name": "Marek", "email": "ilse@news.example"}
    form = {f"name_email-{name}": value for name, value in names.items()}
    return form | {"theme-theme": "system", "theme-density": "default"} | more


def test_a_portrait_keeps_neither_place_nor_file_name(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = house.client("admin")
    page = client.get(reverse("wagtailadmin_account"))
    form = account_form(**{"avatar-avatar": a_photo()})
    form |= {"theme-contrast": "system", "locale-preferred_language": "en"}
    form |= {"locale-current_time_zone": "UTC", "theme-keyboard_shortcuts": "on"}
    assert page.status_code == 200
    answer = client.post(reverse("wagtailadmin_account"), form)
    assert answer.status_code == 302, answer.context["panels_by_tab"]
    stored = UserProfile.objects.get(user=house.accounts["admin"]).avatar
    assert "garden" not in stored.name
    data = (tmp_path / stored.name).read_bytes()
    assert b"secret" not in data
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (400, 267))
