"""A database connection that broke is replaced by the next request, in whichever thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse

from dateline.config.asgi import OneHopHandler
from dateline.journal.queries import head
from dateline.publishing.announce import JournalSource

pytestmark = pytest.mark.database


@pytest.fixture
def server(committed):
    if connection.vendor == "sqlite":
        pytest.skip("a connection to a file does not break")


def break_connection():
    connection.ensure_connection()
    connection.connection.close()


def test_a_thread_of_the_desk_comes_back(server):
    handler = OneHopHandler()
    handler._threads = ThreadPoolExecutor(1)
    handler.get_response = lambda _request: HttpResponse(str(head()))
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    try:
        for _ in range(2):
            answer = asyncio.run(handler.render(scope, 1000))
            assert answer.body.decode() == str(head())
            handler._threads.submit(break_connection).result()
    finally:
        handler._threads.submit(lambda: connection.close()).result()
        handler._threads.shutdown()


def test_the_journal_is_read_again(server):
    async def follow():
        source = JournalSource()
        try:
            await source._in_thread(break_connection)
            return await source.head()
        finally:
            source.close()

    assert asyncio.run(follow()) == head()
