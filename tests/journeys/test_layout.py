"""The page of parts stands as it was reviewed: where its boxes are, and a few small pictures.

Boxes are compared, not pixels, since they survive another machine's antialiasing; the pictures are
small and compared loosely. Both need this machine's system font to be as wide as the one they were
made with; elsewhere they are skipped with that reason. Made anew, to be looked at, by
`NEW_LAYOUT=1 ./dateline test tests/journeys/test_layout.py -m journey`.
"""

import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

HERE = Path(__file__).parent / "layout"
BOXES = HERE / "boxes.json"
IS_NEW = bool(os.environ.get("NEW_LAYOUT"))
LOOKS = [("ltr-light", 1440), ("ltr-light", 390), ("rtl-dark", 1440), ("rtl-dark", 390)]
PICTURES = ["news", "live", "offbeat", "feature", "analysis"]
TOLERANCE_PIXELS = 24
TOLERANCE_SHARE = 0.05
MOST_DIFFERENCE = 6.0
COLOURS = 32
SMALL_WIDTH = 360
MEASURE = """() => {
  const probe = document.createElement("span");
  probe.textContent = "Hamburgefonstiv 0123 العربية";
  probe.className = "when";
  document.body.append(probe);
  const font = Math.round(probe.getBoundingClientRect().width);
  probe.remove();
  const boxes = {};
  for (const part of document.querySelectorAll("[data-part]")) {
    const top = part.getBoundingClientRect();
    const seen = {};
    for (const one of part.querySelectorAll("[class], h1, h2, h3, img")) {
      const box = one.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const base = one.className.split?.(" ")[0] || one.localName;
      const n = (seen[base] = (seen[base] ?? 0) + 1);
      if (n > 2) continue;
      boxes[`${part.dataset.part} ${base} ${n}`] = [
        box.x, box.y - top.y, box.width, box.height,
      ].map(Math.round);
    }
  }
  return { font, boxes };
}"""


@pytest.fixture
def parts(newsroom, open_page):
    def open_look(look, width):
        page = open_page(f"{newsroom.url}/-/style/{look}", width=width, height=900)
        page.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager' })")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(300)
        return page

    return open_look


def known():
    return json.loads(BOXES.read_text()) if BOXES.exists() else {}


def same_font_or_skip(told, kept):
    if abs(told["font"] - kept["font"]) > 1:
        pytest.skip(f"the system font is {told['font']} wide here, not {kept['font']}")


def moved(was, now):
    limits = [max(TOLERANCE_PIXELS, TOLERANCE_SHARE * abs(n)) for n in was]
    # How far down a part something stands adds up what is above it.
    limits[1] = max(limits[1], 0.08 * abs(was[1]))
    return any(abs(a - b) > limit for a, b, limit in zip(was, now, limits, strict=True))


@pytest.mark.parametrize(("look", "width"), LOOKS)
def test_every_part_stands_where_it_was_reviewed(parts, look, width):
    told = parts(look, width).evaluate(MEASURE)
    name, everything = f"{look} {width}", known()
    if IS_NEW:
        HERE.mkdir(exist_ok=True)
        BOXES.write_text(json.dumps(everything | {name: told}, separators=(",", ":")) + "\n")
        return
    kept = everything[name]
    same_font_or_skip(told, kept)
    boxes = told["boxes"]
    gone = sorted(set(kept["boxes"]) ^ set(boxes))
    away = {
        part: (was, boxes[part])
        for part, was in kept["boxes"].items()
        if part in boxes and moved(was, boxes[part])
    }
    assert (gone, away) == ([], {})


@pytest.mark.parametrize("part", PICTURES)
def test_a_kind_looks_as_it_was_reviewed(parts, part):
    page = parts("ltr-light", 1440)
    told = page.evaluate(MEASURE)
    shot = Image.open(io.BytesIO(page.locator(f"[data-part={part}]").screenshot()))
    height = round(shot.height * SMALL_WIDTH / shot.width)
    small = shot.convert("RGB").resize((SMALL_WIDTH, height), Image.Resampling.BOX)
    file = HERE / f"{part}.png"
    if IS_NEW:
        HERE.mkdir(exist_ok=True)
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        return
    same_font_or_skip(told, known()["ltr-light 1440"])
    kept = Image.open(file).convert("RGB")
    assert abs(kept.height - small.height) <= TOLERANCE_PIXELS
    difference = ImageChops.difference(kept, small.resize(kept.size))
    assert max(ImageStat.Stat(difference).mean) <= MOST_DIFFERENCE


def test_the_pictures_kept_are_small():
    assert sum(file.stat().st_size for file in HERE.iterdir()) <= 400 * 1024
