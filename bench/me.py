"""`/me` of a reader who is logged in, over one connection to the demo at rest."""

import re
import statistics
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import httpx

from .newsroom import await_rest, newsroom

MOST_MS, ASKED, MAIL = 2.0, 500, "bench@example.org"


@dataclass
class Report:
    """Milliseconds of each request, over all rounds."""

    spent: list[float]

    @property
    def met(self) -> bool:
        return statistics.median(self.spent) <= MOST_MS

    def as_dict(self) -> dict:
        return {"met": self.met, "median_ms": statistics.median(self.spent), "p99_ms": self.p99}

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.spent, n=100)[98]

    def as_table(self) -> str:
        middle = statistics.median(self.spent)
        end = "met" if self.met else "MISSED"
        return f"/me, asked and answered: median {middle:.2f} ms, p99 {self.p99:.2f} ms: {end}"


def run(options) -> Report:
    """Register over the site's own forms, then ask who is there."""
    spent: list[float] = []
    with newsroom(settings="sample_pictures = false\n") as running:
        cookie = _registered(running.url, running.home)
        await_rest(running.pid)
        line = HTTPConnection("localhost", running.port, timeout=30)
        for number in range(100 + ASKED * options.rounds):
            began = time.perf_counter()
            line.request("GET", "/me", headers={"Cookie": cookie})
            told = line.getresponse().read()
            if number >= 100:
                spent.append((time.perf_counter() - began) * 1000)
        if b'"name": "Bench"' not in told:
            raise SystemExit(told.decode())
    return Report(spent)


def _registered(url: str, home: Path) -> str:
    """Return the cookies of a browser that registered."""
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=60) as browser:
        _send(browser, "login", mail=MAIL, how="code")
        code = _code(home)
        _send(browser, "code", code=code)
        _send(browser, "name", name="Bench", agreed="on")
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def _code(home: Path) -> str:
    """Return the code in the letter that the runner writes a moment later."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for letter in (home / "mail").glob("*.eml"):
            if found := re.search(r"\b(\d{4} \d{4})\b", letter.read_text()):
                return found[1]
        time.sleep(0.05)
    raise SystemExit("no letter came")


def _send(browser: httpx.Client, page: str, **given: str) -> None:
    browser.get(f"/account/{page}/")
    token = browser.cookies["dateline_csrf"]
    sent = browser.post(f"/account/{page}/", data=given | {"csrfmiddlewaretoken": token})
    if sent.status_code != 302:
        raise SystemExit(f"/account/{page}/ answers {sent.status_code}")
