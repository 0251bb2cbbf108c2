"""Make the README's pictures anew: `./.venv/bin/python -m tools.pictures [URL]`.

Runs the demo in a folder of its own, or takes the one at the address given, waits until its
pictures are drawn, and photographs the front on a desk by day and by night, and on a telephone a
story, a chat and the front in Arabic.
"""

import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.packages import CHROMIUM, explain, find

HERE = Path(__file__).resolve().parent.parent / "docs" / "pictures"
STORY, TALKED_OF = "orchestra", "storm-agda-comes-ashore"
PATIENCE, DRAWING = 60.0, 1200.0
SHOWN = """() => [...document.images]
  .filter((one) => one.getBoundingClientRect().top < innerHeight)
  .every((one) => one.complete)"""
DESK, TELEPHONE = (1440, 900), (390, 780)


@dataclass(frozen=True)
class Shot:
    """One picture: of what, on which screen, in which light. Units: CSS pixels, WebP quality."""

    name: str
    path: str
    screen: tuple[int, int] = TELEPHONE
    light: str = "light"
    quality: int = 60


def main() -> int:
    """Make the pictures and return the exit status."""
    chromium = find(CHROMIUM)
    if chromium is None:
        sys.stderr.write(f"missing for {explain(CHROMIUM)}\n")
        return 1
    with _newsroom() as url, sync_playwright() as playwright:
        story = _story_drawn(url)
        chat = f"{_link(url, '/science/', TALKED_OF)}/chat/"
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        for shot in (
            Shot("front-day", "/", DESK),
            Shot("front-night", "/", DESK, "dark"),
            Shot("story", story),
            Shot("chat", chat, light="dark"),
            Shot("arabic", "/ar/"),
        ):
            _take(browser, url, shot)
        browser.close()
    return 0


@contextmanager
def _newsroom() -> Iterator[str]:
    """Give the address of the newsroom that was named, or of a new one that ends afterwards."""
    if sys.argv[1:]:
        yield sys.argv[1].rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="dateline-pictures-") as place:
        home = Path(place) / "newsroom"
        words = [sys.executable, "-m", "dateline", "demo", "--home", str(home), "--port", "0"]
        with (Path(place) / "log").open("wb") as log:
            process = subprocess.Popen(words, stdout=log, stderr=log)  # noqa: S603
        try:
            yield _address(Path(place) / "log")
        finally:
            process.terminate()
            process.wait(30)


def _address(log: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = re.search(r"Site +(http://\S+?)/\n", log.read_text())
        if found:
            return found[1]
        time.sleep(0.2)
    raise SystemExit(log.read_text()[-2000:])


def _story_drawn(url: str) -> str:
    """Return the story's address once its picture and its author's portrait are drawn."""
    story = _link(url, "/culture/?kind=feature", STORY)
    until = time.monotonic() + DRAWING
    while time.monotonic() < until:
        html = _read(f"{url}{story}")
        if "lead-picture" in html and "has-portrait" in html:
            return story
        time.sleep(2)
    raise SystemExit("the pictures of the sample were not drawn in time")


def _link(url: str, listed_at: str, words: str) -> str:
    """Return the address of the story with these words in it, else of the first in the list."""
    links: list[str] = re.findall(
        r'class="card-link" href="(/\d{8}/[^"]+)"', _read(f"{url}{listed_at}")
    )
    return next((link for link in links if words in link), links[0])


def _read(url: str) -> str:
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text


def _take(browser: Browser, url: str, shot: Shot) -> None:
    width, height = shot.screen
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.light,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{url}{shot.path}")
    page.wait_for_function(SHOWN)
    page.wait_for_timeout(1500)
    made = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    made.save(HERE / f"{shot.name}.webp", quality=shot.quality, method=6)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
