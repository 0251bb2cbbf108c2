"""Two machines: newsrooms with folders of their own that share a database, maybe a Redis."""

import os
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.running import Running, environment
from tools.packages import POSTGRESQL, REDIS, explain, find
from tools.postgresql import throw_away_server

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from pathlib import Path
from dateline.config.commands.common import open_house
open_house(Path(sys.argv[1]))
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "/machines/" in str(item.path):
            item.add_marker(pytest.mark.slow)


class Redis:
    """A Redis that keeps nothing, on one port for its life and after."""

    def __init__(self, program):
        self.program = program
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        arguments = ["--port", str(self.port), "--save", "", "--appendonly", "no"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([str(self.program), *arguments], **quiet)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("Redis did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


def missing(program):
    if os.environ.get("CI"):
        pytest.fail(f"missing for {explain(program)}")
    pytest.skip(explain(program))


@pytest.fixture(scope="session")
def database():
    if find(POSTGRESQL) is None:
        missing(POSTGRESQL)
    with throw_away_server() as address:
        yield address


@pytest.fixture(scope="session")
def migrated(database, tmp_path_factory):
    """Return the name of a database that two machines found new, and migrated at the same time."""
    address = new_database(database, "migrated", like="template1")
    folder = tmp_path_factory.mktemp("migrated")
    pair = [Running(folder / name, settings={"database": address}) for name in ("a", "b")]
    with ThreadPoolExecutor(len(pair)) as pool:
        list(pool.map(lambda machine: python(machine, OPEN), pair))
    return "migrated"


def python(newsroom, code):
    """Run code on a newsroom's data folder, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(newsroom.home)],
        cwd=ROOT,
        env=environment(newsroom.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def new_database(server, name, *, like):
    """Make a database in a server, as another one is, and return its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="module")
def redis():
    program = find(REDIS)
    if program is None:
        missing(REDIS)
    made = Redis(program)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def machines(database, migrated, tmp_path_factory):
    """Return a function that starts two machines at once, both with the given settings."""
    with ExitStack() as running:

        def start(name, **settings):
            address = new_database(database, name, like=migrated)
            folder = tmp_path_factory.mktemp(name)
            common = {
                "database": address,
                "secret_key": "s" * 50,
                "sample_pictures": "no",
                **settings,
            }
            made = [
                Running(folder / part, command, dict(common))
                for part, command in (("a", "demo"), ("b", "run"))
            ]
            for machine in made:
                running.callback(lambda machine=machine: machine.process and machine.stop())
            with ThreadPoolExecutor(len(made)) as pool:
                list(pool.map(Running.start, made))
            assert len(list(folder.glob("*/first-login.txt"))) == 1
            shutil.rmtree(folder / "b" / "media", ignore_errors=True)
            (folder / "b" / "media").symlink_to(folder / "a" / "media")  # a disk that both see
            return made

        yield start
