"""Scenes of rooms where things are said and kept: press room, archive."""

import math

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, hexed, mixed
from dateline.sample.scenery.shapes import arc, curve

FLAGS: tuple[tuple[str, str, str], ...] = (
    ("#2f5d7c", "#f1ead6", "#b3402f"),
    ("#3f7a57", "#e3c25a", "#3f7a57"),
    ("#7a2f3c", "#e9e0cc", "#31465c"),
    ("#d19a3a", "#2f5d7c", "#d19a3a"),
    ("#f1ead6", "#a9402f", "#f1ead6"),
    ("#22384f", "#6f97a6", "#e9e0cc"),
    ("#4d6b3f", "#d8b35a", "#7a2f3c"),
    ("#5b4a73", "#e9e0cc", "#5b4a73"),
)


def press_room(canvas: Canvas) -> None:
    """A row of flags behind a lectern with microphones, empty chairs before it."""
    canvas.lay(canvas.box_mask(-10, -10, WIDTH, 760), hexed("#34495a"))
    wall = canvas.box_mask(-10, -10, WIDTH, 760)
    canvas.stipple(canvas.fall_mask(0, 700, 170, 0), hexed("#1a2733"), wall)
    for seam in range(0, WIDTH + 1, 160):
        canvas.box(seam - 2, 0, seam + 2, 690, hexed("#2b3e4d"))
    canvas.glow(800, 330, 620, hexed("#d9c79a"), 0.5)
    order = canvas.random.sample(FLAGS, len(FLAGS))
    for number in range(9):
        place = 190 + number * 152 + (80 if number > 3 else -80) * 0.35
        _flag(canvas, place, None if number == 4 else order[number % 8])
    floor = canvas.box_mask(-10, 690, WIDTH, HEIGHT)
    canvas.lay(floor, hexed("#5b4638"))
    canvas.stipple(canvas.fall_mask(690, HEIGHT, 0, 220), hexed("#1d1611"), floor)
    canvas.stipple(canvas.fall_mask(690, 790, 120, 0), hexed("#c7a377"), floor)
    _lectern(canvas, 800, 700)
    for row, (y, size) in enumerate(((860, 0.8), (950, 1.05), (1070, 1.4))):
        step = 150 * size
        x = -60.0 - 40 * row
        while x < WIDTH + 60:
            _chair(canvas, x, y, size)
            x += step
    for lamp in (330, 800, 1270):
        canvas.glow(lamp, -20, 420, hexed("#fff0cc"), 0.4)


def _flag(canvas: Canvas, x: float, bands: tuple[str, str, str] | None) -> None:
    """Stand one flag: a pole and cloth hanging in folds; or a bare pole."""
    canvas.line([(x, 690), (x, 170)], hexed("#b99a5a"), 6)
    canvas.dot(x, 164, 9, hexed("#e3c98a"))
    canvas.box(x - 24, 680, x + 24, 694, hexed("#2a2622"))
    if bands is None:
        return
    left = curve([(x - 3, 182), (x - 16, 320), (x - 8, 440), (x - 22, 560)], 8)
    right = curve([(x + 3, 182), (x + 62, 330), (x + 50, 450), (x + 66, 590)], 8)
    for band, tone in enumerate(bands):
        low, high = band / 3, (band + 1) / 3
        one = [(a + (b - a) * low, y) for (a, y), (b, _) in zip(left, right, strict=True)]
        two = [(a + (b - a) * high, z) for (a, _), (b, z) in zip(left, right, strict=True)]
        canvas.flat([*one, *reversed(two)], hexed(tone))
    for share in (0.22, 0.52, 0.84):
        fold = [(a + (b - a) * share, y + 6) for (a, y), (b, _) in zip(left, right, strict=True)]
        canvas.line(fold, mixed(hexed(bands[1]), (20, 24, 30), 0.55), 3)


def _lectern(canvas: Canvas, x: float, y: float) -> None:
    wood = hexed("#7d5536")
    front = canvas.polygon(
        [(x - 92, y - 190), (x + 92, y - 190), (x + 72, y + 60), (x - 72, y + 60)], wood
    )
    canvas.stipple(canvas.side_mask(x - 40, x + 110, 0, 200), hexed("#2f1e14"), front)
    canvas.polygon(
        [(x - 116, y - 206), (x + 116, y - 206), (x + 96, y - 178), (x - 96, y - 178)],
        mixed(wood, (255, 235, 200), 0.3),
    )
    canvas.line(arc(x, y - 70, 42, 42, 0, 360), hexed("#d9b869"), 5)
    canvas.line([(x - 42, y - 70), (x + 42, y - 70)], hexed("#d9b869"), 3)
    canvas.line([(x, y - 112), (x, y - 28)], hexed("#d9b869"), 3)
    for number in range(-3, 4):
        bend = number * 13
        stalk = curve(
            [(x + number * 20, y - 200), (x + number * 17, y - 246), (x + bend, y - 280)], 8
        )
        canvas.line(stalk, hexed("#15191c"), 3)
        canvas.dot(x + bend, y - 284, 8, hexed("#15191c"))
    canvas.box(x - 84, y + 52, x + 84, y + 66, hexed("#2f1e14"))


