"""Files that machines look for, and what settings make them say."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from lxml import etree

from dateline.reader.wellknown import MINERS
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def room():
    return a_newsroom()


@pytest.fixture
def chosen(monkeypatch):
    def choose(**changes):
        monkeypatch.setattr(settings, "DATELINE", settings.DATELINE.model_copy(update=changes))

    return choose


def lines(client, at):
    answer = client.get(at)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return answer.content.decode().splitlines()


def test_robots_may_come_and_find_the_sitemap(client):
    found = lines(client, "/robots.txt")
    assert found[0] == "User-agent: *"
    assert found[-1] == "Sitemap: http://localhost:8000/sitemap.xml"
    assert "Disallow: /" not in found


def test_robots_may_list_a_search_page_but_not_what_was_searched_for(client):
    found = lines(client, "/robots.txt")
    assert {"Disallow: /search/*?", "Disallow: /*/search/*?"} <= set(found)
    assert "Disallow: /search/" not in found


def test_all_robots_can_be_sent_away(client, chosen):
    chosen(search_engines=False)
    assert lines(client, "/robots.txt") == ["User-agent: *", "Disallow: /"]
    assert client.get("/")["X-Robots-Tag"] == "noindex"


def test_mining_is_reserved_in_every_way_there_is(client, chosen):
    assert "tdm-reservation" not in client.get("/")
    assert client.get("/.well-known/tdmrep.json").status_code == 404
    chosen(reserve_mining=True, mining_policy="https://news.example/terms.json")
    answer = client.get("/")
    assert answer["tdm-reservation"] == "1"
    assert answer["tdm-policy"] == "https://news.example/terms.json"
    assert json.loads(client.get("/.well-known/tdmrep.json").content) == [
        {
            "location": "/",
            "tdm-reservation": 1,
            "tdm-policy": "https://news.example/terms.json",
        }
    ]
    robots = lines(client, "/robots.txt")
    assert {f"User-agent: {name}" for name in MINERS} <= set(robots)
    assert robots.index("Disallow: /") > robots.index(f"User-agent: {MINERS[-1]}")
    assert lines(client, "/trust.txt") == ["datatrainingallowed=no"]


def test_security_txt_needs_a_contact_and_never_expires(client, chosen):
    assert client.get("/.well-known/security.txt").status_code == 404
    chosen(security_contact="mailto:security@news.example")
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC)):
        found = dict(line.split(": ", 1) for line in lines(client, "/.well-known/security.txt"))
        keys = client.get("/.well-known/security.txt")["Cache-Tag"].split()
    assert found == {
        "Contact": "mailto:security@news.example",
        "Expires": "2027-05-01T00:00:00Z",
        "Preferred-Languages": "en",
        "Canonical": "http://localhost:8000/.well-known/security.txt",
    }
    assert "day:en" in keys


def test_trust_txt_says_what_the_newsroom_says(client, chosen):
    assert client.get("/trust.txt").status_code == 404
    chosen(trust=["belongto=https://association.example/", "contact=https://news.example/us"])
    for at in ("/trust.txt", "/.well-known/trust.txt"):
        assert lines(client, at) == [
            "belongto=https://association.example/",
            "contact=https://news.example/us",
        ]


def test_each_edition_describes_its_search(client):
    russian = Edition(code="ru", name="Меридиан и очень длинное имя", agency="М", language="ru")
    save_edition(by=None, edition=russian)
    for at, language in (("/opensearch.xml", "en"), ("/ru/opensearch.xml", "ru")):
        answer = client.get(at)
        root = etree.fromstring(answer.content)
        space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
        assert root.findtext("o:Language", None, space) == language
        assert len(root.findtext("o:ShortName", None, space)) <= 16
        places = [one.get("template") for one in root.findall("o:Url", space)]
        assert all(place.startswith("http://localhost:8000/") for place in places)
    assert 'href="/opensearch.xml"' in client.get("/").content.decode()


@pytest.mark.parametrize("at", ["/ru/robots.txt", "/ru/trust.txt", "/world/robots.txt"])
def test_an_edition_has_no_robots_of_its_own(client, at):
    save_edition(by=None, edition=Edition(code="ru", name="М", agency="М", language="ru"))
    assert client.get(at).status_code == 404
