"""Every address of the house against one table of who may; a new address needs its row.

The table is `who_may.txt`. Its letters: Login page instead, Denied, Not there, Wrong way of asking
(405), Broken, Yes. Its columns: GET by nobody, by an account without rights, and by staff with no
right but to enter; POST by the same; GET by somebody who may do everything. Wagtail's tree of pages
is not ours: its screens are closed.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from dateline.common.keys import KEY
from dateline.stories.models import Story
from tests.newsroom.addresses import ROLES, House, outcome, routes

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's pickers of pictures leave files to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
MAY = Path(__file__).with_name("who_may.txt")
NOBODY = ROLES[:2]
# What must answer before anybody has logged in.
OPEN = {
    "newsroom",
    "-/live",
    "-/metrics",
    "-/ready",
    "favicon.ico",
    "media/<path:name>",
    "newsroom/",
    "newsroom/sprite/",
    "newsroom/^(?P<rest>.*[^/])$",
    "newsroom/login/",
    "newsroom/password_reset/",
    "newsroom/password_reset/done/",
    "newsroom/password_reset/confirm/<uidb64>/<token>/",
    "newsroom/password_reset/complete/",
    "newsroom/jsi18n/",
    "me",
    "account/login/",
    "account/logout/",
    "account/closed/",
    "subscribe/",
    "subscribe/sent/",
    "subscribe/mine/",
    "subscribe/confirm/<path:asked>/",
    "letters/move/<path:asked>/",
    r"^letters/feed/(?P<key>[\w-]{32})/feed\.(?P<ending>xml|atom|json)$",
    "letters/<str:token>/",
    "letters/<str:token>/stop/",
    "letters/<str:token>/export.json",
    "account/with/<slug:provider_id>/",
    "account/with/<slug:provider_id>/answer/",
    r"^-/avatar/(?P<number>\d{1,18})-(?P<digest>[0-9a-f]{12})\.(?P<ending>svg|jpg)$",
    "-/style",
    "-/style/<slug:look>",
    "chats/present.json",
    rf"^m/(?P<key>{KEY})/law$",
    "chats/notices/",
    "chats/notices/<int:number>/open",
    "chats/notices/<slug:key>/",
    "chats/decisions/",
    "chats/decisions/<slug:key>/",
    "chats/mine.json",
    "chats/<int:number>/say",
    "chats/<int:number>/told",
    "chats/<int:number>/index.json",
    "chats/<int:number>/people",
    "chats/<int:number>/blocks.json",
    "chats/<int:number>/read",
    "chats/<int:number>/follow",
    "chats/<int:number>/search",
    rf"^m/(?P<key>{KEY})$",
    rf"^m/(?P<key>{KEY})/act$",
    "sw.js",
    r"^-/notify/(?P<deed>follow|leave|mine|moved|stop)$",
    "-/hub",
    "-/returned",
    "-/suggest",
    "^(?:(?P<code>[a-z][a-z0-9-]*)/)?search/$",
    r"^(?:(?P<code>[a-z][a-z0-9-]*)/)?search/feed\.(?P<ending>xml|atom|json)$",
    "-/speculation.json",
    r"^s/(?P<number>\d{1,18})$",
    r"^-/share/(?P<number>\d{1,18})-(?P<version>\d{1,9})\.jpg$",
    rf"^s/(?P<number>\d{{1,18}})/(?P<key>{KEY})$",
    r"^s/(?P<number>\d{1,18})/feed\.(?P<ending>xml|atom|json|rss)$",
    rf"^-/share/(?P<number>\d{{1,18}})-(?P<key>{KEY})-(?P<version>\d{{1,9}})\.jpg$",
    "lite",
    "^lite/(?:(?P<code>[a-z][a-z0-9-]*)/)?search/$",
    r"^lite/s/(?P<number>\d{1,18})$",
    rf"^lite/s/(?P<number>\d{{1,18}})/(?P<key>{KEY})$",
    "^lite/(?P<path>.*)$",
    "",
    "^(?P<path>.+)$",
}


def table():
    """Return the row of each route: who comes how far by GET, by POST, and with every right."""
    rows = [line.split(None, 3) for line in MAY.read_text().splitlines()]
    return {
        route.replace('""', ""): (get, post, everything) for get, post, everything, route in rows
    }


@pytest.fixture
def house():
    return House()


def ask(house, clients, role, method, route):
    """Ask for an address as somebody, and undo whatever that did."""
    client = Client(raise_request_exception=False)
    client.cookies = clients[role].cookies.copy()
    before = transaction.savepoint()
    answer = getattr(client, method)(house.address(route))
    transaction.savepoint_rollback(before)
    return outcome(answer)


def test_every_address_has_its_row():
    assert routes() == list(table())


def test_nobody_enters_where_they_do_not_belong(house):
    clients = {role: house.client(role) for role in ROLES[:3]}
    found = {
        route: tuple(
            "".join(ask(house, clients, role, method, route) for role in ROLES[:3])
            for method in ("get", "post")
        )
        for route in routes()
    }
    assert found == {route: row[:2] for route, row in table().items()}


@pytest.mark.slow
def test_somebody_with_every_right_comes_everywhere(house):
    clients = {"superuser": house.client("superuser")}
    found = {route: ask(house, clients, "superuser", "get", route) for route in routes()}
    assert found == {route: row[2] for route, row in table().items()}


def test_the_table_itself_keeps_everybody_out_but_staff_and_readers_of_their_account():
    for route, (get, post, _) in table().items():
        if route.startswith("account/") and route not in OPEN:
            assert (get[0], post[0]) == ("L", "L"), route
        elif route not in OPEN:
            assert (get[:2], post[:2]) == ("LL", "LL"), route


@pytest.mark.parametrize("role", [*NOBODY, "staff"])
def test_a_draft_is_not_there_for_readers_whoever_they_are(house, role):
    client = house.client(role)
    for address in (f"/20261124/talks-{house.story.pk}.html", f"/20261124/{house.story.pk}.html"):
        assert client.get(address).status_code == 404
    assert Story.objects.get().headline not in client.get("/").content.decode()


@pytest.mark.parametrize("role", NOBODY)
def test_a_login_page_tells_nothing_of_what_is_behind_it(house, role):
    client = house.client(role)
    there = client.get(f"/newsroom/stories/edit/{house.story.pk}/")
    not_there = client.get("/newsroom/stories/edit/999999/")
    assert there.status_code == not_there.status_code == 302
    assert not any(word in there.content for word in (b"Talks", b"draft"))