def _chair(canvas: Canvas, x: float, y: float, size: float) -> None:
    dark: Colour = mixed(hexed("#1a1d22"), hexed("#3a3f47"), canvas.random.random() * 0.5)
    canvas.flat(
        [
            (x - 46 * size, y - 130 * size),
            (x + 46 * size, y - 130 * size),
            (x + 50 * size, y - 40 * size),
            (x - 50 * size, y - 40 * size),
        ],
        dark,
    )
    canvas.flat(
        [
            (x - 54 * size, y - 34 * size),
            (x + 54 * size, y - 34 * size),
            (x + 60 * size, y - 8 * size),
            (x - 60 * size, y - 8 * size),
        ],
        mixed(dark, hexed("#8a6a4a"), 0.25),
    )
    for leg in (-50, 50):
        canvas.line(
            [(x + leg * size, y - 10 * size), (x + leg * size, y + 60 * size)],
            hexed("#0f1113"),
            5 * size,
        )
    canvas.line(
        [(x - 44 * size, y - 128 * size), (x + 44 * size, y - 128 * size)],
        hexed("#6c7580"),
        2 * size,
    )


def archive_hall(canvas: Canvas) -> None:
    """A long hall of shelves with numbered boxes, a lamp on a table."""
    canvas.lay(canvas.box_mask(-10, -10, WIDTH, HEIGHT), hexed("#2a2f33"))
    for number in range(9):
        share = number / 9
        _bay(canvas, 1 - share, number)
    end = canvas.polygon([(690, 380), (910, 380), (910, 640), (690, 640)], hexed("#3a4a4c"))
    canvas.stipple(canvas.fall_mask(380, 640, 0, 120), hexed("#1b2326"), end)
    canvas.flat([*arc(800, 470, 46, 60, 180, 360), (846, 600), (754, 600)], hexed("#dfe6d8"))
    canvas.glow(800, 510, 330, hexed("#e8efdc"), 0.6)
    for number in range(6):
        share = (number / 6) ** 1.4
        y, wide = 330 - 400 * share, 40 + 170 * share
        canvas.box(800 - wide, y, 800 + wide, y + 6 + 14 * share, hexed("#f3ecd2"))
        canvas.glow(800, y, 90 + 190 * share, hexed("#f3e6bd"), 0.42)
    _desk(canvas)


def _bay(canvas: Canvas, near: float, number: int) -> None:
    """Lay one pair of shelves; `near` is 1 in front and sinks towards the far wall."""

    def at(side: int, out: float) -> float:
        return 800.0 + side * (110 + 700 * math.pow(out, 1.5))

    step = near - 1 / 9
    for side in (-1, 1):
        x0, x1 = at(side, near), at(side, max(step, 0.0))
        top0, top1 = 380 - 430 * near**1.5, 380 - 430 * max(step, 0.0) ** 1.5
        low0, low1 = 640 + 470 * near**1.5, 640 + 470 * max(step, 0.0) ** 1.5
        canvas.flat(
            [(x0, top0), (x1, top1), (x1, low1), (x0, low0)],
            mixed(hexed("#4a3a2c"), hexed("#231d19"), number / 14),
        )
        for row in range(7):
            _boxes(canvas, (x0, x1), (top0, low0), (top1, low1), row)
    y0, y1 = 640 + 470 * near**1.5, 640 + 470 * max(step, 0.0) ** 1.5
    floor = mixed(hexed("#6a5a48"), hexed("#38322c"), number / 10)
    inner = max(step, 0.0)
    canvas.flat(
        [(at(-1, near), y0), (at(1, near), y0), (at(1, inner), y1), (at(-1, inner), y1)], floor
    )


def _boxes(
    canvas: Canvas,
    across: tuple[float, float],
    near: tuple[float, float],
    far: tuple[float, float],
    row: int,
) -> None:
    """Put four boxes on one shelf of a bay, with labels."""

    def point(part: float, level: float) -> tuple[float, float]:
        x = across[0] + (across[1] - across[0]) * part
        top = near[0] + (far[0] - near[0]) * part
        low = near[1] + (far[1] - near[1]) * part
        return (x, top + (low - top) * level)

    for number in range(4):
        start, stop = number / 4 + 0.02, (number + 1) / 4 - 0.02
        up, down = (row + 0.16) / 7, (row + 0.9) / 7
        tone = mixed(hexed("#8e9aa0"), hexed("#5f6a70"), canvas.random.random())
        if canvas.random.random() < 0.18:
            tone = hexed("#9a6a4a")
        shade = mixed(tone, hexed("#1d2023"), 0.15 + 0.25 * abs(row - 3) / 4)
        canvas.flat(
            [point(start, up), point(stop, up), point(stop, down), point(start, down)], shade
        )
        middle, deep = (start + stop) / 2, (up + down) / 2
        reach, tall = (stop - start) * 0.24, (down - up) * 0.14
        canvas.flat(
            [
                point(middle - reach, deep - tall),
                point(middle + reach, deep - tall),
                point(middle + reach, deep + tall),
                point(middle - reach, deep + tall),
            ],
            hexed("#e9e2cd"),
        )


def _desk(canvas: Canvas) -> None:
    top = canvas.polygon([(430, 905), (1170, 905), (1290, 1000), (310, 1000)], hexed("#7a5637"))
    canvas.stipple(canvas.fall_mask(905, 1000, 0, 150), hexed("#3a2618"), top)
    canvas.box(330, 1000, 1270, HEIGHT, hexed("#3a2618"))
    for x in range(350, 1250, 226):
        canvas.box(x, 1016, x + 206, HEIGHT, hexed("#4a3222"))
        canvas.dot(x + 103, 1042, 6, hexed("#c9a86a"))
    canvas.flat([(610, 950), (790, 936), (812, 980), (620, 992)], hexed("#f0e9d4"))
    canvas.flat([(640, 958), (770, 948), (784, 972), (650, 982)], hexed("#d9ceb2"))
    canvas.box(926, 838, 934, 930, hexed("#b48a44"))
    canvas.flat([*arc(930, 842, 74, 40, 180, 360)], hexed("#2f6a4d"))
    canvas.box(890, 926, 970, 936, hexed("#b48a44"))
    canvas.glow(900, 920, 300, hexed("#ffe6a8"), 0.62)
