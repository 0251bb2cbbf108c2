"""The main of each supervised process."""

import os
import signal
import socket
import threading
from typing import Any

from django.conf import settings

from dateline.common.memory import collect_seldom, keep_few_arenas
from dateline.config.open_files import allow_files

RUNNER_NICENESS = 5
"""Readers come first: on one processor the runner gets a quarter beside a busy server."""


def run_server(listener: socket.socket) -> None:
    """Serve the site on a listening socket until TERM."""
    keep_few_arenas()
    collect_seldom()
    allow_files()
    import uvloop  # noqa: PLC0415 - not there on every platform

    from dateline.config.server import serve  # noqa: PLC0415 - imported once, in the child

    uvloop.run(serve(listener))


def run_runner() -> None:
    """Run effects, scheduler and jobs until TERM."""
    from dateline.publishing.runner import Runner  # noqa: PLC0415 - imported once, in the child

    os.nice(RUNNER_NICENESS)
    keep_few_arenas()
    collect_seldom()
    runner = Runner(most_tries=settings.DATELINE.effect_tries)

    def stop(*_: Any) -> None:
        runner.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runner.run()


def run_afternoon(pace: float) -> None:
    """Play the sample's afternoon until TERM; whatever befalls it harms nobody else."""
    from dateline.sample.playing import play_until_stopped  # noqa: PLC0415 - for the demo alone

    stopping = threading.Event()

    def stop(*_: Any) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    play_until_stopped(pace=pace, stopping=stopping)
