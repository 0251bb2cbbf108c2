"""`./dateline check`: format, lint, types, import contracts, templates, JavaScript, unit tests."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
UNITS = "not journey and not slow and not database"
CODE = ("src", "tests", "tools", "bench", "dateline")
_HELP = """Usage: dateline check

Checks format, lint, types, import contracts, templates and JavaScript, and runs the unit tests:
everything that needs no server and no browser.

  Example: dateline check
"""


@dataclass(frozen=True)
class Check:
    """One command that must end with status 0."""

    name: str
    command: tuple[str, ...]


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _templates() -> list[str]:
    return [str(path) for path in sorted((ROOT / "src").glob("dateline/*/templates/**/*.html"))]


def checks() -> list[Check]:
    """Return every check, the slowest first."""
    units = ("-m", "pytest", "-n", "2", "--dist", "loadfile", "-m", UNITS)
    found = [
        Check("unit tests", (sys.executable, *units, "tests")),
        Check("types", _tool("mypy")),
        Check("format", _tool("ruff", "format", "--check", "--quiet", *CODE)),
        Check("lint", _tool("ruff", "check", "--quiet", *CODE)),
        Check("import contracts", _tool("lint-imports", "--no-cache")),
        Check("catalogues", (sys.executable, "-m", "tools.catalogues", "--check")),
        Check("templates", _tool("djlint", "--lint", "--quiet", *_templates())),
        Check("template indent", _tool("djhtml", "--check", "--tabwidth", "2", *_templates())),
    ]
    if shutil.which("npm"):
        found += [
            Check("JavaScript types", ("node_modules/.bin/tsc", "-p", ".")),
            Check("JavaScript lint", ("node_modules/.bin/biome", "check", "--error-on-warnings")),
            Check("JavaScript tests", ("node", "--test", *_js_tests())),
        ]
    return found


def _js_tests() -> list[str]:
    return [str(path) for path in sorted((ROOT / "tests").glob("**/js/*.test.mjs"))]


def install_javascript_tools() -> None:
    """Install the locked checkers of scripts and pages, when any of them is not there."""
    wanted = [ROOT / "node_modules" / ".bin" / name for name in ("tsc", "biome", "html-validate")]
    if not shutil.which("npm"):
        sys.stderr.write("dateline: npm is missing; JavaScript and HTML are not checked\n")
    elif not all(program.exists() for program in wanted):
        sys.stderr.write("dateline: installing the locked JavaScript checkers ...\n")
        subprocess.run(["npm", "ci", "--silent"], cwd=ROOT, check=True)  # noqa: S607


def run(check: Check) -> tuple[Check, int, str, float]:
    """Run one check and return its status, what it printed and how long it took in seconds."""
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603
        check.command, cwd=ROOT, check=False, capture_output=True, text=True, env=os.environ
    )
    return check, done.returncode, done.stdout + done.stderr, time.monotonic() - began


def main(arguments: Sequence[str]) -> int:
    """Run every check, two at a time, and return how many failed."""
    if arguments:
        sys.stdout.write(_HELP)
        return 0 if set(arguments) <= {"-h", "--help"} else 2
    install_javascript_tools()
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for check, status, printed, seconds in pool.map(run, checks()):
            sys.stdout.write(f"{'FAIL' if status else 'ok  '} {check.name} ({seconds:.1f} s)\n")
            if status:
                failed += 1
                sys.stdout.write(printed.rstrip()[-8000:] + "\n")
            elif check.name == "unit tests":
                sys.stdout.write(f"     {printed.strip().splitlines()[-1]}\n")
            sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
