import asyncio

import pytest
import uvloop


@pytest.fixture(params=["asyncio", "uvloop"])
def run(request):
    """Run a coroutine on the loop of the standard library, then again on uvloop."""
    return {"asyncio": asyncio.run, "uvloop": uvloop.run}[request.param]
