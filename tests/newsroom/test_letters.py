"""The desk sees what went out and why it failed; a demonstration's mail is for few."""

import pytest
from django.conf import settings as live_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pydantic import SecretStr

from dateline.common import house
from dateline.people.mail_folder import EmailBackend
from dateline.subscriptions.actions import settle, take
from dateline.subscriptions.enums import State
from dateline.subscriptions.models import Delivery
from dateline.subscriptions.rules import Outcome
from tests.subscriptions.conftest import room  # noqa: F401 - a fixture
from tests.subscriptions.following import a_follower, a_sending, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, room):  # noqa: F811
    client.force_login(room.editor)
    return client


@pytest.fixture
def failed(room):  # noqa: F811
    for name in ("one", "two", "three"):
        a_follower(room, f"{name}@news.example", "front:en")
    sending = written(a_sending(room, "front:en", story=1))
    taken = take(by="test", channel="mail", most=10)
    outcomes = [Outcome(one.pk, State.BOUNCED, "550 5.7.1", "Policy") for one in taken[:2]]
    settle(by="test", outcomes=[*outcomes, Outcome(taken[2].pk, State.SENT)])
    return sending


def test_failures_are_grouped_by_cause_and_can_be_sent_again(desk, failed):
    page = desk.get(f"/newsroom/letters/{failed.pk}/").content.decode()
    assert "550 5.7.1" in page
    assert "1 of 3" in page
    desk.post(f"/newsroom/letters/{failed.pk}/deed/", {"cause": "550 5.7.1"})
    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == ["planned", "planned", "sent"]
    desk.post(f"/newsroom/letters/{failed.pk}/deed/", {"stop": "1"})
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["sent"] + ["skipped"] * 2


def test_the_list_asks_as_much_for_three_as_for_one(desk, room, failed):  # noqa: F811
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/newsroom/letters/").status_code == 200
        return len(queries)

    asked()
    once = asked()
    for number in (2, 3):
        a_sending(room, "front:en", key=f"story:{number}")
    assert asked() == once


def test_the_desk_can_say_what_one_reader_was_sent_and_why(desk, failed):
    page = desk.get("/newsroom/letters/?reader=one@news.example").content.decode()
    assert "front:en" in page
    assert "550 5.7.1" in page
    page = desk.get("/newsroom/letters/?reader=nobody@news.example").content.decode()
    assert "Nobody is subscribed with this address" in page


def test_the_mail_of_a_demonstration_runs_nothing(desk, room, monkeypatch, tmp_path, settings):  # noqa: F811
    given = settings.DATELINE.model_copy(update={"mail_server": SecretStr("folder")})
    monkeypatch.setattr(live_settings, "DATELINE", given)
    monkeypatch.setattr(live_settings, "DATELINE_HOME", tmp_path)
    from django.core.mail import EmailMultiAlternatives

    message = EmailMultiAlternatives("A letter", "Words", "desk@news.example", ["r@news.example"])
    message.attach_alternative(
        "<html><head></head><body><script>x</script></body></html>", "text/html"
    )
    EmailBackend().send_messages([message])
    name = next(house.mail_folder().glob("*.eml")).stem
    assert "A letter" in desk.get("/newsroom/mail/").content.decode()
    assert "r@news.example" in desk.get(f"/newsroom/mail/{name}/").content.decode()
    answer = desk.get(f"/newsroom/mail/{name}/html/")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert desk.get("/newsroom/mail/other/").status_code == 404
    monkeypatch.setattr(
        live_settings,
        "DATELINE",
        settings.DATELINE.model_copy(update={"mail_server": SecretStr("")}),
    )
    assert desk.get("/newsroom/mail/").status_code in {302, 403}
