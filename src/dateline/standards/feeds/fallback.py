"""Ill-formed feeds: read in a child process with limits on time, memory and output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import dateline
from dateline.standards.errors import CopyError
from dateline.standards.feeds.entry import Entry, entry_from_json
from dateline.standards.feeds.xml import IllFormed

_WALL_SECONDS = 10
_LARGEST = 2_000_000
_COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "dateline.standards.feeds.worker")
_NO_FEED = 3


def read_ill_formed(data: bytes, broken: IllFormed) -> list[Entry]:
    """Read what can be read of an ill-formed feed.

    Raises:
        CopyError: `bad-xml` when nothing can, `too-slow` when the child meets one of its limits.
    """
    if len(data) > _LARGEST:
        raise broken.refusal()
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, the feed goes in by its input
            _COMMAND,
            input=data,
            capture_output=True,
            timeout=_WALL_SECONDS,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(broken) from None
    if done.returncode == _NO_FEED:
        raise broken.refusal()
    if done.returncode != 0:
        raise _too_slow(broken)
    return [entry_from_json(raw) for raw in json.loads(done.stdout)]


def _environment() -> dict[str, str]:
    root = str(Path(next(iter(dateline.__path__))).parent)
    kept = {
        key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if key in os.environ
    }
    return {**kept, "PYTHONPATH": root}


def _too_slow(broken: IllFormed) -> CopyError:
    return CopyError(
        "too-slow",
        f"the feed is not well-formed ({broken.message}) and could not be repaired in time",
        cure="ask the source to correct it",
        where=f"line {broken.line} column {broken.column}",
    )
