"""The search page and the suggestions as readers ask for them."""

import json
import re

import pytest
from django.conf import settings

from dateline.config.server import policy_of
from dateline.search.errors import SearchTooSlow
from dateline.stories.actions import kill_story
from tests.factories import a_newsroom, a_published_story
from tests.search.house import an_edition, follow

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def room():
    room = a_newsroom()
    a_published_story(room, "Talks fail in <Brenn>", paragraph="The talks & the treaty ended.")
    a_published_story(room, "Museum opens", kind="feature", section=room.culture)
    follow()
    return room


def found(answer):
    text = answer.content.decode()
    return re.findall(r'<a class="card-link" href="[^"]+">(.*?)</a>', text)


def ask(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer, answer.content.decode()


def test_the_form_alone(client, room):
    answer, text = ask(client, "/search/")
    assert "Type words that a story should have" in text
    assert found(answer) == []
    assert "X-Robots-Tag" not in answer
    assert '<link rel="canonical" href="http' in text
    assert "Cache-Tag" not in answer
    assert answer["Cache-Control"] == "private, no-cache"


def test_what_was_found_is_marked_and_escaped(client, room):
    answer, text = ask(client, "/search/?q=treaty+talk")
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<link rel="canonical"' not in text
    assert found(answer) == ["<mark>Talks</mark> fail in &lt;Brenn&gt;"]
    assert "The <mark>talks</mark> &amp; the <mark>treaty</mark> ended." in text
    assert '1 story for <q dir="auto">treaty talk</q>' in text


def test_filters_stay_in_the_form_and_in_the_links(client, room):
    answer, text = ask(
        client, "/search/?q=marek&section=culture&kind=feature&from=2001-01-01&sort=newest"
    )
    assert found(answer) == ["Museum opens"]
    for part in (
        '<option value="culture" selected>Culture</option>',
        '<option value="feature" selected>Feature</option>',
        '<option value="newest" selected>Newest first</option>',
        'name="from" value="2001-01-01"',
    ):
        assert part in text
    for nothing in ("kind=live", "section=world", "from=2100-01-01", "to=2001-01-01"):
        assert found(ask(client, f"/search/?q=museum&{nothing}")[0]) == []
    odd = "kind=x&section=%00&topic=%00&from=2001-13-99&to=9999-12-31&sort=x&before=zz"
    assert found(ask(client, f"/search/?q=museum&{odd}")[0]) == ["<mark>Museum</mark> opens"]


def test_its_feed_says_at_the_foot_that_it_is_one(client, room):
    text = ask(client, "/search/?q=museum")[1]
    assert '<a href="/search/feed.xml?q=museum">museum – Search (RSS)</a>' in text


def test_a_topic_can_be_lifted(client, room):
    answer, text = ask(client, "/search/?q=museum&topic=ostrel")
    assert len(found(answer)) == 1
    assert "Only about Ostrel" in text
    assert 'href="/search/?q=museum"' in text


def test_nothing_found_helps_on(client, room):
    text = ask(client, "/search/?q=musuem")[1]
    assert "No story has all of" in text
    assert '<a href="/search/?q=museum" dir="auto">museum</a>' in text
    assert "Try fewer or other words" in text
    assert "There is no word to look for" in ask(client, "/search/?q=%21%21")[1]
    assert "longer than is read" in ask(client, "/search/?q=" + "museum+" * 100)[1]


def test_more_results_are_a_link(client, room, monkeypatch):
    for number in range(25):
        a_published_story(room, f"Comet {number}")
    follow()
    answer, text = ask(client, "/search/?q=comet")
    assert len(found(answer)) == 20
    assert "25 stories for" in text
    [more] = re.findall(r'href="([^"]+)" rel="next"', text)
    rest, text = ask(client, more.replace("&amp;", "&"))
    assert len(set(found(answer)) | set(found(rest))) == 25
    assert 'rel="next"' not in text


def test_a_search_that_takes_too_long_says_so(client, room, monkeypatch):
    def slow(question):
        raise SearchTooSlow(seconds=2)

    monkeypatch.setattr("dateline.reader.search.search_stories", slow)
    answer = client.get("/search/?q=talks")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "took too long" in answer.content.decode()
    monkeypatch.setattr("dateline.reader.search.suggestions", slow)
    assert client.get("/-/suggest?q=talks").status_code == 503


def test_each_edition_has_its_own(client, room):
    _, section = an_edition("ru")
    a_published_story(room, "О ходе переговоров", section=section, paragraph="Текст.")
    follow()
    answer, text = ask(client, "/ru/search/?q=переговоры")
    assert found(answer) == ["О ходе <mark>переговоров</mark>"]
    assert 'action="/ru/search/"' in text
    assert found(ask(client, "/search/?q=переговоры")[0]) == []
    assert client.get("/xx/search/?q=a").status_code == 404
    assert client.get("/en/search/?q=a").status_code == 404


def test_suggestions(client, room):
    answer = client.get("/-/suggest?edition=en&q=tal")
    [line] = json.loads(answer.content)["suggestions"]
    assert (line["label"], line["note"]) == ("Talks fail in <Brenn>", "World")
    assert client.get(line["url"]).status_code == 200
    lines = json.loads(client.get("/-/suggest?q=cult").content)["suggestions"]
    assert lines == [{"label": "Culture", "note": "Section", "url": "/culture/"}]
    for nothing in ("/-/suggest", "/-/suggest?q=%00", "/-/suggest?q=xyzzy&edition=%00"):
        assert json.loads(client.get(nothing).content) == {"suggestions": []}
    assert client.post("/-/suggest").status_code == client.post("/search/").status_code == 405


def test_what_was_killed_is_gone_at_once(client, room):
    story = a_published_story(room, "Secret harbour")
    follow()
    assert len(found(ask(client, "/search/?q=harbour")[0])) == 1
    kill_story(by=None, story=story, why="Wrong.")
    for address in ("/search/?q=harbour", "/search/?q=harbor", "/-/suggest?q=harb"):
        assert "Secret" not in ask(client, address)[1]


@pytest.mark.parametrize("path", ["/search/", "/search/?q=a", "/ru/search/?q=a", "/-/suggest?q=a"])
def test_it_is_never_pressed(path):
    assert policy_of(settings.DATELINE).key_for(path.encode()) is None
