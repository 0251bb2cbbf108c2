"""Scenes of towns: skyline, harbour, bridge, old town, canal, station, market."""

from PIL import Image, ImageChops

from dateline.sample.scenery.canvas import (
    HEIGHT,
    SCALE,
    WIDTH,
    Canvas,
    Colour,
    Point,
    hexed,
    mixed,
)
from dateline.sample.scenery.shapes import arc, glitter, gulls, land, ridge, windows

EVENING = tuple(hexed(c) for c in ("#1f3a52", "#4f6a80", "#c58b78", "#f0b67c"))
AMBER = tuple(hexed(c) for c in ("#39546a", "#8a8c8d", "#e2a26c", "#f6cd8d"))
SEPIA = tuple(hexed(c) for c in ("#b9a283", "#d3bd98", "#e8d7b4", "#f0e3c6"))
MIST = tuple(hexed(c) for c in ("#8b9a9c", "#adb7b2", "#cfd0c4", "#e0dccb"))

WATER, SPAN = 770.0, 300.0


def _row(
    canvas: Canvas,
    base: float,
    heights: tuple[float, float],
    colour: Colour,
    lit: Colour,
    share: float,
) -> None:
    """Lay a row of buildings from edge to edge, some with spires."""
    x = -30.0
    while x < WIDTH:
        wide = canvas.random.uniform(46, 120)
        high = canvas.random.uniform(*heights)
        shade = mixed(colour, (255, 240, 220), canvas.random.uniform(0, 0.07))
        canvas.box(x, base - high, x + wide, base, shade)
        if canvas.random.random() < 0.4:
            canvas.polygon(
                [
                    (x, base - high),
                    (x + wide / 2, base - high - wide * 0.5),
                    (x + wide, base - high),
                ],
                shade,
            )
        windows(canvas, (x, base - high, x + wide, base), lit, share=share)
        x += wide + canvas.random.choice((0, 0, 3, 8))


def _spire(canvas: Canvas, x: float, base: float, high: float, colour: Colour) -> None:
    wide = high * 0.15
    canvas.box(x - wide, base - high * 0.62, x + wide, base, colour)
    canvas.flat(
        [(x - wide, base - high * 0.62), (x, base - high), (x + wide, base - high * 0.62)], colour
    )
    canvas.line([(x, base - high), (x, base - high - 24)], colour, 2)


def skyline(canvas: Canvas) -> None:
    """A northern city at dusk: spires and lit windows above a dark river."""
    canvas.sky(EVENING, 620)
    canvas.glow(1180, 600, 640, hexed("#f4b878"), 0.6)
    far, middle, near, lit = hexed("#7d7a83"), hexed("#3e4d60"), hexed("#1d2b3a"), hexed("#f4c57a")
    _row(canvas, 690, (60, 190), far, lit, 0.02)
    for x, high in ((250, 330), (930, 400), (1340, 300)):
        _spire(canvas, x, 690, high, mixed(far, middle, 0.4))
    canvas.haze(480, 700, hexed("#e8ae80"), 0.42)
    _row(canvas, 700, (60, 170), middle, lit, 0.2)
    _spire(canvas, 560, 700, 360, middle)
    canvas.polygon([*arc(720, 560, 86, 96, 180, 360), (806, 700), (634, 700)], middle)
    _spire(canvas, 720, 480, 70, middle)
    _row(canvas, 716, (30, 96), near, lit, 0.34)
    canvas.box(880, 636, 1460, 716, mixed(near, middle, 0.4))
    for x in range(892, 1450, 18):
        canvas.box(x, 650, x + 9, 664, lit)
        canvas.box(x, 680, x + 9, 696, mixed(lit, near, 0.35))
    canvas.reflect(718, hexed("#15222f"), 0.42)
    canvas.box(-10, 716, WIDTH, 721, hexed("#101a24"))
    for x in (90, 330, 610, 930, 1130, 1330):
        glitter(canvas, x, 722, hexed("#e0a866"), 8)


