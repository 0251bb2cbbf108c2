"""A newsroom, its mail box, and a browser that comes in by the front door."""

import re

import pytest
from django.core import mail
from django.test import Client

from dateline.people.letters import send_waiting
from dateline.readers.actions import Joining, register_reader
from tests.factories import a_newsroom

CODE = re.compile(r"\b(\d{4}) (\d{4})\b")


@pytest.fixture(autouse=True)
def own_counts(settings, tmp_path, own_tries):
    """Count tries for one test alone, and send mail into its own box."""
    from pydantic import SecretStr

    settings.DATELINE = settings.DATELINE.model_copy(
        update={"mail_server": SecretStr("smtp://mail.example")}
    )
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def room():
    return a_newsroom()


def delivered():
    """Return the mails that were sent once the runner has come by."""
    send_waiting()
    return mail.outbox


def last_code():
    """Return the code in the newest mail."""
    found = CODE.findall(delivered()[-1].body)[0]
    return found[0] + found[1]


class Visitor:
    """A browser at the door; `next` is where it came from."""

    def __init__(self, address="203.0.113.9"):
        self.client = Client(REMOTE_ADDR=address)

    def ask(self, mail, back="", **data):
        query = f"?next={back}" if back else ""
        return self.client.post(f"/account/login/{query}", {"mail": mail, "how": "code", **data})

    def type_code(self, code, back=""):
        query = f"?next={back}" if back else ""
        return self.client.post(f"/account/code/{query}", {"code": code})

    def choose_name(self, name, back="", **data):
        query = f"?next={back}" if back else ""
        given = {"name": name, "agreed": "on", **data}
        return self.client.post(f"/account/name/{query}", given)

    def log_in(self, mail, back=""):
        self.ask(mail, back)
        return self.type_code(last_code(), back)

    def register(self, mail, name, back="", **data):
        self.log_in(mail, back)
        return self.choose_name(name, back, **data)

    def me(self):
        return self.client.get("/me").json()


@pytest.fixture
def visitor(room):
    return Visitor()


@pytest.fixture
def ada(room):
    joining = Joining(mail="ada@example.org", name="Ada Venn", language="en", password="")
    return register_reader(by=None, joining=joining)
