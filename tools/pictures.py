"""Make the README's pictures anew: `./.venv/bin/python -m tools.pictures`.

Runs the demo in a folder of its own, waits until its pictures are drawn, and photographs the front
on a desk and a story on a telephone.
"""

import io
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.packages import CHROMIUM, explain, find

HERE = Path(__file__).resolve().parent.parent / "docs" / "pictures"
STORY = "orchestra"
PATIENCE, DRAWING, QUALITY = 60.0, 1200.0, 82


def main() -> int:
    """Make both pictures and return the exit status."""
    chromium = find(CHROMIUM)
    if chromium is None:
        sys.stderr.write(f"missing for {explain(CHROMIUM)}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="dateline-pictures-") as place:
        home = Path(place) / "newsroom"
        words = [sys.executable, "-m", "dateline", "demo", "--home", str(home), "--port", "0"]
        with (Path(place) / "log").open("wb") as log:
            process = subprocess.Popen(words, stdout=log, stderr=log)  # noqa: S603
        try:
            url = _address(Path(place) / "log")
            story = _story_drawn(url)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=str(chromium), args=["--no-sandbox"]
                )
                _take(browser, f"{url}/", "front", (1440, 1000), 1.0)
                _take(browser, f"{url}{story}", "story", (390, 1120), 2.0)
                browser.close()
        finally:
            process.terminate()
            process.wait(30)
    return 0


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
    links = re.findall(
        r'class="card-link" href="(/\d{8}/[^"]+)"', _read(f"{url}/culture/?kind=feature")
    )
    story: str = next((link for link in links if STORY in link), links[0])
    until = time.monotonic() + DRAWING
    while time.monotonic() < until:
        html = _read(f"{url}{story}")
        if "lead-picture" in html and "has-portrait" in html:
            return story
        time.sleep(2)
    raise SystemExit("the pictures of the sample were not drawn in time")


def _read(url: str) -> str:
    with urlopen(url, timeout=10) as answer:  # noqa: S310
        text: str = answer.read().decode()
    return text


def _take(browser: Browser, url: str, name: str, size: tuple[int, int], scale: float) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale
    )
    page = context.new_page()
    page.goto(url, wait_until="networkidle" if name == "story" else "load")
    page.wait_for_timeout(1000)
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").save(HERE / f"{name}.webp", quality=QUALITY, method=6)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
