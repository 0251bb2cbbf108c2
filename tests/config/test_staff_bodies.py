"""Who may send a long body: somebody with a session who may enter the newsroom, and nobody else."""

import pytest

from dateline.config.asgi import OneHopHandler, is_staff
from dateline.config.server import bodies_of
from dateline.config.settings_table import Settings
from dateline.people.sessions import SessionStore
from tests.newsroom.addresses import House

pytestmark = pytest.mark.django_db


def key_of(client):
    return client.cookies["dateline_session"].value


def test_only_somebody_who_may_enter_the_newsroom_is_known():
    house = House()
    clients = {role: house.client(role) for role in ("reader", "reporter", "admin")}
    known = {role: is_staff(key_of(client)) for role, client in clients.items()}
    assert known == {"reader": False, "reporter": True, "admin": True}


def test_a_session_that_ended_or_was_made_up_is_known_to_nobody():
    client = House().client("admin")
    assert is_staff(key_of(client))
    SessionStore(key_of(client)).delete()
    assert [is_staff(key) for key in (key_of(client), "", "x" * 32)] == [False] * 3


def test_an_account_that_was_shut_is_not_known_any_more():
    house = House()
    client = house.client("admin")
    house.accounts["admin"].is_active = False
    house.accounts["admin"].save()
    assert not is_staff(key_of(client))


def test_the_limits_are_those_of_the_settings():
    chosen = Settings(body_kib=2, upload_mib=3, staff_path="desk")
    limits = bodies_of(chosen, OneHopHandler())
    staff = [(b"cookie", b"a=1; dateline_session=abc")]
    assert limits.most(b"/desk/images/add/", staff) == 4 << 20
    assert limits.most(b"/desk/images/add/", []) == 2048
    assert limits.most(b"/desks/", staff) == 2048
