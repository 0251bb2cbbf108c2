"""Every address of the house, with values for its parts, and what asking for it came to."""

import re

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLResolver, get_resolver

from dateline.config.doors import STAFF_URLS
from dateline.people.models import Account
from tests.addresses import reverse
from tests.factories import a_newsroom, a_story
from tests.publishing.random_desk import a_picture

ROLES = ("anonymous", "account", "staff", "superuser")
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
    "name": "pictures/none.jpg",
    "path": "none.html",
    "uidb64": "MQ",
    "token": "set-password",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}


def routes():
    """Return every route of the project's URLs once, Wagtail's included, in their order."""
    return list(dict.fromkeys(_walk(get_resolver(STAFF_URLS), "")))


def _walk(resolver, before):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


class House:
    """A newsroom with a draft, and a client for each role."""

    def __init__(self):
        self.room = a_newsroom()
        self.story = a_story(self.room)
        self.picture = a_picture()
        self.numbers = {
            "stories": self.story.pk,
            "section": self.room.world.pk,
            "topic": self.room.topic.pk,
            "person": self.room.person.pk,
            "edition": self.room.edition.pk,
            "users": self.room.editor.pk,
            "groups": Group.objects.first().pk,
            "images": self.picture.pk,
        }
        self.accounts = {
            "anonymous": None,
            "account": Account.objects.create_user("reader", password="a-long-pass-phrase"),
            "staff": self._staff(),
            "superuser": self.room.editor,
        }

    def _staff(self):
        staff = Account.objects.create_user("staff", password="a-long-pass-phrase", is_staff=True)
        group = Group.objects.create(name="May enter")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        staff.groups.add(group)
        return staff

    def client(self, role):
        client = Client(raise_request_exception=False)
        if self.accounts[role] is not None:
            client.force_login(self.accounts[role])
        return client

    def address(self, route):
        """Return a route with the numbers of things that are there."""
        number = self.numbers.get([*route.split("/"), ""][1], 1)
        if route.startswith("newsroom/snippets/choose/stories"):
            number = self.story.pk
        elif route.startswith("newsroom/api/main/^images/"):
            number = self.picture.pk
        path = re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)", r"\1", route)
        path = path.replace("\\.", ".").replace(".*", "none").replace("^", "").replace("$", "")
        revision = str(self.story.latest_revision_id)
        words = {"pk": str(number), "image_id": str(number), "revision_id": revision, **_WORDS}
        return "/" + _PART.sub(lambda part: words.get(part[1], "1"), path)


def outcome(answer):
    """Return a letter: Login, Denied, Not there, Wrong way of asking, Broken, Yes."""
    where = answer.headers.get("Location", "")
    if answer.status_code in (301, 302):
        if where.startswith((reverse("wagtailadmin_login"), reverse("account_login"))):
            return "L"
        return "D" if where == reverse("wagtailadmin_home") else "Y"
    letters = {401: "L", 403: "D", 404: "N", 405: "W", 500: "B"}
    return letters.get(answer.status_code, "Y")
