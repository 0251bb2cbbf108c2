"""Django as an ASGI application: one hop into a thread for each request."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO, Any, TypeVar, cast

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from dateline.people.sessions import SessionStore
from dateline.press.asgi import Reply, Scope, TooBigError, send_reply
from dateline.press.page import Headers
from dateline.readers.queries import reader_in_session

THREADS = 4
T = TypeVar("T")


def is_staff(session_key: str) -> bool:
    """Say whether a session is that of somebody who may enter the newsroom."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    return bool(get_user(request).has_perm("wagtailadmin.access_admin"))


def is_reader(session_key: str) -> bool:
    """Say whether a session is that of a reader."""
    return reader_in_session(session_key) is not None


class OneHopHandler(ASGIHandler):
    """Django's ASGI handler with a middleware chain that is sync from end to end.

    The stock handler makes a thread for each request and goes there and back some five times; that
    took a quarter of what a form cost. Here a request enters one of a few threads once, with its
    whole body; each keeps its database connection, and gives up one that broke.
    """

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request: read its body, make the answer in one thread, send it."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        answer = await self._in_thread(self._answered, scope, body)
        if isinstance(answer, Reply):
            await send_reply(send, answer)
        else:
            await self._stream(answer, send)

    def _answered(self, scope: Scope, body: IO[bytes]) -> Reply | HttpResponseBase:
        """Return the whole answer to a request, or the response that streams it."""
        with body:
            response: Any = self._begun(scope, body)
        if response.streaming:
            return cast("HttpResponseBase", response)
        response.close()
        return Reply(response.status_code, _headers(response), response.content)

    def _begun(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        answered: Any = refused if request is None else self.get_response(request)
        return cast("HttpResponseBase", answered)

    async def _stream(self, response: HttpResponseBase, send: Any) -> None:
        """Send what a view yields; it runs in a thread of its own, as Django has it."""
        async with ThreadSensitiveContext():
            try:
                await self.send_response(response, send)
            finally:
                await sync_to_async(response.close)()

    async def render(self, scope: Scope, max_bytes: int) -> Reply:
        """Answer a request that has no body, from its arrival to its end in one thread.

        Raises: TooBigError when the answer's body is longer than `max_bytes`.
        """
        return await self._in_thread(self._render, scope, max_bytes)

    def _render(self, scope: Scope, max_bytes: int) -> Reply:
        response = self._begun(scope, BytesIO())
        try:
            return Reply(response.status_code, _headers(response), _body(response, max_bytes))
        finally:
            response.close()

    async def knows_staff(self, headers: Headers) -> bool:
        """Say whether a request's cookies are those of somebody who may enter the newsroom."""
        return await self._in_thread(_connected, is_staff, _session_in(headers))

    async def knows_reader(self, headers: Headers) -> bool:
        """Say whether a request's cookies are those of a reader who is logged in."""
        return await self._in_thread(_connected, is_reader, _session_in(headers))

    async def _in_thread(self, work: Callable[..., T], *given: Any) -> T:
        """Do work in one of the threads, to its end even if nobody waits for it any more."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._threads, work, *given))


def _connected(work: Callable[..., T], *given: Any) -> T:
    """Do work on a database connection that is good, and leave none that is not."""
    close_old_connections()
    try:
        return work(*given)
    finally:
        close_old_connections()


def _session_in(headers: Headers) -> str:
    """Return the key of the session that a request's cookies name, or nothing."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def _headers(response: HttpResponseBase) -> Headers:
    named = [(name.lower().encode(), value.encode("latin-1")) for name, value in response.items()]
    cookies = [(b"set-cookie", c.OutputString().encode()) for c in response.cookies.values()]
    return named + cookies


def _body(response: HttpResponseBase, max_bytes: int) -> bytes:
    body = bytearray()
    for part in response:
        body += part
        if len(body) > max_bytes:
            raise TooBigError
    return bytes(body)
