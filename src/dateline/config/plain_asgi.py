"""The site as a plain ASGI application, for servers that cannot take our protocol class.

    uvicorn --http h11 dateline.config.plain_asgi:application

answers every request with the same bytes as `dateline run`, somewhat slower. `dateline run` starts
the runner as well; other servers need `python -m dateline.config.plain_asgi` beside them.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

from dateline.press.asgi import App, Receive, Scope, Send


class PlainApplication:
    """Press, stream and Django behind one ASGI callable; made ready by the lifespan's start."""

    def __init__(self) -> None:
        self._front: App | None = None
        self._stream: App | None = None
        self._source: Any = None
        self._hub: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if self._front is None:
            await self._start()
        from dateline.config.server import STREAM_PATH  # noqa: PLC0415 - after the set-up

        is_stream = scope["type"] == "http" and scope["path"] == STREAM_PATH
        app = self._stream if is_stream and scope["method"] == "GET" else self._front
        assert app is not None, "started above"  # noqa: S101
        await app(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self) -> None:
        await asyncio.to_thread(_open)
        from dateline.config.server import front_of, hub_of  # noqa: PLC0415 - needs Django
        from dateline.config.settings_in_force import settings_in_force  # noqa: PLC0415
        from dateline.publishing.announce import JournalSource  # noqa: PLC0415
        from dateline.stream.asgi import StreamApp  # noqa: PLC0415

        chosen = settings_in_force()
        front = front_of(chosen)
        self._source = JournalSource(front.refresh)
        self._hub = hub_of(chosen, self._source)
        await self._hub.start()
        self._front, self._stream = front, StreamApp(self._hub)

    async def _stop(self) -> None:
        from dateline.config.server import GRACE  # noqa: PLC0415 - after the set-up

        await self._hub.stop(GRACE)
        self._source.close()


def _open() -> None:
    from dateline.config.commands.common import open_house  # noqa: PLC0415 - sets Django up
    from dateline.config.static_files import prepare_static  # noqa: PLC0415

    open_house(Path(os.environ.get("DATELINE_HOME", "newsroom")))
    prepare_static()


application = PlainApplication()

if __name__ == "__main__":
    from dateline.config.worker import run_runner

    _open()
    run_runner()
