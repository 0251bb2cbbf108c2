"""Every address of the house, a thing for each of its parts, and what asking for it came to."""

import re
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import URLResolver, get_resolver
from wagtail.models import Collection

from dateline.config.doors import STAFF_URLS
from dateline.people.models import Account
from tests.addresses import reverse
from tests.factories import a_storyline
from tests.newsroom.things import Things, owned_by

ROLES = {
    "-": "nobody",
    "r": "reader",
    "u": "unverified",
    "b": "banned",
    "c": "contributor",
    "p": "reporter",
    "e": "editor",
    "m": "moderator",
    "a": "admin",
}
"""Who asks, each with the letter that heads its column."""
READERS, WRITERS = "rub", "cpea"
"""Who may own what belongs to somebody: a reader's things, a story."""
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_WORDS = {
    "look": "rtl-dark",
    "app_label": "stories",
    "app_name": "stories",
    "model_name": "story",
    "content_type_app_name": "wagtailcore",
    "content_type_model_name": "page",
    "action": "delete",
    "deed": "mine",
    "action_name": "approve",
    "filter_spec": "width-10",
    "path": "none.html",
    "uidb64": "MQ",
    "token": "set-password",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}
NO_WORDS = '""'
OWN = " (own)"
"""Ends a row of the table for what belongs to whoever asks; without it, it is somebody else's."""


@dataclass(frozen=True, slots=True)
class Row:
    """What asking for one address comes to: a letter for each role."""

    get: str
    post: str
    route: str

    def __str__(self) -> str:
        return f"{self.get} {self.post} {self.route or NO_WORDS}"


def routes():
    """Return every route of the project's URLs once, Wagtail's included, in their order."""
    return list(dict.fromkeys(_walk(get_resolver(STAFF_URLS), "")))


def rows_wanted():
    """Return the routes the table has, and twice those whose things belong to somebody."""
    for route in routes():
        yield route
        if owned_by(route):
            yield route + OWN


def _walk(resolver, before):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


class House:
    """A newsroom with one of everything, and a client for each role."""

    def __init__(self):
        self.things = Things()
        room = self.things.room
        self.numbers = {
            "stories": self.things.draft.pk,
            "section": room.world.pk,
            "topic": room.topic.pk,
            "storyline": a_storyline(room).pk,
            "person": room.person.pk,
            "edition": room.edition.pk,
            "users": self.things.colleague.pk,
            "groups": Group.objects.first().pk,
            "images": self.things.picture.pk,
            "collections": Collection.get_first_root_node().add_child(name="Archive").pk,
        }
        readers = {role: self.things.reader(role).account for role in ("reader", "unverified")}
        self.accounts = {
            "nobody": None,
            **readers,
            "banned": self.things.banned().account,
            **{name: _of_group(name) for name in ("contributor", "reporter", "editor")},
            "moderator": _of_group("moderator"),
            "admin": room.editor,
        }

    def client(self, role, *, checks=False):
        client = Client(raise_request_exception=False, enforce_csrf_checks=checks)
        if self.accounts[role] is not None:
            client.force_login(self.accounts[role])
            _note_login(client, self.accounts[role])
        return client

    def address(self, route, role="nobody"):
        """Return a route with the numbers of things there are: a role's own where it says so."""
        if route.endswith(OWN):
            route = route.removesuffix(OWN)
            own = owned_by(route)(self.things, self.accounts[role])
            return self._filled(route, own)
        return self._filled(route, self.things.named_in(route))

    def _filled(self, route, named):
        number = self.numbers.get([*route.split("/"), ""][1], 1)
        if route.startswith("newsroom/snippets/choose/stories"):
            number = self.things.draft.pk
        elif route.startswith("newsroom/api/main/^images/"):
            number = self.things.picture.pk
        path = re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)", r"\1", route)
        path = re.sub(r"\(\?:(?:[^()]|\([^()]*\))*\)\??", "", path)
        path = path.replace("\\.", ".").replace(".*", "none").replace("^", "").replace("$", "")
        revision = str(self.things.draft.latest_revision_id)
        words = {"pk": number, "image_id": number, "revision_id": revision, **_WORDS, **named}
        return "/" + _PART.sub(lambda part: str(words.get(part[1], 1)), path)


def _note_login(client, account):
    """Have it been just now, so that what asks for that again answers for itself."""
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, account, method="password")
    request.session.save()


def _of_group(name):
    account = Account.objects.create_user(f"a-{name}", is_staff=True)
    account.groups.add(Group.objects.get(name=f"{name.title()}s"))
    return account


def outcome(answer):
    """Return a letter: Login, Denied, Not there, Wrong way of asking, Broken, Yes."""
    where = answer.headers.get("Location", "")
    if answer.status_code in (301, 302):
        if where.startswith((reverse("wagtailadmin_login"), reverse("account_login"))):
            return "L"
        return "D" if where == reverse("wagtailadmin_home") else "Y"
    letters = {401: "L", 403: "D", 404: "N", 405: "W", 500: "B"}
    return letters.get(answer.status_code, "Y")
