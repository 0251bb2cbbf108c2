"""Floods of what costs the server most, and what a reader of pressed pages notices of them."""

import http.cookiejar
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from .newsroom import await_rest, newsroom
from .processes import LOAD_CORE, pinned

MOST_P99_MS = 50.0
CLIENTS, PAUSE = 16, 0.005
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Report:
    """The reader's 99th percentile in each round of each flood, and how many times it struck."""

    p99_ms: dict[str, list[float]]
    struck: dict[str, list[int]]

    @property
    def met(self) -> bool:
        return all(statistics.median(found) <= MOST_P99_MS for found in self.p99_ms.values())

    def as_dict(self) -> dict:
        return {"met": self.met, "p99_ms": self.p99_ms, "struck": self.struck}

    def as_table(self) -> str:
        lines = [f"a reader of pressed pages beside floods of {CLIENTS} clients"]
        for name, found in self.p99_ms.items():
            p99, struck = statistics.median(found), statistics.median(self.struck[name])
            state = "met" if p99 <= MOST_P99_MS else "MISSED"
            ratio = p99 / max(statistics.median(self.p99_ms["quiet"]), 0.01)
            lines.append(
                f"{name:10} p99 {p99:6.1f} ms  {ratio:6.2f} of quiet  {struck:8.0f} a round  "
                f"{state}"
            )
        return "\n".join(lines)


def run(options) -> Report:
    """Read pressed pages at a steady pace, in quiet and beside each flood in turn."""
    p99: dict[str, list[float]] = {}
    struck: dict[str, list[int]] = {}
    seconds = max(options.seconds, 5)
    with newsroom(core=0, settings="sample_pictures = false\n") as running:
        await_rest(running.pid)
        for _ in range(options.rounds):
            for name in ("quiet", *FLOODS):
                flood = _begin(name, running.port, seconds)
                p99.setdefault(name, []).append(_read(running.port, seconds))
                struck.setdefault(name, []).append(_end(flood))
    return Report(p99, struck)


def _begin(name: str, port: int, seconds: int) -> subprocess.Popen | None:
    if name not in FLOODS:
        return None
    command = [*pinned(LOAD_CORE), sys.executable, "-m", "bench.floods", name, str(port)]
    flood = subprocess.Popen([*command, str(seconds + 1)], stdout=subprocess.PIPE, text=True)
    assert flood.stdout is not None
    flood.stdout.readline()  # its clients have their forms
    return flood


def _end(flood: subprocess.Popen | None) -> int:
    return int(json.loads(flood.communicate()[0])) if flood else 0


def _read(port: int, seconds: int) -> float:
    """Return the 99th percentile of a reader who asks for the front again and again."""
    line, took = HTTPConnection("localhost", port, timeout=30), []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        line.request("GET", "/", headers={"Accept-Encoding": "gzip"})
        line.getresponse().read()
        took.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    line.close()
    return round(statistics.quantiles(took, n=100)[98] * 1000, 2)


class Form:
    """A form of the site in the hands of one client, with its cookies and its token."""

    def __init__(self, address: str, fields: Callable[[], dict[str, str]]) -> None:
        self.address, self.fields = address, fields
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.token = self._token()

    def _token(self) -> str:
        with self.opener.open(self.address, timeout=60) as answer:
            found = _TOKEN.search(answer.read().decode())
        if found is None:
            raise SystemExit(f"{self.address} has no form")
        return found[1]

    def send(self) -> None:
        """Send the form, filled in anew; a refusal is as good an answer as any."""
        sent = urlencode({"csrfmiddlewaretoken": self.token, **self.fields()}).encode()
        try:
            self.opener.open(Request(self.address, sent), timeout=60).close()
        except HTTPError as refusal:
            refusal.close()


def _desk(site: str) -> Callable[[], None]:
    """Try names and passwords of the newsroom."""

    def fields() -> dict[str, str]:
        return {"username": f"nobody{random.random()}", "password": "not the password"}

    return Form(f"{site}/newsroom/login/", fields).send


def _password(site: str) -> Callable[[], None]:
    """Try mail addresses and passwords of readers."""

    def fields() -> dict[str, str]:
        return {"mail": _mail(), "password": "not the password", "how": "password"}

    return Form(f"{site}/account/login/", fields).send


def _register(site: str) -> Callable[[], None]:
    """Have codes sent to ever new addresses."""
    return Form(f"{site}/account/login/", lambda: {"mail": _mail(), "how": "code"}).send


def _mail() -> str:
    return f"nobody{random.randrange(1 << 40)}@example.com"


def _say(site: str) -> Callable[[], None]:
    """Say something in a chat without being logged in: it is shown once more, with the way in."""
    opener = build_opener()
    with opener.open(f"{site}/chats/", timeout=60) as answer:
        address = re.search(r'class="chat-link" href="([^"]+)"', answer.read().decode())
    if address is None:
        raise SystemExit("there is no chat")
    with opener.open(f"{site}{address[1]}", timeout=60) as answer:
        form = re.search(r'action="(/chats/\d+/say)"', answer.read().decode())
    if form is None:
        raise SystemExit("the chat has no form")

    def post() -> None:
        sent = urlencode({"text": f"No {random.randrange(1 << 30)}", "go": "post"}).encode()
        opener.open(Request(f"{site}{form[1]}", sent), timeout=60).close()

    return post


def _search(site: str) -> Callable[[], None]:
    def ask() -> None:
        words = f"the {random.randrange(1 << 30)} minister"
        build_opener().open(f"{site}/search/?{urlencode({'q': words})}", timeout=60).close()

    return ask


FLOODS: dict[str, Callable[[str], Callable[[], None]]] = {
    "desk": _desk,
    "password": _password,
    "register": _register,
    "say": _say,
    "search": _search,
}


def strike(name: str, site: str, seconds: float) -> int:
    """Do what a flood does from many clients at once; return how often it was done."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        deeds = list(clients.map(lambda _: FLOODS[name](site), range(CLIENTS)))
        print("ready", flush=True)
        until = time.monotonic() + seconds

        def keep_at(deed: Callable[[], None]) -> int:
            count = 0
            while time.monotonic() < until:
                deed()
                count += 1
            return count

        return sum(clients.map(keep_at, deeds))


if __name__ == "__main__":
    os.nice(5)  # whoever measures goes first
    print(strike(sys.argv[1], f"http://localhost:{sys.argv[2]}", float(sys.argv[3])))