def _crane(canvas: Canvas, x: float, base: float, size: float, colour: Colour) -> None:
    def at(dx: float, dy: float) -> Point:
        return (x + dx * size, base - dy * size)

    for points in (
        [at(0, 0), at(8, 62)],
        [at(34, 0), at(28, 62)],
        [at(2, 22), at(32, 22)],
        [at(5, 42), at(30, 42)],
        [at(0, 0), at(32, 22)],
        [at(4, 22), at(29, 42)],
    ):
        canvas.line(points, colour, 4 * size)
    canvas.line([at(-64, 64), at(58, 64)], colour, 6 * size)
    canvas.line([at(16, 62), at(18, 92)], colour, 4 * size)
    canvas.line([at(18, 92), at(-60, 65)], colour, 2 * size)
    canvas.line([at(18, 92), at(55, 65)], colour, 2 * size)
    canvas.box(*at(8, 62), *at(24, 54), colour)
    canvas.line([at(-40, 64), at(-40, 40)], colour, 1.5 * size)
    canvas.box(*at(-45, 40), *at(-35, 35), colour)


def harbour(canvas: Canvas) -> None:
    """Cranes and moored ships in a harbour under an orange evening sky."""
    canvas.sky(AMBER, 640)
    canvas.glow(560, 560, 640, hexed("#ffd796"), 0.8)
    canvas.dot(560, 545, 58, hexed("#fff0cc"))
    land(canvas, ridge(canvas, 590, 50, 0.5), hexed("#a98873"))
    canvas.haze(480, 680, hexed("#f4c68c"), 0.5)
    _row(canvas, 680, (24, 80), hexed("#7c6c6b"), hexed("#f9d694"), 0.08)
    for x, size in ((1010, 2.3), (1240, 3.0), (1490, 3.6)):
        _crane(canvas, x, 700, size, mixed(hexed("#5b4b52"), hexed("#22303c"), (x - 1010) / 480))
    hull = hexed("#20323f")
    canvas.polygon([(130, 612), (820, 612), (870, 590), (846, 706), (170, 706)], hull)
    canvas.polygon([(150, 680), (852, 680), (846, 706), (170, 706)], hexed("#8e3b2e"))
    goods = [hexed(c) for c in ("#b5523b", "#3f6f7c", "#d19a4c", "#7d8a86", "#54485a")]
    for column in range(11):
        for row in range(canvas.random.choice((2, 3, 4, 4, 5))):
            left, top = 268 + column * 50, 612 - (row + 1) * 22
            canvas.box(
                left, top, left + 47, top + 20, mixed(canvas.random.choice(goods), hull, 0.3)
            )
    canvas.box(172, 490, 246, 612, hexed("#d8cdb8"))
    canvas.box(160, 484, 258, 504, hexed("#d8cdb8"))
    for x in range(176, 244, 14):
        canvas.box(x, 512, x + 8, 520, hexed("#31424d"))
    canvas.box(200, 446, 224, 486, hexed("#a9402f"))
    canvas.reflect(706, hexed("#3a4652"), 0.34)
    glitter(canvas, 560, 708, hexed("#f9d693"), 60)
    quay = canvas.polygon([(-10, 930), (560, 985), (560, HEIGHT), (-10, HEIGHT)], hexed("#1b2730"))
    canvas.stipple(canvas.fall_mask(920, 1067, 90, 0), hexed("#a67a58"), quay)
    for x in (120, 330, 510):
        y = 930 + x * 0.096
        canvas.box(x, y - 26, x + 22, y + 8, hexed("#0f181f"))
        canvas.box(x - 8, y - 32, x + 30, y - 22, hexed("#0f181f"))
    gulls(canvas, hexed("#4c4a50"), 16, (250, 180, 1000, 460))


