"""The newsroom's own keys: made for their owner, shown to the DNS, in force for all mail."""

from email import message_from_bytes

import pytest
from django.conf import settings as live_settings
from django.core.mail import EmailMessage, get_connection
from pydantic import SecretStr

from dateline.config.dkim import make_key, signing_keys
from dateline.config.doctor_mail import brought_in
from dateline.config.errors import StartRefused
from dateline.config.settings_table import Settings
from dateline.config.trial_letter import send_trial
from dateline.people.signing import key_file
from dateline.standards.dkim import Kind, dkim_key, has_held, public_in
from tests.config.test_doctor_mail import GOOD, examined
from tests.subscriptions.smtp_double import a_sink


@pytest.fixture
def home(tmp_path):
    for kind in Kind:
        make_key(tmp_path, Settings(**GOOD), f"s-{kind}", kind)
    return tmp_path


def own_key(home, kind=Kind.RSA):
    data = key_file(home, f"s-{kind}").read_bytes()
    return dkim_key(data, domain="news.example", selector=f"s-{kind}")


@pytest.fixture
def sink(monkeypatch, settings, home):
    """A mail server, in a newsroom that signs with both of its keys."""
    with a_sink() as made:
        given = {"mail_server": SecretStr("smtp://x"), "mail_from": "Meridian <desk@news.example>"}
        given["dkim_selectors"] = ["s-rsa", "s-ed25519"]
        chosen = settings.DATELINE.model_copy(update=given)
        monkeypatch.setattr(live_settings, "DATELINE", chosen)
        settings.DATELINE_HOME = home
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
        settings.DEFAULT_FROM_EMAIL = chosen.mail_from
        yield made


def test_a_key_is_made_once_and_for_its_owner(tmp_path):
    told = make_key(tmp_path, Settings(**GOOD), "news2026", Kind.RSA)
    file = tmp_path / "dkim" / "news2026.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    assert f"{file} was made" in told
    [line] = [line for line in told.splitlines() if " IN TXT " in line]
    assert line.startswith("news2026._domainkey.news.example. IN TXT ")
    assert all(len(part) <= 255 for part in line.split('"')[1::2])
    assert 'dkim_selectors = ["news2026"]' in told
    assert "PRIVATE" not in told
    again = make_key(tmp_path, Settings(**GOOD), "news2026", Kind.ED25519)
    assert f"{file} is there already" in again
    assert public_in(line) == public_in(again.splitlines()[4])


@pytest.mark.parametrize("name", ["", "../secrets", "a b", "é", "-a"])
def test_a_selector_is_a_name_of_the_dns(tmp_path, name):
    with pytest.raises(StartRefused, match="names of keys"):
        make_key(tmp_path, Settings(**GOOD), name, Kind.RSA)
    with pytest.raises(ValueError, match="names of keys"):
        Settings(**GOOD, dkim_selectors=[name])


def test_a_key_that_is_missing_stops_the_start(home):
    with pytest.raises(StartRefused, match=r"gone.pem: no such file.* `dateline dkim"):
        signing_keys(home, Settings(**GOOD), ["s-rsa", "gone"])
    key_file(home, "bad").write_bytes(b"no key")
    with pytest.raises(StartRefused, match="no private key"):
        signing_keys(home, Settings(**GOOD), ["bad"])


def test_letters_and_mail_of_accounts_are_signed(sink, home):
    send_trial("lena@reader.example")
    with get_connection("dateline.people.signing.EmailBackend") as server:
        text = "One line.\n.\n..Another.\n"
        EmailMessage("A code", text, to=["lena@reader.example"], connection=server).send()
    assert len(sink.raw) == 2
    for data in sink.raw:
        assert [has_held(data, own_key(home, kind)) for kind in Kind] == [True, True]
        assert len(message_from_bytes(data).get_all("DKIM-Signature")) == 2


def test_the_doctor_shows_our_keys_and_what_is_wrong_with_them(home, tmp_path):
    given = {"dkim_selectors": ["s-rsa", "s-ed25519"], "folder": home}
    said, troubles = examined(**given)
    assert troubles == []
    [signed] = [line for line in said if line.startswith("DKIM")]
    assert signed.endswith("as d=news.example, by s-rsa (rsa), s-ed25519 (ed25519).")
    shown = [line for line in said if "_domainkey" in line]
    assert [public_in(line) for line in shown] == [own_key(home, kind).public for kind in Kind]
    key_file(home, "s-rsa").chmod(0o640)
    assert "can be read by others" in examined(**given)[1][0]
    given["dkim_selectors"] = ["gone"]
    assert "gone.pem" in examined(**given)[1][0]
    given |= {"dkim_selectors": ["s-ed25519"], "dkim_domain": "other.test"}
    assert "signed for other.test, not news.example" in examined(**given)[1][0]


def test_the_doctor_compares_with_what_the_dns_says(home, tmp_path):
    given = {"dkim_selectors": ["s-rsa"], "folder": home}
    record = tmp_path / "record.txt"
    record.write_text(own_key(home).record)
    assert examined(brought_in(record=record), **given)[1] == []
    record.write_text(own_key(home, Kind.ED25519).record)
    [trouble] = examined(brought_in(record=record), **given)[1]
    assert trouble.endswith("s-rsa._domainkey.news.example.")


def test_the_doctor_tells_a_letter_that_was_changed_on_its_way(sink, home, tmp_path):
    send_trial("lena@reader.example")
    arrived = tmp_path / "arrived.eml"
    given = {"dkim_selectors": ["s-rsa"], "folder": home}
    arrived.write_bytes(sink.raw[0])
    assert examined(brought_in(arrived), **given)[1] == []
    arrived.write_bytes(sink.raw[0].replace(b"If you read this", b"If you read that"))
    assert "was changed on its way" in examined(brought_in(arrived), **given)[1][0]
