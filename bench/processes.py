"""Starting, pinning, timing and ending the processes that a benchmark looks at."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1


def pinned(core: int) -> list[str]:
    """Return the words that pin a command to a core, where the machine has that core."""
    allowed = sorted(os.sched_getaffinity(0))
    if shutil.which("taskset") is None or len(allowed) < 2:
        return []
    return ["taskset", "-c", str(allowed[core % len(allowed)])]


def pin(pid: int, core: int) -> None:
    """Move a running process, with all its threads, to a core, where the machine has that core."""
    allowed = sorted(os.sched_getaffinity(0))
    for task in Path(f"/proc/{pid}/task").iterdir() if len(allowed) > 1 else ():
        os.sched_setaffinity(int(task.name), {allowed[core % len(allowed)]})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, *, core: int = SERVER_CORE, **options):
    """Run a server until the block ends; yields its process once the port answers."""
    process = subprocess.Popen([*pinned(core), *command], **options)
    try:
        await_port(process, port)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_port(process: subprocess.Popen, port: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the server ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing answers on port {port} after {seconds} s")


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        if children.exists():
            found += map(int, children.read_text().split())
    return found


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process and its children have had, to the microsecond."""
    total = 0
    for member in family(pid):
        for task in Path(f"/proc/{member}/task").glob("*/schedstat"):
            total += int(task.read_text().split()[0])
    return total / 1e9


def asked(port: int, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Ask once over plain HTTP; return status, headers in lower case, and the undecoded body."""
    lines = [f"GET {target} HTTP/1.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        data = b"".join(iter(lambda: line.recv(1 << 20), b""))
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    found = {name.lower(): value for name, value in (item.split(": ", 1) for item in rest)}
    return int(first.split(" ")[1]), found, body
