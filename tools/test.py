"""`./dateline test`: every test, on SQLite and on a throw-away PostgreSQL, with a real browser."""

import os
import subprocess
import sys
from collections.abc import Sequence

from tools.check import UNITS, install_javascript_tools
from tools.packages import CHROMIUM, POSTGRESQL, REDIS, explain, provide
from tools.postgresql import throw_away_server

# Files begin in the order of tests/conftest.py, those that take long first.
_TWO = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
_HELP = """Usage: dateline test [PYTEST ARGUMENTS]

Runs every test: on SQLite with real Chromium, then those that touch the database once more on a
throw-away PostgreSQL. With arguments, runs just what they name, on SQLite.

  --after-check  Leave out what `./dateline check` has just run: tests that need nothing.

Random walks are the same each time; `--hypothesis-profile seek` has them go elsewhere, and longer.

  Example: dateline test tests/stories -k publish
  Example: dateline test --hypothesis-profile seek tests/newsfeed/test_counter_is_exact.py
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
    is_after_check = list(arguments) == ["--after-check"]
    if arguments and not is_after_check:
        return _pytest(list(arguments))
    left = f"not journey and not ({UNITS})" if is_after_check else "not journey"
    first = _pytest([*_TWO, "-m", left, "tests"])
    # In processes of their own: a browser's event loop suffers no other beside it.
    first = _pytest([*_TWO, "-m", "journey and not alone", "tests/journeys"]) or first
    first = _pytest(["-m", "journey and alone", "tests/journeys"]) or first
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
