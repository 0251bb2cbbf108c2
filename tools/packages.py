"""Programs of the system that the tests need: found, or installed where that is possible."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """A program, where it may lie, and the Debian packages that bring it."""

    name: str
    places: tuple[str, ...]
    packages: tuple[str, ...]
    why: str


POSTGRESQL = Program(
    "postgres", ("/usr/lib/postgresql/*/bin",), ("postgresql",), "database tests on PostgreSQL"
)
CHROMIUM = Program(
    "chromium", ("/usr/bin",), ("chromium", "fonts-noto-core"), "journeys in a real browser"
)
REDIS = Program(
    "redis-server", ("/usr/bin",), ("redis-server",), "tests of machines that share a Redis"
)
NGINX = Program("nginx", ("/usr/sbin", "/usr/bin"), ("nginx-light",), "the benchmark's peer")
NCHAN = Program(
    "ngx_nchan_module.so",
    ("/usr/lib/nginx/modules",),
    ("libnginx-mod-nchan",),
    "tests of streams that nchan holds",
)
WRK = Program("wrk", ("/usr/bin",), ("wrk",), "the benchmark's load")


def find(program: Program) -> Path | None:
    """Return a program's path, or None.

    Its own places come first: PostgreSQL's other programs lie beside the one found there.
    """
    given = os.environ.get("DATELINE_CHROME") if program is CHROMIUM else None
    if given:
        return Path(given)
    for place in program.places:
        for path in sorted(Path("/").glob(f"{place.lstrip('/')}/{program.name}"), reverse=True):
            return path
    found = shutil.which(program.name)
    return Path(found).resolve() if found else None


def provide(*programs: Program) -> list[Program]:
    """Install what is missing, saying so; return what could not be had."""
    missing = [program for program in programs if find(program) is None]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        names = [name for program in missing for name in program.packages]
        sys.stderr.write(f"installing {' '.join(names)} with apt-get ...\n")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)  # noqa: S607
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    return [program for program in programs if find(program) is None]


def explain(program: Program) -> str:
    """Return one line that says what to install for what."""
    return f"{program.why}: install {' '.join(program.packages)} (Debian's names)"
