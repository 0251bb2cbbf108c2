"""The numbers: who may know them, and what they say."""

import asyncio

import pytest
from django.test import Client
from pydantic import SecretStr

from dateline.config import metrics
from dateline.config.neighbours import ask_all
from dateline.journal.actions import move_cursor
from dateline.journal.queries import head
from tests.factories import a_newsroom, a_published_story


@pytest.fixture
def numbers(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    (tmp_path / "run").mkdir()

    def ask(token="", **headers):
        chosen = settings.DATELINE.model_copy(update={"metrics_token": SecretStr(token)})
        settings.DATELINE = chosen
        return Client().get("/-/metrics", **headers)

    return ask


@pytest.mark.django_db
def test_only_this_machine_may_know(numbers):
    assert numbers(REMOTE_ADDR="127.0.0.1").status_code == 200
    assert numbers(REMOTE_ADDR="::1").status_code == 200
    assert numbers(REMOTE_ADDR="192.0.2.1").status_code == 403
    assert numbers(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 403
    assert numbers(REMOTE_ADDR="").status_code == 403


@pytest.mark.django_db
def test_or_whoever_has_the_token(numbers):
    assert numbers("secret", HTTP_AUTHORIZATION="Bearer secret").status_code == 200
    for given in ("Bearer other", "secret", ""):
        assert numbers("secret", HTTP_AUTHORIZATION=given).status_code == 403
    assert numbers("secret", REMOTE_ADDR="127.0.0.1").status_code == 403


@pytest.mark.django_db
def test_an_effect_that_is_behind_has_a_delay(numbers):
    a_published_story(a_newsroom())
    move_cursor(name="search", seq=head())
    lines = dict(line.rsplit(" ", 1) for line in numbers().content.decode().splitlines())
    assert lines["dateline_journal_head"] == lines['dateline_effect_cursor{effect="search"}']
    assert lines['dateline_effect_delay_seconds{effect="search"}'] == "0"
    assert lines['dateline_effect_cursor{effect="press"}'] == "0"
    assert lines["dateline_effects_parked"] == "0"


@pytest.mark.django_db
def test_what_all_processes_say_is_added_up_and_the_dead_are_forgotten(numbers, tmp_path):
    async def scenario():
        async def answer(_, writer):
            writer.write(b'{"dateline_stream_open": 3, "dateline_press_hits_total": 2000000}')
            writer.close()

        servers = []
        for name in ("metrics-1.sock", "metrics-2.sock"):
            path = str(tmp_path / "run" / name)
            servers.append(await asyncio.start_unix_server(answer, path))
        found = await asyncio.to_thread(lambda: ask_all("metrics", patience=2.0))
        for server in servers:
            server.close()
        return found

    assert [said["dateline_stream_open"] for said in asyncio.run(scenario())] == [3, 3]
    for name in ("metrics-1.sock", "metrics-2.sock"):
        (tmp_path / "run" / name).touch()
    assert "dateline_stream_open" not in numbers().content.decode()


def test_the_text_has_a_type_for_each_family():
    lines = metrics._lines({"a_total": 2_000_000, 'b{kind="x"}': 1, 'b{kind="y"}': 0.25})
    assert list(lines) == [
        "# TYPE a_total counter",
        "a_total 2000000",
        "# TYPE b gauge",
        'b{kind="x"} 1',
        'b{kind="y"} 0.25',
    ]
