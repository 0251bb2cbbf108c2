"""The lists around the Desk tell an editor what they refuse."""

import pytest

from dateline.newsroom.forms import StoryForm
from dateline.topics.actions import save_section
from dateline.topics.models import Section
from tests.factories import a_newsroom, a_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_newsroom()


@pytest.fixture
def desk(room, client):
    client.force_login(room.editor)
    return client


def section_form(room, **more):
    return {
        "edition": room.world.edition_id,
        "parent": "",
        "name": "Balkans",
        "tagline": "",
        "slug": "balkans",
        "position": "0",
        **more,
    }


def below(parent):
    balkans = Section(edition=parent.edition, parent=parent, name="Balkans", slug="balkans")
    return save_section(by=None, section=balkans)


def refusals(answer):
    """Return the status and what the form shows."""
    return answer.status_code, answer.context["form"].errors.get_json_data()


def test_a_section_whose_address_is_taken_is_refused_in_the_form(room, desk):
    below(room.world)
    answer = desk.post("/newsroom/section/new/", section_form(room, parent=room.world.pk))
    status, errors = refusals(answer)
    assert status < 500
    assert [e["message"] for es in errors.values() for e in es] == [
        "Another section has this address already."
    ]
    assert Section.objects.filter(name="Balkans").count() == 1


def test_a_section_cannot_be_put_below_itself(room, desk):
    child = below(room.world)
    form = section_form(room, name="World", slug="world", parent=child.pk)
    status, errors = refusals(desk.post(f"/newsroom/section/edit/{room.world.pk}/", form))
    assert status < 500
    assert errors["parent"][0]["message"] == "A section cannot be part of itself."
    assert Section.objects.get(pk=room.world.pk).parent is None


def test_a_reserved_address_is_refused_beside_its_field(room, desk):
    status, errors = refusals(
        desk.post("/newsroom/section/new/", section_form(room, slug="search"))
    )
    assert status < 500
    assert list(errors) == ["slug"]


def test_the_headline_of_a_new_story_says_what_goes_in_it(desk):
    page = desk.get("/newsroom/stories/add/").content.decode()
    field = page[page.index('name="headline"') - 200 : page.index('name="headline"') + 400]
    assert 'placeholder="Headline' in field


def test_a_headline_is_kept_as_one_line(room, desk):
    story = a_story(room)
    form = StoryForm.__new__(StoryForm)
    form.cleaned_data = {"headline": " Envoys leave\r\nwithout a  text "}
    assert form.clean_headline() == "Envoys leave without a text"
    story.headline = ""
    assert str(story) == "Story without a headline"
