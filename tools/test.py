"""`./dateline test`: every test, on SQLite and on a throw-away PostgreSQL, with a real browser."""

import os
import subprocess
import sys
from collections.abc import Sequence

from tools.check import install_javascript_tools
from tools.packages import CHROMIUM, POSTGRESQL, REDIS, explain, provide
from tools.postgresql import throw_away_server

_TWO = ("-n", "2", "--dist", "loadfile")
_HELP = """Usage: dateline test [PYTEST ARGUMENTS]

Runs every test: on SQLite with real Chromium, then those that touch the database once more on a
throw-away PostgreSQL. With arguments, runs just what they name, on SQLite.

  Example: dateline test tests/stories -k publish
"""


def main(arguments: Sequence[str]) -> int:
    """Run the tests and return the exit status."""
    if {"-h", "--help"} & set(arguments):
        sys.stdout.write(_HELP)
        return 0
    missing = provide(POSTGRESQL, CHROMIUM, REDIS)
    for program in missing:
        sys.stderr.write(f"dateline: missing for {explain(program)}\n")
    if missing and os.environ.get("CI"):
        return 1
    install_javascript_tools()
    if arguments:
        return _pytest(list(arguments))
    first = _pytest([*_TWO, "-m", "not journey", "tests"])
    # In a process of their own: a browser's event loop suffers no other beside it.
    first = _pytest(["-m", "journey", "tests"]) or first
    if POSTGRESQL in missing:
        return first
    sys.stderr.write("\ndateline: the database tests once more, on PostgreSQL\n")
    with throw_away_server() as address:
        on_postgresql = {"DATELINE_TEST_DATABASE": address}
        second = _pytest([*_TWO, "-m", "database and not slow", "tests"], on_postgresql)
    return first or second


def _pytest(arguments: list[str], more: dict[str, str] | None = None) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, **(more or {})}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
