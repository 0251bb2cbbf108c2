"""Two machines: newsrooms with folders of their own that share a database, maybe a Redis."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.journeys.running import Running
from tools.packages import POSTGRESQL, REDIS, explain, find
from tools.postgresql import throw_away_server


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


@pytest.fixture(scope="module")
def database():
    if find(POSTGRESQL) is None:
        missing(POSTGRESQL)
    with throw_away_server() as address:
        yield address


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
def machines(database, tmp_path_factory):
    """Return a function that starts two machines, both with the given settings."""
    with ExitStack() as running:

        def start(name, **settings):
            import psycopg

            with psycopg.connect(database, autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            address = urlsplit(database)._replace(path=f"/{name}").geturl()
            folder = tmp_path_factory.mktemp(name)
            common = {
                "database": address,
                "secret_key": "s" * 50,
                "sample_pictures": "no",
                **settings,
            }
            made = []
            for part, command in (("a", "demo"), ("b", "run")):
                machine = Running(folder / part, command, dict(common))
                running.callback(lambda machine=machine: machine.process and machine.stop())
                made.append(machine.start())
            shutil.rmtree(folder / "b" / "media", ignore_errors=True)
            (folder / "b" / "media").symlink_to(folder / "a" / "media")  # a disk that both see
            return made

        yield start
