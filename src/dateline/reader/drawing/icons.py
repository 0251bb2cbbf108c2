"""Draw the site's icons: `python -m dateline.reader.drawing.icons` after a change of the mark.

The results are kept beside the other static files; `icon.svg` is the same mark, written by hand.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "static" / "reader" / "icons"
NIGHT, INK, SEA = "#14181b", "#eef1ef", "#7bd0e0"
# Name, size in pixels, and how much of it the mark fills: a maskable icon loses up to a fifth.
ICONS = (
    ("icon-192.png", 192, 1.0),
    ("icon-512.png", 512, 1.0),
    ("mask-512.png", 512, 0.72),
    ("touch-180.png", 180, 0.86),
)
_OVERSAMPLED = 4
_COLOURS = 32


def draw_icon(size: int, share: float) -> Image.Image:
    """Return the mark on the agency's night: a globe crossed by the date line."""
    side = size * _OVERSAMPLED
    unit = side / 32 * share
    image = Image.new("RGB", (side, side), NIGHT)
    draw = ImageDraw.Draw(image)
    middle = side / 2
    radius, wide = 10 * unit, round(2 * unit)
    draw.ellipse(
        [middle - radius, middle - radius, middle + radius, middle + radius], None, INK, wide
    )
    draw.line([(middle - radius, middle), (middle + radius, middle)], INK, wide)
    draw.line([(middle, middle - 13 * unit), (middle, middle + 13 * unit)], SEA, round(3 * unit))
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(_COLOURS)


def main() -> None:
    """Write all icons."""
    FOLDER.mkdir(exist_ok=True)
    for name, size, share in ICONS:
        draw_icon(size, share).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
