"""What the doctor says of mail: alignment, records for the DNS, a letter that arrived, a trial."""

from pathlib import Path

import pytest
from django.conf import settings as live_settings
from pydantic import SecretStr

from dateline.config.doctor_mail import Brought, brought_in, examine_mail
from dateline.config.errors import LetterNotSent, LetterUnreadable
from dateline.config.settings_table import Settings
from dateline.config.trial_letter import send_trial
from tests.standards.test_dmarc import ARRIVED
from tests.subscriptions.smtp_double import a_sink, fine

GOOD = {
    "base_url": "https://news.example",
    "mail_from": "Meridian <desk@news.example>",
    "mail_server": "smtp://name:hunter2@mail.news.example:587",
}


def examined(brought=None, folder=Path(), **given):
    """Return what is said line by line, and the problems alone."""
    said = []
    count = examine_mail(Settings(**{**GOOD, **given}), said.append, brought or Brought(), folder)
    troubles = [line.removeprefix("Problem: ") for line in said if line.startswith("Problem")]
    assert count == len(troubles)
    return said, troubles


def test_what_the_dns_must_say_is_ready_to_be_copied():
    said, troubles = examined()
    assert troubles == []
    assert [line.strip() for line in said if " IN TXT " in line] == [
        'news.example. IN TXT "v=spf1 a:mail.news.example ~all"',
        'SELECTOR._domainkey.news.example. IN TXT "v=DKIM1; k=rsa; p=KEY"',
        '_dmarc.news.example. IN TXT "v=DMARC1; p=none; rua=mailto:postmaster@news.example"',
    ]
    assert "hunter2" not in "".join(said)


def test_how_letters_are_ended_is_said():
    [by_click] = [line for line in examined()[0] if line.startswith("They are ended")]
    assert "set bounce_mailbox" in by_click
    said, _ = examined(bounce_mailbox="bounces@news.example")
    assert any("or by a mail to bounces+leave-…@news.example" in line for line in said)


@pytest.mark.parametrize(
    ("server", "mechanism"),
    [
        ("smtp://localhost", "ip4:ADDRESS"),
        ("smtp://10.0.0.7", "ip4:ADDRESS"),
        ("smtp://mail.local", "ip4:ADDRESS"),
        ("smtp://8.8.8.8", "ip4:8.8.8.8"),
    ],
)
def test_a_server_of_the_house_stands_in_no_record(server, mechanism):
    said, _ = examined(mail_server=server)
    assert f'news.example. IN TXT "v=spf1 {mechanism} ~all"' in said


@pytest.mark.parametrize(
    ("given", "about"),
    [
        ({"mail_server": ""}, ["mail_server"]),
        ({"mail_server": "folder"}, ["mail_server"]),
        ({"mail_from": ""}, ["mail_from"]),
        ({"mail_from": "desk@newsroom"}, ["mail_from"]),
        ({"base_url": "http://news.example"}, ["base_url"]),
        ({"bounce_mailbox": "bounces@other.example"}, ["bounce_mailbox"]),
        ({"bounce_mailbox": "bounces@in.news.example"}, []),
    ],
)
def test_each_problem_names_the_setting_that_cures_it(given, about):
    _, troubles = examined(**given)
    assert len(troubles) == len(about)
    assert all(name in line for name, line in zip(about, troubles, strict=True))


def test_no_record_is_made_for_a_name_that_is_none_of_the_internet():
    said, troubles = examined(mail_from="", base_url="http://localhost:8000")
    assert not [line for line in said if " IN " in line]
    assert len(troubles) == 3


def test_a_letter_that_arrived_says_what_was_found_out(tmp_path):
    path = tmp_path / "arrived.eml"
    path.write_bytes(ARRIVED)
    said, troubles = examined(brought_in(path))
    assert "  The server that took it noted: dkim pass, dmarc pass, spf softfail" in said
    assert "  Signed by news.example, key k1: aligned" in said
    assert any(line.startswith("k1._domainkey.news.example. IN TXT") for line in said)
    assert troubles == [
        "The server that took the letter noted spf softfail; compare with the above."
    ]


def test_a_signature_must_be_the_senders_and_cover_what_one_click_needs(tmp_path):
    path, passed = tmp_path / "arrived.eml", ARRIVED.replace(b"softfail", b"pass")
    path.write_bytes(passed.replace(b"Unsubscribe-Post", b"Help"))
    [trouble] = examined(brought_in(path))[1]
    assert "list-unsubscribe-post" in trouble
    path.write_bytes(passed.replace(b"d=News.example", b"d=other.test"))
    [trouble] = examined(brought_in(path))[1]
    assert trouble.startswith("Nobody signed the letter for news.example")


def test_a_file_that_is_no_letter_is_refused_in_words(tmp_path):
    with pytest.raises(LetterUnreadable, match="No such file"):
        brought_in(tmp_path / "nowhere.eml")
    (tmp_path / "picture.eml").write_bytes(b"\x89PNG")
    with pytest.raises(LetterUnreadable, match="names no sender"):
        brought_in(tmp_path / "picture.eml")


@pytest.fixture
def sink(monkeypatch, settings):
    with a_sink() as made:
        given = {"mail_server": SecretStr("smtp://x"), "bounce_mailbox": "bounces@news.example"}
        chosen = settings.DATELINE.model_copy(update=given)
        monkeypatch.setattr(live_settings, "DATELINE", chosen)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
        settings.DEFAULT_FROM_EMAIL = "Meridian <desk@news.example>"
        yield made


def test_a_trial_takes_the_way_of_all_letters(sink):
    seen = []
    sink.answers = lambda step, to: seen.append((step, to)) or fine(step, to)
    assert send_trial("desk@bücher.example") == "2.0.0 Taken"
    [(to, letter)] = sink.taken
    assert to == letter["To"] == "desk@xn--bcher-kva.example"
    assert letter["From"] == "Meridian <desk@news.example>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<mailto:bounces+leave-" in letter["List-Unsubscribe"]
    assert "doctor mail --letter" in letter.get_payload()[0].get_payload(decode=True).decode()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("550 5.7.1 No relaying", "the server refused it \\(550 5.7.1 No relaying\\)"),
        ("", "the server is away .*check mail_server"),
    ],
)
def test_why_a_trial_did_not_leave_is_said(sink, said, why):
    sink.answers = lambda step, to: said if step == "RCPT" else fine(step, to)
    with pytest.raises(LetterNotSent, match=why):
        send_trial("desk@news.example")


@pytest.mark.parametrize("to", ["", "nobody", "a@b", "a b@news.example", "a@news.example\nBcc: x"])
def test_a_trial_goes_to_a_mail_address_alone(sink, to):
    with pytest.raises(LetterNotSent, match="no mail address"):
        send_trial(to)


def test_without_a_server_no_trial_leaves(sink, monkeypatch):
    chosen = live_settings.DATELINE.model_copy(update={"mail_server": SecretStr("")})
    monkeypatch.setattr(live_settings, "DATELINE", chosen)
    with pytest.raises(LetterNotSent, match="set mail_server"):
        send_trial("desk@news.example")
