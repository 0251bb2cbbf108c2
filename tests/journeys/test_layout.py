"""The page of parts stands as it was reviewed: where its boxes are, and what the kinds look like.

The page is made steady first (`steady.js`): our own font for every word. Boxes are
compared with room for another machine's rounding, pictures as tiles of ink (`ink.py`). Made anew,
to be looked at, by `NEW_LAYOUT=1 ./dateline test tests/journeys/test_layout.py -m journey`. Whole
pages are held to their pictures by `test_whole_pages.py`.
"""

import json
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.ink import SCALE, ink, mark, moved

HERE = Path(__file__).parent / "layout"
BOXES = HERE / "boxes.json"
STEADY = (Path(__file__).parent / "steady.js").read_text()
IS_NEW = bool(os.environ.get("NEW_LAYOUT"))
LOOKS = [("ltr-light", 1440), ("ltr-light", 390), ("rtl-dark", 1440), ("rtl-dark", 390)]
KINDS = ["news", "live", "offbeat", "feature", "analysis"]
TOLERANCE_PIXELS, TOLERANCE_SHARE = 24, 0.05
MEASURE = """() => {
  const boxes = {};
  for (const part of document.querySelectorAll("[data-part]")) {
    const top = part.getBoundingClientRect();
    const seen = {};
    for (const one of part.querySelectorAll("[class], h1, h2, h3, img")) {
      const box = one.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      // A script adds these whenever it comes.
      if (one.classList.contains("enlarge")) continue;
      const base = one.className.split?.(" ")[0] || one.localName;
      const n = (seen[base] = (seen[base] ?? 0) + 1);
      if (n > 2) continue;
      boxes[`${part.dataset.part} ${base} ${n}`] = [
        box.x, box.y - top.y, box.width, box.height,
      ].map(Math.round);
    }
  }
  return boxes;
}"""


@pytest.fixture
def steadied(open_page):
    def open_steadied(url, width):
        small = {"reduced_motion": "reduce", "device_scale_factor": SCALE}
        page = open_page(url, width=width, height=1400, **small)
        assert page.evaluate(f"({STEADY.strip().removesuffix(';')})"), "our own font"
        return page

    return open_steadied


def known():
    return json.loads(BOXES.read_text()) if BOXES.exists() else {}


def stands_elsewhere(was, now):
    limits = [max(TOLERANCE_PIXELS, TOLERANCE_SHARE * abs(n)) for n in was]
    # How far down a part something stands adds up what is above it.
    limits[1] = max(limits[1], 0.08 * abs(was[1]))
    return any(abs(a - b) > limit for a, b, limit in zip(was, now, limits, strict=True))


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_every_part_stands_where_it_was_reviewed(newsroom, steadied, look, width):
    boxes = steadied(f"{newsroom.url}/-/style/{look}", width).evaluate(MEASURE)
    name, everything = f"{look} {width}", known()
    if IS_NEW:
        HERE.mkdir(exist_ok=True)
        BOXES.write_text(json.dumps(everything | {name: boxes}, separators=(",", ":")) + "\n")
        return
    kept = everything[name]
    gone = sorted(set(kept) ^ set(boxes))
    away = {
        part: (was, boxes[part])
        for part, was in kept.items()
        if part in boxes and stands_elsewhere(was, boxes[part])
    }
    assert (gone, away) == ([], {})


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_looks_as_it_was_reviewed(newsroom, steadied, tmp_path, kind):
    page = steadied(f"{newsroom.url}/-/style/ltr-light", 1440)
    shot, file = page.locator(f"[data-part={kind}]").screenshot(), HERE / f"{kind}.png"
    if IS_NEW:
        ink(shot).save(file, optimize=True)
    found = moved(Image.open(file), ink(shot))
    assert not found, mark(shot, found, tmp_path / file.name)


def test_the_pictures_kept_are_small():
    kept = [file.stat().st_size for file in HERE.rglob("*.*")]
    assert sum(kept) <= 400 * 1024
