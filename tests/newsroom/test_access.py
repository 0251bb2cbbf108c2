"""Every address of the house, asked for by everybody, against one table of who may.

The table is `who_may.txt`: what GET comes to, what POST comes to, and the address. The letters of
both stand for, in this order, nobody, a reader, one whose mail address is not proved, one who is
banned, a contributor, a reporter, an editor, a moderator, and somebody who may do everything. Each
says: Login page instead, Denied, Not there, Wrong way of asking (405), Broken, Yes. An address of
what belongs to one reader has a second row, for who asks for their own. Wagtail's tree of pages is
not ours: its screens are closed.
"""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from dateline.common.keys import KEY
from tests.newsroom.addresses import (
    NO_WORDS,
    OWN,
    READERS,
    ROLES,
    WRITERS,
    House,
    Row,
    outcome,
    routes,
    rows_wanted,
)

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's pickers of pictures leave files to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
once = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="who may does not depend on the kind of database"
)
MAY = Path(__file__).with_name("who_may.txt")
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
    "letters/opened/<str:mark>.gif",
    "letters/<str:token>/",
    "letters/<str:token>/stop/",
    "letters/<str:token>/export.json",
    "^(?P<rest>(?:subscribe/confirm|letters|letters/move)/[^/]+)$",
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
    "chats/muted.json",
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
    r"^-/notify/(?P<deed>follow|leave|mine|moved|sent|stop)$",
    "-/hub",
    "-/returned",
    "-/returned/esp",
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
# What takes no token of a form: the address itself is the secret, what was typed is shown again, a
# browser shows its own key, a machine asks.
NO_TOKEN = {
    "letters/<str:token>/stop/",
    "chats/<int:number>/say",
    r"^-/notify/(?P<deed>follow|leave|mine|moved|sent|stop)$",
    "-/hub",
}


def table():
    """Return the row of each address."""
    lines = MAY.read_text().splitlines()
    rows = [line.split(None, 2) for line in lines if not line.startswith("#")]
    found = [Row(get, post, route.replace(NO_WORDS, "")) for get, post, route in rows]
    return {row.route: row for row in found}


@pytest.fixture
def house():
    return House()


class Walker:
    """Asks for addresses as everybody, and undoes whatever that did."""

    def __init__(self, house, *, checks=False):
        self._house, self._checks = house, checks
        self._cookies = {role: house.client(role).cookies for role in ROLES.values()}

    def ask(self, role, method, route):
        """Return the answer to one of the roles."""
        client = Client(raise_request_exception=False, enforce_csrf_checks=self._checks)
        client.cookies = self._cookies[role].copy()
        before = transaction.savepoint()
        answer = getattr(client, method)(self._house.address(route, role))
        transaction.savepoint_rollback(before)
        return answer

    def outcomes(self, method, route):
        """Return the letters of all roles; a hyphen where a role owns nothing."""
        owners = WRITERS if is_for_staff(route) else READERS
        asking = owners if route.endswith(OWN) else ROLES
        return "".join(
            outcome(self.ask(role, method, route)) if letter in asking else "-"
            for letter, role in ROLES.items()
        )

    def row(self, route):
        """Return what the table should say of an address."""
        return Row(self.outcomes("get", route), self.outcomes("post", route), route)


def test_every_address_has_its_row(house):
    kept, wanted = list(table()), list(rows_wanted())
    new = [route for route in wanted if route not in kept]
    walker = Walker(house) if new else None
    told = [f"{walker.row(route)}\n    below {['', *wanted][wanted.index(route)]}" for route in new]
    told += [f"{route}\n    is no address any more" for route in kept if route not in wanted]
    assert not told, "Look whether they may, then write into who_may.txt:\n" + "\n".join(told)
    assert kept == wanted, "Rows stand in the order of the addresses."


@once
@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_enters_where_they_do_not_belong(house, method):
    walker = Walker(house)
    told = [
        f"{method.upper()} {route}: {kept} in the table, {found} now"
        for route, row in table().items()
        if (found := walker.outcomes(method, route)) != (kept := getattr(row, method))
    ]
    assert not told, "\n".join([", ".join(ROLES.values()), *told])


@once
@pytest.mark.slow
@pytest.mark.parametrize("role", ["nobody", "admin"])
def test_nothing_is_done_without_the_token_of_a_form(house, role):
    walker = Walker(house, checks=True)
    done = {route for route in routes() if outcome(walker.ask(role, "post", route)) == "Y"}
    assert done == NO_TOKEN


def is_for_staff(route):
    return route.startswith("newsroom/")


def test_the_table_itself_keeps_everybody_out_but_staff_and_readers_of_their_account():
    for route, row in table().items():
        if route.removesuffix(OWN) in OPEN:
            continue
        assert {row.get[0], row.post[0]} <= {"L", "-"}, route
        if not route.startswith("account/"):
            assert {row.get[:4], row.post[:4]} <= {"LLLL", "----"}, route


def test_what_is_somebody_elses_is_not_there():
    for route, row in table().items():
        if route + OWN in table():
            others = slice(4, 5) if is_for_staff(route) else slice(1, 4)
            assert set(row.get[others] + row.post[others]) <= set("DNW"), route


@pytest.mark.parametrize("role", ["nobody", "reader", "banned", "moderator"])
def test_a_draft_is_not_there_for_readers_whoever_they_are(house, role):
    client = house.client(role)
    for address in (
        f"/20261124/talks-{house.things.draft.pk}.html",
        f"/20261124/{house.things.draft.pk}.html",
    ):
        assert client.get(address).status_code == 404
    assert house.things.draft.headline not in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_a_login_page_tells_nothing_of_what_is_behind_it(house, role):
    client = house.client(role)
    there = client.get(f"/newsroom/stories/edit/{house.things.draft.pk}/")
    not_there = client.get("/newsroom/stories/edit/999999/")
    assert there.status_code == not_there.status_code == 302
    assert not any(word in there.content for word in (b"Draft of", b"draft"))
