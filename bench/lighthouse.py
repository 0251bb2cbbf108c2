"""Lighthouse's four scores on the sample newsroom, as a phone on a slow network meets it."""

import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tools.packages import CHROMIUM, explain, find

from .newsroom import newsroom

NODE = Path(__file__).parent / "node"
PROGRAM = NODE / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RESULTS = "/search/?q=talks"
"""What was found asks search engines not to list it, on purpose; that audit is left out there."""
FULL, SETTLE_SECONDS, PATIENCE, TRIES = 100, 90, 180, 3


@dataclass
class Report:
    """The four scores of each page, each the median of its rounds, and what held them down."""

    scores: dict[str, dict[str, int]]
    faults: dict[str, list[str]]

    @property
    def met(self) -> bool:
        return all(score == FULL for row in self.scores.values() for score in row.values())

    def as_dict(self) -> dict:
        return {"met": self.met, "scores": self.scores, "faults": self.faults}

    def as_table(self) -> str:
        lines = [f"{'':10} " + " ".join(f"{name:>15}" for name in CATEGORIES)]
        for page, row in self.scores.items():
            lines.append(f"{page:10} " + " ".join(f"{row[name]:15}" for name in CATEGORIES))
            lines += [f"           {fault}" for fault in self.faults[page]]
        return "\n".join(lines)


def run(options) -> Report:
    """Start a new demo, let its pictures be drawn, and walk every page in each round."""
    _provide()
    scores: dict[str, dict[str, int]] = {}
    faults: dict[str, list[str]] = {}
    with newsroom() as running, tempfile.TemporaryDirectory(prefix="bench-lighthouse-") as place:
        time.sleep(SETTLE_SECONDS)
        for name, path in _pages(running.url).items():
            if options.only and options.only not in name:
                continue
            told = [_told(f"{running.url}{path}", Path(place)) for _ in range(options.rounds)]
            scores[name] = {
                category: round(statistics.median(one[category] for one, _ in told))
                for category in CATEGORIES
            }
            faults[name] = sorted({fault for _, found in told for fault in found})
    return Report(scores, faults)


def _provide() -> None:
    """Install the locked Lighthouse beside this file when it is not there."""
    if find(CHROMIUM) is None:
        raise SystemExit(f"missing for {explain(CHROMIUM)}")
    if not shutil.which("npm"):
        raise SystemExit("missing for Lighthouse: install npm (Debian's name)")
    if not PROGRAM.exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=NODE, check=True)


def _pages(url: str) -> dict[str, str]:
    front = urlopen(f"{url}/", timeout=10).read().decode()
    story = re.search(r'class="card-link" href="(/\d{8}/[^"]+)"', front)
    if story is None:
        raise SystemExit("the front shows no story")
    return {
        "front": "/",
        "section": "/world/",
        "story": story[1],
        "topic": "/topics/ostrel/",
        "search": "/search/",
        "results": RESULTS,
    }


def _told(url: str, place: Path) -> tuple[dict[str, float], list[str]]:
    """Return one run's scores and the audits that are not full and count."""
    file = place / "report.json"
    command = [str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={file}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--skip-audits=is-crawlable"] if url.endswith(RESULTS) else []
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = {**os.environ, "CHROME_PATH": str(find(CHROMIUM))}
    _walk(command, environment)
    report = json.loads(file.read_text())
    scores = {name: report["categories"][name]["score"] * FULL for name in CATEGORIES}
    counted = {
        audit["id"]
        for category in report["categories"].values()
        for audit in category["auditRefs"]
        if audit["weight"]
    }
    held = [
        f"{name} {audit['score']:.2f} {audit.get('displayValue', '')}".strip()
        for name, audit in report["audits"].items()
        if name in counted and audit["score"] is not None and audit["score"] < 1
    ]
    return scores, held


def _walk(command: list[str], environment: dict[str, str]) -> None:
    """Run Lighthouse; its browser now and then does not come up, so more than once if need be."""
    for _ in range(TRIES):
        done = subprocess.run(
            command, env=environment, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
        if done.returncode == 0:
            return
    raise SystemExit(f"Lighthouse failed {TRIES} times: {done.stderr.strip()[-500:]}")
