"""A newsroom's own Python, kept warm: each command line runs in a fork of one process.

To start Python and import a newsroom takes seconds, and journeys ask for it many times.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer
from typing import NoReturn

PATIENCE = 180.0
ROOT = Path(__file__).resolve().parents[2]


class Hand:
    """A process that runs command lines of one newsroom, one after another."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.hand"],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": "dateline.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        """Run a command line as `python -m dateline` would, and return what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = Timer(PATIENCE, self._process.kill)
        late.start()
        try:
            self._process.stdin.write(json.dumps(arguments) + "\n")
            self._process.stdin.flush()
            told = json.loads(self._process.stdout.readline())
        finally:
            late.cancel()
        return subprocess.CompletedProcess(arguments, *told)

    def let_go(self) -> None:
        """End the process."""
        self._process.communicate(timeout=PATIENCE)


def _work_until_nothing_comes() -> None:
    import django

    from dateline.config.commands import main

    django.setup()
    for line in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                _run(main, json.loads(line), out.fileno(), err.fileno())
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            printed = [file.seek(0) or file.read().decode(errors="replace") for file in (out, err)]
        sys.stdout.write(json.dumps([status, *printed]) + "\n")
        sys.stdout.flush()


def _run(main: Callable[[], None], arguments: list[str], out: int, err: int) -> NoReturn:
    for mine, kept in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
        os.dup2(mine, kept)
    status = 0
    try:
        sys.argv = ["dateline", *arguments]
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - told, as a process of its own would tell it
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _work_until_nothing_comes()
