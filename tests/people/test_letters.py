"""Mail on its way: sent by the runner, tried again, given up; nothing of it stays."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from dateline.common import clock
from dateline.people.letters import (
    MOST_TRIES,
    call_after_post,
    forget_letters,
    post_letter,
    send_waiting,
)
from dateline.people.models import Letter

pytestmark = pytest.mark.django_db


def posted(to="ada@example.org"):
    return post_letter(to=to, subject="Your code", text="1234", html="<p>1234</p>")


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_a_letter_is_sent_once_and_gone():
    posted()
    assert mail.outbox == []
    assert (send_waiting(), send_waiting()) == (1, 0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ada@example.org"], "Your code", "1234")
    assert sent.alternatives[0].content == "<p>1234</p>"
    assert not Letter.objects.exists()


def test_posting_waits_for_no_server_and_wakes_the_runner(
    no_server, django_capture_on_commit_callbacks
):
    woken = []
    call_after_post(lambda: woken.append(1))
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        posted()
    assert time.monotonic() - began < 0.5
    assert woken == [1]


def test_what_no_server_takes_is_tried_again_and_given_up(no_server, time_machine):
    now = clock.now()
    time_machine.move_to(now, tick=False)
    posted()
    waits = []
    while Letter.objects.exists():
        assert send_waiting() == 0
        letter = Letter.objects.first()
        if letter is not None:
            waits.append((letter.due_at - clock.now()).total_seconds())
            assert send_waiting() == 0
            assert Letter.objects.get().tries == len(waits)
            time_machine.move_to(letter.due_at, tick=False)
    assert waits == [5, 25, 125, 625]
    assert len(waits) == MOST_TRIES - 1
    assert clock.now() - now < timedelta(minutes=15)


def test_who_goes_leaves_no_letter_and_no_file(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "dateline.people.mail_folder.EmailBackend"
    settings.DATELINE_HOME = tmp_path
    for to in ("ada@example.org", "bo@example.org"):
        EmailMessage("Your code", "1234", to=[to]).send()
        posted(to)
    with django_capture_on_commit_callbacks(execute=True):
        forget_letters("ada@example.org")
    assert [letter.to for letter in Letter.objects.all()] == ["bo@example.org"]
    [left] = [file.read_text() for file in (tmp_path / "mail").iterdir()]
    assert "To: bo@example.org" in left
