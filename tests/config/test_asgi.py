"""Django behind one hop: bodies of any size, whole answers, streams."""

import asyncio

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from dateline.config.asgi import OneHopHandler

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@csrf_exempt
def echo(request):
    return HttpResponse(request.body[::-1], headers={"Dateline-Length": len(request.body)})


@csrf_exempt
def drip(request):
    body = request.body

    async def parts():
        for part in (b"one ", b"two ", body):
            yield part

    return StreamingHttpResponse(parts())


urlpatterns = [path("echo", echo), path("drip", drip)]


def ask(address, *pieces, leaves=False):
    """Send a request in pieces and return the messages that answer it."""
    more = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    last = {"type": "http.disconnect"} if leaves else {"type": "http.request", "body": b""}
    waiting, sent = [*more, last], []
    length = str(sum(map(len, pieces))).encode()
    scope = {
        "type": "http",
        "method": "POST",
        "path": address,
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-length", length)],
    }

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    with override_settings(ROOT_URLCONF=__name__):
        asyncio.run(OneHopHandler()(scope, receive, send))
    return sent


def body_of(sent):
    return b"".join(message.get("body", b"") for message in sent)


def test_a_body_that_comes_in_pieces_is_read_whole():
    sent = ask("/echo", b"abc", b"def")
    assert (sent[0]["status"], body_of(sent)) == (200, b"fedcba")
    assert (b"dateline-length", b"6") in sent[0]["headers"]


def test_a_long_body_is_read_whole():
    piece = bytes(range(256)) * 256
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10**8):
        sent = ask("/echo", *[piece] * 50)
    assert len(body_of(sent)) == 50 * len(piece)


def test_nobody_is_answered_who_left_before_the_body_was_there():
    assert ask("/echo", b"abc", leaves=True) == []


def test_what_a_view_yields_is_sent():
    sent = ask("/drip", b"three")
    assert (sent[0]["status"], body_of(sent)) == (200, b"one two three")
    assert not sent[-1].get("more_body", False)
