"""Letters by a provider's interface: the ledger is told the same as of any server."""

import json
from base64 import b64encode

import pytest
import requests
from anymail.backends.test import EmailBackend
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as live_settings
from django.core import mail
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from dateline.config.setting_checks import PROVIDERS
from dateline.config.settings_table import Settings
from dateline.publishing.post import posts
from dateline.reader import returned
from dateline.standards.bounces.reports import Verdict
from dateline.subscriptions.mail.compose import LEAVE, Form
from dateline.subscriptions.mail.esp import EspLine, listener, reports_of
from dateline.subscriptions.mail.links import message_id
from dateline.subscriptions.mail.smtp import Lost, Refused
from dateline.subscriptions.models import Delivery, Subscriber
from tests.config.test_doctor_mail import examined
from tests.factories import a_published_story
from tests.subscriptions.following import a_follower, a_sending, ledger
from tests.subscriptions.test_mail import letter, values

READER = "lena@reader.example"
PASSWORD = "provider:a-long-password"
database = pytest.mark.django_db


@pytest.fixture
def esp(monkeypatch, settings):
    """Return a provider's double: what it got, and `answers` to be given an error."""
    chosen = settings.DATELINE.model_copy(
        update={
            "mail_server": SecretStr("esp:postmark"),
            "esp": {"WEBHOOK_SECRET": SecretStr(PASSWORD)},
        }
    )
    monkeypatch.setattr(live_settings, "DATELINE", chosen)
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": PASSWORD, "IGNORE_UNSUPPORTED_FEATURES": True}
    return monkeypatch


def hand_over():
    data = Form(letter(is_left_by_mail=True)).filled(values(**{LEAVE: "b+l@n.example"}))
    return EspLine().hand_over(sender="desk@news.example", to=READER, data=data)


