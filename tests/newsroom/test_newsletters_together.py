"""A newsletter's letter that is open twice: nobody's words are overwritten unknowingly."""

import re

import pytest

from dateline.subscriptions.models import Issue
from tests.factories import a_published_story
from tests.newsroom.test_newsletters import WORDS, address, desk, morning  # noqa: F401 - fixtures
from tests.subscriptions.conftest import room  # noqa: F401 - a fixture
from tests.subscriptions.lettering import an_issue

pytestmark = pytest.mark.django_db
REFUSED = "Nothing was kept: this letter was changed meanwhile"


@pytest.fixture
def issue(room, morning):  # noqa: F811
    return an_issue(room, morning, a_published_story(room))


@pytest.fixture
def save(desk, issue):  # noqa: F811
    """Press a button of the letter's form, and return the page that comes."""

    def press(began, deed="save", **given):
        given = WORDS | given | {"began": began, "deed": deed}
        return desk.post(address(issue), given, follow=True).content.decode()

    return press


def began(page):
    return re.search(r'name="began" value="([^"]+)"', page)[1]


def test_what_began_from_an_older_letter_is_kept_by_a_second_press_alone(desk, issue, save):  # noqa: F811
    first = second = began(desk.get(address(issue)).content.decode())
    assert "The letter is saved." in save(first, title="By one")
    page = save(second, title="By the other", intro="Typed words")
    assert f"{REFUSED} ({Issue.objects.get().changed_by}, " in page
    assert ('value="By the other"' in page, "Typed words" in page) == (True, True)
    assert ("Save anyway" in page, 'force-value="true"' in page) == (True, True)
    assert Issue.objects.get().title == "By one"
    page = save(began(page), title="By the other")
    assert ("The letter is saved." in page, "Save anyway" in page) == (True, False)
    assert Issue.objects.get().title == "By the other"
    assert REFUSED in save(first, title="By one again")


@pytest.mark.parametrize("deed", ["add", "look", "find", "drop:0"])
def test_no_other_button_overwrites_either_and_parts_stay_as_they_were(desk, issue, save, deed):  # noqa: F811
    opened = began(desk.get(address(issue)).content.decode())
    save(opened, title="By one")
    part = {"parts": "1", "part-0-heading": "Mine", "part-0-source": "chosen"}
    page = save(opened, deed, **part)
    assert page.count(REFUSED) == 3
    assert (page.count("<legend>Part"), 'value="Mine"' in page) == (1, True)
    assert (Issue.objects.get().title, issue.parts.count()) == ("By one", 0)
    save(began(page), deed, **part)
    assert Issue.objects.get().title == WORDS["title"]
    assert issue.parts.count() == {"add": 2, "drop:0": 0}.get(deed, 1)


def test_a_button_that_is_pressed_twice_is_no_other_hand(desk, issue, save):  # noqa: F811
    opened = began(desk.get(address(issue)).content.decode())
    for _twice in range(2):
        assert REFUSED not in save(opened, "add")
    assert issue.parts.count() == 1


def test_a_field_that_needs_another_look_makes_no_older_letter_new(desk, issue, save):  # noqa: F811
    opened = began(desk.get(address(issue)).content.decode())
    save(opened, title="By one")
    page = save(opened, sponsor_url="no address")
    assert (began(page), REFUSED in page) == (opened, False)
    assert REFUSED in save(began(page))


def test_nothing_is_sent_that_was_changed_since_somebody_looked(desk, issue, save):  # noqa: F811
    review = f"{address(issue)}review/"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(review).content.decode())[1]
    save(began(desk.get(address(issue)).content.decode()), title="By the other")
    page = desk.post(review, {"seen": seen, "clock": "newsroom"}).content.decode()
    assert "Nothing was sent: this letter was changed meanwhile" in page
    assert ("By the other" in page, Issue.objects.get().due_at) == (True, None)
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    assert desk.post(review, {"seen": seen, "clock": "newsroom"}).status_code == 302
    assert Issue.objects.get().due_at is not None
