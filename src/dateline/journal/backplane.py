"""The doorbell between machines: a committed entry wakes the processes of all others.

Two kinds behind one interface: a channel of Redis (or Valkey), or PostgreSQL's own NOTIFY. Like the
doorbell of one machine it carries no content, and a lost ring is harmless: every listener also
looks at the journal once in a while by itself.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import structlog

log = structlog.get_logger(__name__)
_CHANNEL = "dateline_journal"
_PATIENCE = 0.5
_REST = 1.0
_LOOK_UP = 1.0


class Backplane(Protocol):
    """One way to ring the other machines, and to hear them.

    `troubles` are what may be raised when the way is broken.
    """

    troubles: tuple[type[Exception], ...]

    def send(self) -> None:
        """Wake every listener, on this machine too."""

    def rings(self) -> Iterator[bool]:
        """Yield True as soon as it listens and at each ring, and False now and then between."""

    def close(self) -> None:
        """Give back the connection of the ringing side; the next ring makes another."""


class RedisBackplane:
    """A channel of Redis or Valkey."""

    def __init__(self, url: str) -> None:
        import redis  # noqa: PLC0415 - only where Redis is used
        from redis.backoff import NoBackoff  # noqa: PLC0415
        from redis.retry import Retry  # noqa: PLC0415

        self.troubles: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        # Whoever has just published waits for this: it is tried once, and not for long.
        tried_once = {"retry": Retry(NoBackoff(), 0), "socket_connect_timeout": _PATIENCE}
        self._sender = redis.Redis.from_url(url, socket_timeout=_PATIENCE, **tried_once)
        self._listener = redis.Redis.from_url(
            url, socket_keepalive=True, health_check_interval=10, **tried_once
        )

    def send(self) -> None:
        """Publish an empty message."""
        self._sender.publish(_CHANNEL, b"")

    def close(self) -> None:
        """Give the connection back."""
        self._sender.close()

    def rings(self) -> Iterator[bool]:
        """Subscribe, and yield at each message."""
        listen: Any = self._listener.pubsub  # has no types
        with listen(ignore_subscribe_messages=True) as channel:
            channel.subscribe(_CHANNEL)
            yield True
            while True:
                yield channel.get_message(timeout=_LOOK_UP) is not None


class NotifyBackplane:
    """LISTEN and NOTIFY on a connection of its own; no transaction pooler may stand before it."""

    def __init__(self, address: str) -> None:
        import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

        self.troubles: tuple[type[Exception], ...] = (psycopg.Error, OSError)
        self._address = address
        self._sender: psycopg.Connection[Any] | None = None

    def send(self) -> None:
        """Notify outside of any transaction."""
        sender = self._sender
        if sender is None or sender.closed:
            sender = self._sender = self._connect()
        sender.execute(f"NOTIFY {_CHANNEL}")

    def close(self) -> None:
        """Give the connection back."""
        if self._sender is not None:
            self._sender.close()

    def rings(self) -> Iterator[bool]:
        """Listen, and yield at each notification."""
        with self._connect() as listener:
            listener.execute(f"LISTEN {_CHANNEL}")
            yield True
            while True:
                yield bool(list(listener.notifies(timeout=_LOOK_UP, stop_after=1)))

    def _connect(self) -> Any:
        import psycopg  # noqa: PLC0415 - only where the database is PostgreSQL

        return psycopg.connect(
            self._address, autocommit=True, connect_timeout=5, keepalives_idle=10
        )


class FarBell:
    """The ringing side: never raises and never waits long, and rests after a failure.

    Order: safe to call from any thread; the connection is made at the first ring, after a fork.
    """

    def __init__(self, make: Callable[[], Backplane]) -> None:
        self._make = make
        self._backplane: Backplane | None = None
        self._lock = threading.Lock()
        self._rests_until = 0.0
        self._pid = 0

    def ring(self) -> None:
        """Wake every other machine, if that can be done at once."""
        with self._lock:
            if time.monotonic() < self._rests_until:
                return
            backplane = self._own()
            try:
                backplane.send()
            except backplane.troubles as error:
                self._rests_until = time.monotonic() + _REST
                log.debug("other machines not rung", error=str(error))

    def close(self) -> None:
        """Give the connection back, unless it is that of the process this one was forked from."""
        with self._lock:
            if self._backplane is not None and self._pid == os.getpid():
                self._backplane.close()
                self._backplane = None

    def _own(self) -> Backplane:
        """Return this process's backplane: a connection of its parent's is not ours to use."""
        if self._backplane is None or self._pid != os.getpid():
            self._backplane, self._pid = self._make(), os.getpid()
        return self._backplane


class Ear(threading.Thread):
    """Hears other machines for one process, and finds its way back to a backplane that was away."""

    def __init__(self, make: Callable[[], Backplane], heard: Callable[[], object]) -> None:
        super().__init__(name="backplane", daemon=True)
        self._backplane = make()
        self._heard = heard
        self._stopping = threading.Event()
        self._is_away = False

    def run(self) -> None:
        """Listen until `stop()`, and say once that the backplane is away or back."""
        while not self._stopping.is_set():
            try:
                self._listen()
            except self._backplane.troubles as error:
                if not self._is_away:
                    log.warning("backplane away", error=str(error))
                self._is_away = True
                self._stopping.wait(_REST)

    def stop(self) -> None:
        """End within a second or so; nothing is heard any more."""
        self._stopping.set()

    def _listen(self) -> None:
        for rung in self._backplane.rings():
            if self._stopping.is_set():
                return
            if self._is_away:
                log.info("backplane back")
                self._is_away = False
            if rung:
                self._heard()
