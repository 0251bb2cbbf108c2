"""What a link to a story looks like where it is shared: 1200 by 630 pixels, drawn here.

A story with a picture shows it whole over the agency's strip; one without shows its headline on the
agency's night, hung on the date line.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from dateline.reader.drawing.letters import Hand, can_write

SIZE = (1200, 630)
STRIP = 84
EDGE = 72
NIGHT, INK, QUIET, SEA = "#14181b", "#eef1ef", "#a9b3b7", "#7bd0e0"
_SIZES = (84, 76, 68, 60, 54, 48, 42)
_ROOM = SIZE[0] - 2 * EDGE - 56
_TALLEST = 370
_QUALITY = 86


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a share picture says; `picture` is a picture's file, `focus` its focal point, 0 to 1."""

    headline: str
    section: str
    agency: str
    is_rtl: bool = False
    picture: bytes | None = None
    focus: tuple[float, float] = (0.5, 0.5)


def draw_share_picture(shared: Shared) -> bytes:
    """Return a share picture as JPEG; nothing of the camera's notes comes along."""
    image = _with_picture(shared) if shared.picture else _with_headline(shared)
    made = BytesIO()
    image.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()


def _with_picture(shared: Shared) -> Image.Image:
    image = Image.new("RGB", SIZE, NIGHT)
    with Image.open(BytesIO(shared.picture or b"")) as given:
        room = (SIZE[0], SIZE[1] - STRIP)
        image.paste(ImageOps.fit(given.convert("RGB"), room, centering=shared.focus), (0, 0))
    draw = ImageDraw.Draw(image)
    base = SIZE[1] - 28
    _mark(draw, _at(shared, EDGE - 24), base - 14, 17)
    _line(draw, shared, base, (shared.agency, EDGE + 12, 40, INK))
    if can_write(shared.section):
        _line(draw, shared, base, (shared.section, -EDGE, 30, QUIET))
    return image


def _with_headline(shared: Shared) -> Image.Image:
    image = Image.new("RGB", SIZE, NIGHT)
    draw = ImageDraw.Draw(image)
    x = _at(shared, EDGE)
    draw.line([(x, 0), (x, SIZE[1])], fill=SEA, width=6)
    _mark(draw, x, 100, 26)
    _line(draw, shared, 114, (shared.agency, EDGE + 56, 46, INK))
    if can_write(shared.headline):
        _headline(draw, shared)
    if can_write(shared.section):
        _line(draw, shared, SIZE[1] - 58, (shared.section, EDGE + 56, 34, SEA))
    return image


def _headline(draw: ImageDraw.ImageDraw, shared: Shared) -> None:
    hand, lines = _largest(shared)
    step = hand.size * (1.35 if shared.is_rtl else 1.12)
    y = 150 + (_TALLEST - step * len(lines)) / 2 + hand.size
    for number, line in enumerate(lines):
        hand.write(draw, (_at(shared, EDGE + 56), y + number * step), line, INK)


def _largest(shared: Shared) -> tuple[Hand, list[str]]:
    """Return the largest writing in which the headline has room, or the smallest, cut short."""
    for size in _SIZES:
        hand = Hand(size, 600, shared.is_rtl)
        lines = hand.fitted(shared.headline, _ROOM)
        fits = all(hand.width(line) <= _ROOM for line in lines)
        if fits and len(lines) * size * (1.35 if shared.is_rtl else 1.12) <= _TALLEST:
            return hand, lines
    return hand, [*lines[:5], f"{lines[5]}…"] if len(lines) > 6 else lines


def _line(
    draw: ImageDraw.ImageDraw, shared: Shared, y: float, what: tuple[str, int, int, str]
) -> None:
    """Write one line; a negative place counts from the far edge, to the end of the line."""
    text, place, size, fill = what
    if not can_write(text):
        return
    hand = Hand(size, 600, shared.is_rtl)
    start = place if place >= 0 else SIZE[0] + place - hand.width(text)
    hand.write(draw, (_at(shared, start), y), text, fill)


def _at(shared: Shared, x: float) -> float:
    return SIZE[0] - x if shared.is_rtl else x


def _mark(draw: ImageDraw.ImageDraw, x: float, y: float, radius: int) -> None:
    """Draw the house's mark: a globe crossed by the date line."""
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], NIGHT, INK, width=4)
    draw.line([(x - radius, y), (x + radius, y)], fill=INK, width=4)
    draw.line([(x, y - radius * 1.3), (x, y + radius * 1.3)], fill=SEA, width=6)
