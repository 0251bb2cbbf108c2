"""Bounces and complaints told by a provider: signed, believed about our own letters, once."""

import hmac
import json
from hashlib import sha256

import pytest
from django.conf import settings

from dateline.common import clock
from dateline.reader.returned import GOOD_FOR, is_signed
from dateline.subscriptions.mail.links import message_id
from dateline.subscriptions.models import Delivery, Subscriber
from tests.subscriptions.following import a_follower, a_sending

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECRET = "a-long-shared-secret"


@pytest.fixture
def delivery(room, monkeypatch):
    """A letter that was sent, in a newsroom whose provider tells what becomes of it."""
    secret = type(settings.DATELINE.bounce_secret)(SECRET)
    changed = settings.DATELINE.model_copy(update={"bounce_secret": secret})
    monkeypatch.setattr(settings, "DATELINE", changed)
    who = a_follower(room, "reader@news.example", "front:en")
    return Delivery.objects.create(
        sending=a_sending(room, "front:en"), subscriber=who, channel="mail", state="sent"
    )


def signed(body, *, secret=SECRET, ago=0):
    at = int(clock.now().timestamp()) - ago
    made = hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()
    return f"t={at},v1={made}"


def tell(client, body, kind="application/json", **how):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-Dateline-Signature": signed(data, **how)}
    return client.post("/-/returned", data, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    ("event", "state", "standing"),
    [
        ({"type": "bounce", "status": "5.1.1"}, "bounced", "stopped"),
        ({"type": "bounce", "words": "452 4.2.2 mailbox full"}, "bounced", "active"),
        ({"type": "complaint"}, "complained", "stopped"),
        ({"type": "delivered"}, "confirmed", "active"),
        ({"type": "delayed"}, "sent", "active"),
    ],
)
def test_an_event_goes_the_way_of_a_bounce_by_mail(client, delivery, event, state, standing):
    event |= {"message_id": message_id(delivery.pk)}
    news = int(state != "sent")
    first = tell(client, {"events": [event]}).json()
    assert first == {"report": True, "known": 1, "news": news}
    assert tell(client, event).json()["news"] == 0
    delivery.refresh_from_db()
    assert (delivery.state, Subscriber.objects.get().standing) == (state, standing)


def test_a_complaint_comes_as_a_mail_too(client, delivery):
    body = (
        'Content-Type: multipart/report; report-type=feedback-report; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {message_id(delivery.pk)}\r\n\r\n--x--\r\n"
    ).encode()
    assert tell(client, body, "message/rfc822").json()["news"] == 1
    assert Subscriber.objects.get().stopped_as == "complained"


def test_nobody_else_is_believed(client, delivery):
    event = {"type": "complaint", "message_id": message_id(delivery.pk)}
    assert tell(client, event, secret="another").status_code == 403
    assert tell(client, event, ago=GOOD_FOR + 5).status_code == 403
    assert client.post("/-/returned", event, "application/json").status_code == 403
    made_up = event | {"message_id": "<1.0000@localhost>"}
    assert tell(client, made_up).json() == {"report": True, "known": 0, "news": 0}
    assert Subscriber.objects.get().standing == "active"


@pytest.mark.parametrize("body", [b"[]", b"7", b"\xff", b'{"type": "party"}', b'["bounce"]'])
def test_what_is_no_event_is_refused(client, delivery, body):
    assert tell(client, body).status_code == 400


@pytest.mark.parametrize("signature", ["", "t=,v1=", "t=x,v1=0", "t=1", "v1=é,t=1", "t=1,v1=0"])
def test_what_is_no_signature_is_none(signature):
    assert not is_signed(b"", signature, SECRET, now=1.0)


def test_without_a_secret_there_is_no_door(client, room):
    assert tell(client, {"type": "complaint"}).status_code == 404