def _bridge(canvas: Canvas, gap: int | None) -> None:
    """A stone bridge of five arches; the arch numbered `gap` has fallen."""
    is_misty = gap is not None
    _bridge_land(canvas, is_misty=is_misty)
    stone, dark = ("#6f736c", "#3b4343") if is_misty else ("#8a6f57", "#33302f")
    area = _bridge_mask(canvas, gap)
    canvas.lay(area, hexed(stone))
    canvas.stipple(canvas.fall_mask(530, WATER + 20, 0, 225), hexed(dark), area)
    courses, pen = canvas.mask()
    for row, y in enumerate(range(532, 780, 16)):
        for x in range(-20, 1640, 42):
            if canvas.random.random() < 0.55:
                left = (x + 21 * (row % 2)) * SCALE
                pen.line((left, y * SCALE, left + 34 * SCALE, y * SCALE), fill=150, width=2)
    canvas.stipple(ImageChops.darker(courses, area), hexed(dark))
    if not is_misty:
        _lamps(canvas)
    canvas.reflect(WATER, hexed("#8f9a96") if is_misty else hexed("#4a5358"), 0.36)
    if is_misty:
        canvas.haze(640, 900, hexed("#dfdccf"), 0.4)
    else:
        glitter(canvas, 300, WATER, hexed("#fbd79c"), 50)


def _bridge_land(canvas: Canvas, *, is_misty: bool) -> None:
    canvas.sky(MIST if is_misty else AMBER, 560)
    if not is_misty:
        canvas.glow(300, 470, 560, hexed("#ffdfa6"), 0.7)
    tones = ("#bcc2b9", "#a3ada7", "#8d9a96") if is_misty else ("#c4a386", "#94857a", "#6d6d69")
    for level, tone in zip((390, 450, 540), tones, strict=True):
        land(canvas, ridge(canvas, level, 100, 0.5), hexed(tone), hexed("#e8dcc0"))
        canvas.haze(level, level + 190, hexed("#dcd8c8" if is_misty else "#f0c998"), 0.6)
    canvas.box(-10, WATER - 34, WIDTH, HEIGHT, hexed("#a9b0a8" if is_misty else "#7b7a74"))


def _bridge_mask(canvas: Canvas, gap: int | None) -> Image.Image:
    area, pencil = canvas.mask()
    deck: list[Point] = [
        (-20, 552),
        (200, 540),
        (500, 524),
        (800, 518),
        (1100, 524),
        (1400, 540),
        (1620, 552),
    ]
    pencil.polygon(_scaled([*deck, (1620, WATER), (-20, WATER)]), fill=255)
    for number in range(5):
        arch = arc(200 + number * SPAN, WATER - 60, 118, 146 - abs(number - 2) * 6, 180, 360)
        feet: list[Point] = [(318 + number * SPAN, WATER), (82 + number * SPAN, WATER)]
        pencil.polygon(_scaled([*arch, *feet]), fill=0)
    for number in range(6):
        x = 50 + number * SPAN
        foot = [(x - 44, WATER), (x - 44, 676), (x, 640), (x + 44, 676), (x + 44, WATER)]
        pencil.polygon(_scaled(foot), fill=255)
    if gap is not None:
        pencil.polygon(_scaled(_gap(canvas, 200 + gap * SPAN)), fill=0)
    return area


def _gap(canvas: Canvas, x: float) -> list[Point]:
    """Return the outline of what has fallen: ragged on both sides, down to the piers."""
    steps = [
        (112, 490),
        (100, 536),
        (84, 552),
        (94, 572),
        (66, 590),
        (84, 606),
        (98, 622),
        (106, 700),
    ]
    jitter = canvas.random.uniform
    right = [(x + dx + jitter(-8, 8), y) for dx, y in steps]
    left = [(x - dx + jitter(-14, 14), y) for dx, y in reversed(steps)]
    return [*right, *left]


def _lamps(canvas: Canvas) -> None:
    for number in range(5):
        x = 200 + number * SPAN
        top = 522 + abs(number - 2) * 7
        canvas.line([(x, top), (x, top - 48)], hexed("#2d2a2a"), 3)
        canvas.glow(x, top - 52, 34, hexed("#ffe2a5"), 0.9)


