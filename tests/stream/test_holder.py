"""Readers held by nchan, with the configuration that is delivered: all is told, in order."""

import asyncio
import os
import re
import socket
import subprocess
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.stream.holder import Holder
from tests.stream.fakes import MemorySource, blocks, serving
from tools.packages import NCHAN, NGINX, explain, find

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
WHOLE = """
daemon off;
{user}
load_module {module};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {delivered}
}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@asynccontextmanager
async def nginx(folder, backend):
    """Run nginx with nchan before a backend; yields the ports for readers and for publishing."""
    module = find(NCHAN)
    if module is None or find(NGINX) is None:
        pytest.skip(explain(NCHAN))
    front, tell = free_port(), free_port()
    delivered = (DEPLOY / "nginx-nchan.conf").read_text().replace("/etc/nginx", str(DEPLOY))
    for written, used in (("8000", backend), ("8080", front), ("8081", tell)):
        delivered = delivered.replace(f"127.0.0.1:{written}", f"127.0.0.1:{used}")
    user = "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(WHOLE.format(user=user, module=module, folder=folder, delivered=delivered))
    words = [str(find(NGINX)), "-c", str(conf), "-p", str(folder), "-e", str(folder / "error.log")]
    process = subprocess.Popen(words)
    try:
        await until_open(front, folder)
        yield front, tell
    finally:
        process.terminate()
        process.wait(10)


async def until_open(port, folder):
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise TimeoutError((folder / "error.log").read_text())


class Reader:
    """A browser's line: it comes back with its number, and passes over what it knows."""

    def __init__(self, port, after, channels="newsfeed:en"):
        self.port, self.after, self.channels = port, after, channels
        self.heard, self.statuses = [], set()
        self.times = 0
        self.task = asyncio.create_task(self._follow())

    async def _follow(self):
        while True:
            self.times += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            ask = f"GET /-/stream?channels={self.channels}&after={self.after} HTTP/1.0"
            writer.write(f"{ask}\r\nHost: localhost\r\n\r\n".encode())
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                self.statuses.add(head.split(b" ")[1])
                await self._read(reader)
            finally:
                writer.close()
                await writer.wait_closed()
            await asyncio.sleep(0.1)

    async def _read(self, reader):
        text = b""
        while data := await reader.read(65536):
            *whole, text = (text + data).split(b"\n\n")
            for block in blocks(b"".join(one.lstrip(b"\n") + b"\n\n" for one in whole)):
                number = int(block.get(b"id", b"0"))
                if b"data" in block and number > self.after:
                    self.heard.append(number)
                self.after = max(self.after, number)

    async def stop(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def hears(self, *numbers):
        async with asyncio.timeout(10):
            while len(self.heard) < len(numbers):
                await asyncio.sleep(0.01)
        assert self.heard == list(numbers)


@pytest.mark.slow
def test_readers_are_held_by_nchan_and_told_the_same(run, tmp_path):
    async def scenario():
        source = MemorySource()
        for _ in range(3):
            source.publish("newsfeed:en")
        async with (
            serving(source, heartbeat=timedelta(seconds=6)) as (hub, port),
            nginx(tmp_path, port) as (front, tell),
        ):
            hub.holder = Holder([f"http://127.0.0.1:{tell}/-/tell"])
            early, fresh = Reader(front, 1), Reader(front, 3)
            await early.hears(2, 3)
            while early.times < 2:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
            for _ in range(3):
                source.publish("newsfeed:en")
            source.publish("live:7")
            await early.hears(2, 3, 4, 5, 6)
            await fresh.hears(4, 5, 6)
            late = Reader(front, 6)
            other = Reader(front, 6, "live:7,newsfeed:en")
            await other.hears(7)
            await asyncio.sleep(0.5)
            assert len(hub.roll) == 2, "one for each set of channels"
            source.publish("newsfeed:en", "live:7")
            await late.hears(8)
            await other.hears(7, 8)
            assert (early.times, fresh.times, late.times, other.times) == (2, 1, 1, 2)
            assert early.statuses == other.statuses == {b"200"}
            await hub.stop(timedelta(seconds=5))
            await asyncio.sleep(0.5)
            assert fresh.times > 1, "a holder that is left sends its readers away"
            for reader in (early, fresh, late, other):
                await reader.stop()

    run(scenario())


def test_the_delivered_configuration_tells_of_the_setting():
    text = (DEPLOY / "nginx-nchan.conf").read_text()
    from dateline.config.settings_table import Settings

    [address] = re.findall(r'stream_holders = \["(.*)"\]', text)
    assert Settings(stream_holders=address).stream_holders == [address]
