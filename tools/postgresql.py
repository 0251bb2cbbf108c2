"""A throw-away PostgreSQL server on a free port, in a folder of its own."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.packages import POSTGRESQL, find

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
}


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Run a server for the length of the block and give its address, as in the settings.

    PostgreSQL refuses to run as root: then the account `postgres` of the package runs it.
    """
    program = find(POSTGRESQL)
    if program is None:
        raise FileNotFoundError("postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgresql-"))
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if account:
        shutil.chown(folder, account.pw_uid, account.pw_gid)
    data, port = folder / "data", _free_port()
    owner = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
    command = [str(program.with_name("initdb")), "-D", str(data), "-U", "dateline", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **owner)  # noqa: S603
    options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(program), "-D", str(data), "-p", str(port), "-k", str(folder), *options]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **owner)  # noqa: S603
    try:
        _wait(server, port, folder)
        yield f"postgresql://dateline@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(20)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    program = Path(server.args[0]).with_name("pg_isready")  # type: ignore[index]
    ready = [str(program), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        if subprocess.run(ready, check=False).returncode == 0:  # noqa: S603
            return
        time.sleep(0.1)
    raise TimeoutError("PostgreSQL did not start")