def _scaled(points: list[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def bridge(canvas: Canvas) -> None:
    """A stone bridge of five arches over a wide river in evening light."""
    _bridge(canvas, None)


def broken_bridge(canvas: Canvas) -> None:
    """The same bridge in mist, its middle arch gone."""
    _bridge(canvas, 2)


def old_town(canvas: Canvas) -> None:
    """Narrow old houses along a canal, washing lines between them, in sepia light."""
    canvas.sky(SEPIA, 520)
    base = 760.0
    tones = [hexed(c) for c in ("#b98f68", "#a67a58", "#c9a97f", "#8f7359", "#bd9c7a", "#9c6e50")]
    x = -30.0
    number = 0
    while x < WIDTH:
        wide = canvas.random.uniform(112, 178)
        high = canvas.random.uniform(360, 560)
        _house(
            canvas,
            (x, base - high, x + wide, base),
            mixed(tones[number % 6], hexed("#e9d9b8"), canvas.random.random() * 0.25),
        )
        x += wide
        number += 1
    canvas.box(-10, base, WIDTH, base + 26, hexed("#5b4a3c"))
    dark = hexed("#4a3b30")
    for start, end, y in ((90, 560, 430), (520, 1050, 480), (980, 1560, 415)):
        line = [
            (start + (end - start) * n / 20, y + 46 * (1 - ((n - 10) / 10) ** 2)) for n in range(21)
        ]
        canvas.line(line, dark, 1.6)
        for px, py in line[2:-2:2]:
            cloth = mixed(
                hexed("#f2e6cc"), hexed("#a9653f"), canvas.random.choice((0, 0, 0.15, 0.7))
            )
            wide, high = canvas.random.uniform(15, 26), canvas.random.uniform(28, 52)
            canvas.flat(
                [
                    (px - wide / 2, py),
                    (px + wide / 2, py),
                    (px + wide / 2 - 3, py + high),
                    (px - wide / 2 + 4, py + high - 3),
                ],
                cloth,
            )
    canvas.reflect(base + 26, hexed("#6d5b48"), 0.36)
    for px in (360, 1120):
        canvas.flat([(px, 830), (px + 210, 830), (px + 176, 868), (px + 30, 868)], hexed("#33291f"))
        canvas.line([(px - 4, 828), (px + 214, 828)], hexed("#d9c49a"), 3)
        canvas.line([(px + 50, 830), (px + 50, 700)], hexed("#33291f"), 4)
    canvas.haze(300, 780, hexed("#f2e2c0"), 0.2)


def _house(canvas: Canvas, box: tuple[float, float, float, float], colour: Colour) -> None:
    left, top, right, bottom = box
    face = canvas.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)
    canvas.stipple(
        canvas.side_mask(left + (right - left) * 0.45, right + 30, 0, 150),
        mixed(colour, (40, 26, 18), 0.6),
        face,
    )
    roof = mixed(colour, hexed("#5a3a2a"), 0.7)
    canvas.flat(
        [(left - 6, top), ((left + right) / 2, top - (right - left) * 0.42), (right + 6, top)], roof
    )
    canvas.box(right - 34, top - 62, right - 18, top - 10, roof)
    dark, shutter = hexed("#3c3129"), mixed(colour, hexed("#5f7468"), 0.65)
    y = top + 34
    while y + 52 < bottom - 70:
        for part in (0.28, 0.72):
            x = left + (right - left) * part
            canvas.box(
                x - 12,
                y,
                x + 12,
                y + 44,
                dark if canvas.random.random() < 0.8 else hexed("#f0cf8c"),
            )
            canvas.box(x - 25, y, x - 13, y + 44, shutter)
            canvas.box(x + 13, y, x + 25, y + 44, shutter)
        y += 88
    x = left + (right - left) * canvas.random.choice((0.3, 0.66))
    canvas.flat([*arc(x, bottom - 62, 20, 24, 180, 360), (x + 20, bottom), (x - 20, bottom)], dark)