def test_a_provider_gets_what_a_letter_says(esp):
    assert hand_over() == "0"
    (got,) = mail.outbox
    assert (got.to, got.subject, got.from_email) == ([READER], letter().subject, letter().sender)
    assert got.body.splitlines()[1:3] == [".", "..two dots"]
    assert got.alternatives[0][0].startswith("<p>")
    assert got.metadata == {"dateline": "<1.ab@news.example>"}
    heads = got.extra_headers
    assert heads["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert heads["List-Unsubscribe"].endswith("<mailto:b+l@n.example?subject=unsubscribe>")


def failing(esp, error):
    def fail(*_args):
        raise error

    esp.setattr(EmailBackend, "post_to_esp", fail)


def answered(status):
    response = requests.Response()
    response.status_code = status
    return AnymailRequestsAPIError("no", response=response)


@pytest.mark.parametrize(
    ("error", "doubt"),
    [
        (AnymailRequestsAPIError("timed out"), True),
        (answered(500), True),
        (answered(503), True),
        (answered(401), False),
        (answered(429), False),
    ],
)
def test_what_a_provider_may_have_taken_is_in_doubt(esp, error, doubt):
    failing(esp, error)
    with pytest.raises(Lost) as lost:
        hand_over()
    assert lost.value.is_in_doubt == doubt


@pytest.mark.parametrize(
    ("error", "code"), [(answered(422), 554), (AnymailRecipientsRefused(), 550)]
)
def test_what_a_provider_refuses_is_refused(esp, error, code):
    failing(esp, error)
    with pytest.raises(Refused) as refused:
        hand_over()
    assert refused.value.code == code


@database
def test_the_ledger_keeps_what_left_and_what_is_in_doubt(esp, room):
    who = a_follower(room, READER, "front:en")
    story = a_published_story(room)
    for key, state in (("story:1", "sent"), ("story:2", "uncertain")):
        sending = a_sending(room, "front:en", key=key, story=story.pk)
        post = next(one for one in posts() if one.name == "post-mail")
        while post.work():
            pass
        assert ledger(sending)[READER][0] == state
        assert len(mail.outbox) == 1
        failing(esp, answered(502))
    sent = Delivery.objects.get(state="sent")
    assert mail.outbox[0].metadata == {"dateline": message_id(sent.pk)}
    who.refresh_from_db()
    assert who.standing == "active"


def tell(client, event, password=PASSWORD):
    basic = b64encode(password.encode()).decode()
    return client.post(
        "/-/returned/esp",
        event if isinstance(event, bytes) else json.dumps(event).encode(),
        content_type="application/json",
        headers={"Authorization": f"Basic {basic}"},
    )


@database
@pytest.mark.parametrize(
    ("event", "state", "standing"),
    [
        (
            {"RecordType": "Bounce", "Type": "HardBounce", "Details": "smtp;550 5.1.1 nobody"},
            "bounced",
            "stopped",
        ),
        (
            {"RecordType": "Bounce", "Type": "SoftBounce", "Details": "smtp;452 4.2.2 full"},
            "bounced",
            "active",
        ),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complained", "stopped"),
        ({"RecordType": "Delivery", "Details": "250 fine"}, "confirmed", "active"),
        ({"RecordType": "Open"}, "sent", "active"),
    ],
)
def test_what_a_provider_tells_is_joined_to_the_ledger(esp, client, room, event, state, standing):
    who = a_follower(room, READER, "front:en")
    row = Delivery.objects.create(
        sending=a_sending(room, "front:en"), subscriber=who, channel="mail", state="sent"
    )
    event |= {
        "MessageID": "theirs",
        "Recipient": READER,
        "Email": READER,
        "BouncedAt": "2026-11-30T08:00:00Z",
    }
    event["Metadata"] = {"dateline": message_id(row.pk)}
    news = int(state != "sent")
    assert tell(client, event).json()["news"] == news
    assert tell(client, event).json()["news"] == 0
    row.refresh_from_db()
    assert (row.state, Subscriber.objects.get().standing) == (state, standing)
    made_up = event | {"Metadata": {"dateline": "<1.0000@localhost>"}}
    assert tell(client, made_up).json()["known"] == 0


@database
def test_nobody_but_the_provider_is_believed(esp, client, room):
    event = {"RecordType": "SpamComplaint"}
    assert tell(client, event, "provider:guess").status_code == 403
    assert client.post("/-/returned/esp", b"{}", "application/json").status_code == 403
    for body in (b"", b"[]", b"7", b"\xff", b"null"):
        assert tell(client, body).status_code == 400
    assert client.head("/-/returned/esp").status_code == 200
    chosen = live_settings.DATELINE.model_copy(update={"esp": {}})
    esp.setattr(live_settings, "DATELINE", chosen)
    assert tell(client, event).status_code == 404


KEYS = {
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "mandrill": "MANDRILL_WEBHOOK_KEY",
    "postal": "POSTAL_WEBHOOK_KEY",
}


def by(esp, settings, name, **more):
    """Have mail leave by a provider, with a password for its events and what else is given."""
    given = {"WEBHOOK_SECRET": PASSWORD, **more}
    secrets = {key: SecretStr(value) for key, value in given.items()}
    update = {"mail_server": SecretStr(f"esp:{name}"), "esp": secrets}
    esp.setattr(live_settings, "DATELINE", live_settings.DATELINE.model_copy(update=update))
    settings.ANYMAIL = given
    returned._say.cache_clear()


@database
@pytest.mark.parametrize("name", PROVIDERS)
def test_events_that_cannot_be_proved_are_refused_for_now_and_the_log_says_why(
    esp, settings, client, name
):
    by(esp, settings, name)
    with capture_logs() as logs:
        answers = [tell(client, {"event": "x"}) for _ in range(2)]
    refused = (503, {"error": "not-set-up"})
    if name in KEYS:
        assert [(one.status_code, one.json()) for one in answers] == [refused, refused]
        assert [one["cure"] for one in logs] == [f"set {KEYS[name]} in [esp]"]
    else:
        assert {one.status_code for one in answers} <= {200, 400}
        assert logs == []


@database
def test_a_key_that_is_none_is_told_of_too(esp, settings, client):
    by(esp, settings, "postal", POSTAL_WEBHOOK_KEY="no key")
    with capture_logs() as logs:
        answer = client.post(
            "/-/returned/esp", b"{}", "application/json", headers={"X-Postal-Signature": "eA=="}
        )
    assert (answer.status_code, answer.json()) == (503, {"error": "not-set-up"})
    assert len(logs) == 1
    assert logs[0]["cure"].startswith("correct [esp]: ")


@database
@pytest.mark.parametrize("name", KEYS)
def test_whoever_knows_no_key_is_refused(esp, settings, client, name):
    key = rsa.generate_private_key(65537, 2048).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    by(esp, settings, name, **{KEYS[name]: "".join(pem.splitlines()[1:-1])})
    assert tell(client, {"event": "x"}).status_code == 403


@database
def test_an_empty_password_is_none(esp, settings, client):
    by(esp, settings, "postmark", WEBHOOK_SECRET="")
    assert tell(client, {"RecordType": "Open"}).status_code == 404


@pytest.mark.parametrize("name", ["brevo", "mailgun", "mandrill", "postmark", "sparkpost"])
def test_each_provider_is_listened_to(settings, name):
    settings.ANYMAIL = {"WEBHOOK_SECRET": PASSWORD, "MANDRILL_WEBHOOK_KEY": "k"}
    settings.ANYMAIL |= {"MAILGUN_WEBHOOK_SIGNING_KEY": "k"}
    assert callable(listener(name).parse_events)


def test_a_provider_is_one_that_is_known():
    assert Settings(mail_server="esp:postmark").provider == "postmark"
    for bad in ("esp:", "esp:nobody", "esp:../x"):
        with pytest.raises(ValidationError, match="esp: and"):
            Settings(mail_server=bad)


def test_the_doctor_says_who_sends():
    said, [trouble] = examined(mail_server="esp:postmark")
    assert "They are handed to     postmark, by its own interface   [mail_server]\n" in said
    assert "WEBHOOK_SECRET" in trouble
    assert examined(mail_server="esp:postmark", esp={"WEBHOOK_SECRET": "a:b"})[1] == []


@pytest.mark.parametrize("name", KEYS)
def test_the_doctor_says_which_key_is_missing(name):
    esp = {"WEBHOOK_SECRET": "a:b"}
    unheard = f"Nobody hears what the provider tells of letters; set {KEYS[name]} in [esp]."
    assert examined(mail_server=f"esp:{name}", esp=esp)[1] == [unheard]
    assert examined(mail_server=f"esp:{name}", esp=esp | {KEYS[name]: ""})[1] == [unheard]
    assert examined(mail_server=f"esp:{name}", esp=esp | {KEYS[name]: "k"})[1] == []


def test_the_key_of_mailguns_interface_proves_its_events_too():
    esp = {"WEBHOOK_SECRET": "a:b", "MAILGUN_API_KEY": "k"}
    assert examined(mail_server="esp:mailgun", esp=esp)[1] == []


class Told:
    event_type, metadata, mta_response = "bounced", {}, None
    description, reject_reason, recipient = None, "invalid", None


def test_an_address_that_is_none_is_hard_and_the_rest_may_pass():
    assert [one.verdict for one in reports_of([Told()])] == [Verdict.HARD]
    other = Told()
    other.reject_reason = "blocked"
    assert [one.verdict for one in reports_of([other])] == [Verdict.SOFT]
