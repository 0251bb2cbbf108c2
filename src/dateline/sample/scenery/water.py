"""Scenes of water and people who live by it: dam, storm, delta, boats on a beach, salt pans."""

import itertools
import math

from PIL import ImageChops

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, Point, hexed
from dateline.sample.scenery.shapes import arc, curve, firs, glitter, gulls, land, ridge

MORNING = tuple(hexed(c) for c in ("#6f97a6", "#a8c0bf", "#e3dcc2", "#f2d5a4"))
TORN = tuple(hexed(c) for c in ("#1b2730", "#33454f", "#5d6d70", "#9aa09a"))
PALE = tuple(hexed(c) for c in ("#8fb0bb", "#b9ccca", "#e8e2cf", "#f4e3c3"))


def dam(canvas: Canvas) -> None:
    """A high curved dam between cliffs, water falling white from its gates."""
    canvas.sky(MORNING, 420)
    canvas.glow(1180, 240, 420, hexed("#f9e3b4"), 0.6)
    line = ridge(canvas, 250, 150, 0.5)
    land(canvas, line, hexed("#8ba3a6"), hexed("#e9dfc5"))
    firs(canvas, line, hexed("#6c8b8c"), count=110, size=44)
    canvas.haze(220, 430, hexed("#e6dcc3"), 0.55)
    _wall(canvas)
    _cliff(canvas, [(-20, 180), (150, 250), (300, 400), (362, 620), (500, 900), (560, HEIGHT)], -20)
    right: list[Point] = [(1620, 150), (1440, 240), (1300, 410), (1232, 620), (1100, 900)]
    _cliff(canvas, [*right, (1050, HEIGHT)], WIDTH + 20)
    _spray(canvas)


def _wall(canvas: Canvas) -> None:
    """Lay the wall: an arch seen from below, lit at one side, with gates and a road on top."""
    crown, foot = arc(800, 330, 560, 74, 180, 0), arc(800, 900, 380, 60, 180, 0)
    stone = hexed("#c9c2b0")
    wall = canvas.polygon([*crown[::-1], *foot], stone)
    canvas.stipple(canvas.side_mask(520, 1330, 0, 210), hexed("#5b6468"), wall)
    canvas.stipple(canvas.fall_mask(330, 900, 0, 110), hexed("#454f55"), wall)
    for number in range(1, 9):
        level = 330 + number * 64
        half = 560 - number * 20
        canvas.line(arc(800, level, half, 74 - number, 180, 0), hexed("#a39d8f"), 1.4)
    for number in range(13):
        x = 320 + number * 80
        canvas.line([(x, 300), (800 + (x - 800) * 0.68, 900)], hexed("#b1aa9b"), 1)
    canvas.line([(x, y - 8) for x, y in crown], hexed("#5a5f60"), 12)
    canvas.line([(x, y - 17) for x, y in crown], hexed("#e3dcc8"), 4)
    for x in (612, 706, 800, 894, 988):
        _fall(canvas, x, 410 + abs(x - 800) * 0.06)


def _fall(canvas: Canvas, x: float, top: float) -> None:
    """Let water out of one gate; it leaves the wall and widens as it falls."""
    canvas.box(x - 20, top - 26, x + 20, top + 8, hexed("#2e3a40"))
    foot = 800 + (x - 800) * 1.02
    water = canvas.polygon(
        [(x - 17, top), (x + 17, top), (foot + 44, 930), (foot - 44, 930)], hexed("#e9f0ee")
    )
    canvas.stipple(canvas.side_mask(x - 10, x + 50, 0, 150), hexed("#8fb3bd"), water)
    for _ in range(9):
        shift = canvas.random.uniform(-0.8, 0.8)
        canvas.line([(x + shift * 17, top + 6), (foot + shift * 42, 900)], hexed("#c3d6d8"), 1.6)


def _cliff(canvas: Canvas, points: list[Point], edge: float) -> None:
    rough = [
        (x + canvas.random.uniform(-14, 14), y + canvas.random.uniform(-12, 12))
        for x, y in curve(points, 7)
    ]
    rock = canvas.polygon([*rough, (edge, HEIGHT)], hexed("#3f4f52"))
    inner = min(x for x, _ in rough) if edge > 0 else max(x for x, _ in rough)
    side = (inner, edge) if edge > 0 else (edge, inner)
    canvas.stipple(canvas.side_mask(*side, 200, 30), hexed("#1e2b30"), rock)
    canvas.stipple(canvas.fall_mask(150, 760, 120, 0), hexed("#b7a888"), rock)
    for x, y in rough[::3]:
        toward = edge + (x - edge) * 0.72
        canvas.line([(x, y), (toward, y + 70)], hexed("#2a383c"), 2)


def _spray(canvas: Canvas) -> None:
    for _ in range(22):
        x, y = canvas.random.gauss(800, 190), canvas.random.uniform(880, 1000)
        canvas.glow(x, y, canvas.random.uniform(70, 170), hexed("#f1f3ee"), 0.5)
    pool = canvas.box_mask(-10, 990, WIDTH, HEIGHT)
    canvas.wash(pool, hexed("#7fa2a8"), 0.55)
    glitter(canvas, 800, 995, hexed("#eef2ee"), 260)


def storm(canvas: Canvas) -> None:
    """Great waves break over a harbour wall under a torn sky, a small light behind."""
    canvas.sky(TORN, 640)
    canvas.glow(330, 560, 420, hexed("#c9c0a4"), 0.5)
    for tone, count in (("#6c7a7d", 7), ("#141e26", 11)):
        _clouds(canvas, count, hexed(tone))
    sea = ridge(canvas, 610, 40, 0.6)
    land(canvas, sea, hexed("#40575d"), hexed("#8fa3a2"))
    for level, colour in ((680, "#37505a"), (750, "#2b444f")):
        land(canvas, _swell(canvas, level), hexed(colour), hexed("#a9bab8"))
    _mole(canvas)
    for x, y, size in ((620, 720, 1.45), (1380, 800, 0.8), (250, 790, 0.85)):
        _breaker(canvas, x, y, size)
    land(canvas, _swell(canvas, 930), hexed("#1e343e"), hexed("#7e9699"))
    _foam(canvas)
    gulls(canvas, hexed("#d5d8d0"), 7, (200, 180, 1300, 420))


def _clouds(canvas: Canvas, count: int, tone: Colour) -> None:
    """Tear clouds across the sky, each a row of flat puffs."""
    puffs, pencil = canvas.mask()
    for _ in range(count):
        x, y = canvas.random.uniform(-100, WIDTH), canvas.random.uniform(20, 400)
        wide = canvas.random.uniform(160, 420)
        for _ in range(6):
            cx, cy = x + canvas.random.uniform(0, wide), y + canvas.random.uniform(-22, 22)
            puff = [(a * 1.5, b * 1.5) for a, b in arc(cx, cy, wide * 0.28, 30, 0, 360)]
            pencil.polygon(puff, fill=150)
    canvas.stipple(canvas.soften(puffs, 14), tone)


def _swell(canvas: Canvas, level: float) -> list[Point]:
    phase, step = canvas.random.uniform(0, 6), canvas.random.uniform(180, 260)
    return [
        (x, level - 26 * abs(math.sin(x / step + phase)) + canvas.random.uniform(-4, 4))
        for x in range(-20, WIDTH + 40, 16)
    ]


def _mole(canvas: Canvas) -> None:
    """Lay the harbour wall with a light at its end."""
    wall = canvas.polygon([(1620, 700), (980, 742), (960, 880), (1620, 980)], hexed("#3b4446"))
    canvas.stipple(canvas.fall_mask(700, 960, 0, 200), hexed("#161f24"), wall)
    for number in range(8):
        x = 1010 + number * 84
        canvas.line([(x, 742 - number * 5), (x - 6, 890 + number * 11)], hexed("#2a3336"), 2)
    canvas.flat([(1010, 736), (1022, 590), (1066, 590), (1080, 732)], hexed("#d9d4c2"))
    canvas.flat([(1016, 668), (1019, 634), (1070, 634), (1073, 668)], hexed("#a9402f"))
    canvas.box(1026, 558, 1062, 590, hexed("#22303a"))
    canvas.box(1032, 564, 1056, 584, hexed("#ffe6a6"))
    canvas.glow(1044, 574, 210, hexed("#ffdf9a"), 0.8)
    canvas.flat([(1020, 560), (1044, 536), (1068, 560)], hexed("#22303a"))


def _breaker(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Throw up one wave: a body, a curl and drops."""
    body = curve(
        [
            (x - 330 * size, y + 150 * size),
            (x - 170 * size, y + 10 * size),
            (x - 40 * size, y - 130 * size),
            (x + 90 * size, y - 150 * size),
            (x + 60 * size, y - 60 * size),
            (x + 150 * size, y + 60 * size),
            (x + 330 * size, y + 160 * size),
        ],
        9,
    )
    wave = canvas.polygon(body, hexed("#3e5f68"))
    canvas.stipple(canvas.fall_mask(y - 150 * size, y + 120 * size, 235, 0), hexed("#eef1ea"), wave)
    for _ in range(round(230 * size)):
        angle = canvas.random.uniform(math.pi * 1.02, math.pi * 1.95)
        reach = abs(canvas.random.gauss(0, 1)) * 92 * size
        px = x + 50 * size + math.cos(angle) * reach * 1.5
        py = y - 110 * size + math.sin(angle) * reach
        canvas.dot(px, py, canvas.random.uniform(1, 4.2) * size, hexed("#eef1ea"))


def _foam(canvas: Canvas) -> None:
    for _ in range(190):
        y = canvas.random.uniform(900, HEIGHT)
        x = canvas.random.uniform(0, WIDTH)
        half = canvas.random.uniform(6, 40)
        canvas.box(x - half, y, x + half, y + 2, hexed("#8aa1a3"))


def delta(canvas: Canvas) -> None:
    """A broad delta from above, arms of water winding between reeds under a low sun."""
    canvas.sky(tuple(hexed(c) for c in ("#d98f62", "#eab27a", "#f5d59c")), 250)
    canvas.glow(1060, 210, 380, hexed("#fff0c4"), 0.9)
    canvas.dot(1060, 196, 34, hexed("#fff6dc"))
    ground = canvas.box_mask(-10, 236, WIDTH, HEIGHT)
    canvas.lay(ground, hexed("#6b7a4b"))
    canvas.stipple(canvas.fall_mask(236, 700, 190, 0), hexed("#d2b878"), ground)
    canvas.stipple(canvas.fall_mask(600, HEIGHT, 0, 190), hexed("#2f4634"), ground)
    for start, spread, wide in (
        (800, 0, 1.5),
        (560, -520, 0.8),
        (1020, 560, 0.9),
        (700, -180, 0.5),
    ):
        _arm(canvas, start, spread, wide)
    _arm(canvas, 930, 240, 0.5)
    for _ in range(520):
        y = 250 + 800 * canvas.random.random() ** 1.4
        x = canvas.random.uniform(0, WIDTH)
        high = 4 + (y - 240) * 0.03
        if canvas.image.getpixel((min(2399, int(x * 1.5)), min(1599, int(y * 1.5))))[2] < 120:  # type: ignore[index]
            canvas.line([(x, y), (x + high * 0.2, y - high)], hexed("#46593a"), 1.4)
    _barge(canvas, 846, 640)
    gulls(canvas, hexed("#5b4a3c"), 15, (200, 110, 900, 330))


def _arm(canvas: Canvas, start: float, spread: float, wide: float) -> None:
    """Lay one arm of the river, narrow at the horizon and broad in front."""
    points: list[Point] = []
    side = canvas.random.choice((-1, 1))
    for number in range(8):
        share = number / 7
        swing = side * (-1) ** number * (14 + 120 * share) * (0.6 + wide * 0.3)
        points.append((start + spread * share**1.3 + swing, 238 + 850 * share**1.5))
    middle = curve(points, 14)
    half = [(3 + 96 * ((y - 238) / 830) ** 1.2) * wide for _, y in middle]
    left = [(x - h, y) for (x, y), h in zip(middle, half, strict=True)]
    right = [(x + h, y) for (x, y), h in zip(middle, half, strict=True)]
    water = canvas.polygon([*left, *reversed(right)], hexed("#f0cd94"))
    canvas.stipple(canvas.fall_mask(300, HEIGHT, 0, 230), hexed("#6d97a0"), water)


def _barge(canvas: Canvas, x: float, y: float) -> None:
    dark = hexed("#33291f")
    canvas.flat([(x - 46, y), (x + 46, y), (x + 34, y + 12), (x - 36, y + 12)], dark)
    canvas.box(x - 26, y - 20, x + 20, y, hexed("#b3573a"))
    for number in range(4):
        canvas.box(x - 20 + number * 11, y - 14, x - 14 + number * 11, y - 6, hexed("#f6e2b4"))
    canvas.line([(x + 26, y), (x + 26, y - 30)], dark, 2)
    canvas.wash(canvas.soften(canvas.box_mask(x - 44, y + 12, x + 44, y + 30), 6), dark, 0.4)


def fishing_boats(canvas: Canvas) -> None:
    """Painted boats drawn up on a beach, nets hung to dry."""
    canvas.sky(PALE, 480)
    canvas.glow(420, 330, 420, hexed("#fff0cd"), 0.7)
    land(canvas, ridge(canvas, 440, 60, 0.5), hexed("#a9bcba"))
    sea = canvas.box_mask(-10, 478, WIDTH, HEIGHT)
    canvas.lay(sea, hexed("#7ea5ad"))
    canvas.stipple(canvas.fall_mask(478, 640, 0, 190), hexed("#3c6c7b"), sea)
    glitter(canvas, 420, 482, hexed("#f4ead0"), 90)
    shore = curve([(-20, 600), (300, 640), (760, 622), (1200, 664), (1620, 630)])
    canvas.line([(x, y - 5) for x, y in shore], hexed("#f3f1e6"), 7)
    beach = canvas.polygon([*shore, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], hexed("#d6c39c"))
    canvas.stipple(canvas.fall_mask(610, HEIGHT, 0, 200), hexed("#85704f"), beach)
    for x, y, size in ((1230, 696, 0.75), (250, 720, 0.9), (760, 800, 1.35)):
        _boat(canvas, x, y, size)
    _nets(canvas)
    gulls(canvas, hexed("#4f5a5c"), 11, (300, 120, 1450, 380))


def _boat(canvas: Canvas, x: float, y: float, size: float) -> None:
    paint = hexed(canvas.random.choice(("#b3402f", "#2f6a73", "#d0973a", "#3f5f8a", "#4d7a57")))
    dark = hexed("#2c2a28")

    def at(dx: float, dy: float) -> Point:
        return (x + dx * size, y + dy * size)

    shadow = canvas.soften(
        canvas.polygon_mask(arc(x, y + 66 * size, 220 * size, 20 * size, 0, 360)), 7
    )
    canvas.wash(shadow, hexed("#5a4a36"), 0.6)
    hull = curve(
        [at(-210, -34), at(-150, 40), at(-60, 66), at(70, 66), at(150, 40), at(226, -66)], 8
    )
    body = canvas.polygon([*hull, at(140, -22), at(-120, -12)], paint)
    canvas.stipple(canvas.fall_mask(y - 10 * size, y + 70 * size, 0, 180), dark, body)
    canvas.line(
        [at(-210, -34), at(-120, -12), at(140, -22), at(226, -66)], hexed("#f1e8d2"), 8 * size
    )
    canvas.line([at(-40, -16), at(-40, -250)], dark, 6 * size)
    canvas.line([at(-40, -236), at(206, -60)], dark, 2 * size)
    canvas.line([at(-40, -236), at(-200, -40)], dark, 2 * size)
    canvas.flat([at(-92, -14), at(-92, -76), at(-8, -76), at(-2, -16)], hexed("#ece3cd"))
    canvas.flat([at(-100, -76), at(-88, -92), at(-10, -92), at(0, -76)], paint)
    canvas.flat([at(-78, -62), at(-78, -36), at(-52, -36), at(-52, -62)], hexed("#39464c"))
    flag = hexed("#e0b44a")
    canvas.flat([at(-40, -250), at(6, -240), at(-40, -226)], flag)


def _nets(canvas: Canvas) -> None:
    """Hang nets between poles in front."""
    poles = [(1010, 800), (1210, 820), (1420, 842), (1640, 860)]
    for x, y in poles:
        canvas.line([(x, y + 130), (x, y - 120)], hexed("#4b3b2c"), 8)
    for (x0, y0), (x1, y1) in itertools.pairwise(poles):
        top = curve([(x0, y0 - 110), ((x0 + x1) / 2, (y0 + y1) / 2 - 84), (x1, y1 - 110)], 12)
        net = canvas.polygon_mask([*top, (x1, y1 + 40), ((x0 + x1) / 2, y1 + 66), (x0, y0 + 40)])
        lines, pencil = canvas.mask()
        for number in range(-20, 46):
            left = (x0 + number * 12) * 1.5
            pencil.line(
                [(left, (y0 - 130) * 1.5), (left + 300, (y0 + 80) * 1.5)], fill=255, width=2
            )
            pencil.line(
                [(left + 300, (y0 - 130) * 1.5), (left, (y0 + 80) * 1.5)], fill=255, width=2
            )
        canvas.lay(ImageChops.darker(lines, net), hexed("#3f5a57"))
        for px, py in top[::3]:
            canvas.dot(px, py, 6, hexed("#c9702f"))


def salt_flats(canvas: Canvas) -> None:
    """Salt pans divided by low banks shine under a high sky, white heaps along them."""
    canvas.sky(PALE, 430)
    canvas.glow(1120, 250, 400, hexed("#fff4d8"), 0.8)
    line = ridge(canvas, 400, 110, 0.5)
    land(canvas, line, hexed("#9fb0b6"), hexed("#eee7d6"))
    canvas.haze(360, 470, hexed("#f0e6d2"), 0.6)
    canvas.lay(canvas.box_mask(-10, 452, WIDTH, HEIGHT), hexed("#b9a98c"))
    rows = [454 + 613 * (number / 7) ** 1.7 for number in range(8)]
    for top, bottom in itertools.pairwise(rows):
        _pans(canvas, top, bottom)
    for number in range(15):
        x, y = 90 + number * 108 + canvas.random.uniform(-30, 30), canvas.random.choice(rows[2:6])
        _heap(canvas, x, y + 4, (y - 400) / 330)
    _raker(canvas, 640, 780)
    gulls(canvas, hexed("#6d7676"), 8, (300, 120, 1300, 320))


def _pans(canvas: Canvas, top: float, bottom: float) -> None:
    """Lay one row of pans; each mirrors the sky a little differently."""
    gap = 3 + (top - 440) * 0.016
    tones: tuple[Colour, ...] = tuple(
        hexed(c) for c in ("#cfdcd9", "#e7e1cf", "#bfd0d2", "#d9b9a6", "#eef0ea")
    )
    for number in range(-9, 10):
        far, near = (top - 380) * 1.1, (bottom - 380) * 1.1
        corners = [
            (800 + number * far + gap, top + gap),
            (800 + (number + 1) * far - gap, top + gap),
            (800 + (number + 1) * near - gap, bottom - gap),
            (800 + number * near + gap, bottom - gap),
        ]
        if corners[1][0] > 0 and corners[0][0] < WIDTH:
            canvas.flat(corners, canvas.random.choice(tones))


def _heap(canvas: Canvas, x: float, y: float, size: float) -> None:
    wide, high = 60 * size, 46 * size
    canvas.flat([(x - wide, y), (x, y - high), (x + wide, y)], hexed("#fbf9f2"))
    canvas.flat([(x, y - high), (x + wide, y), (x + wide * 0.2, y)], hexed("#b9c3c4"))


def _raker(canvas: Canvas, x: float, y: float) -> None:
    """Set one person with a rake at work."""
    dark = hexed("#3a2f2a")
    canvas.flat([(x - 9, y), (x - 14, y - 62), (x + 8, y - 66), (x + 12, y)], hexed("#2f5a6a"))
    canvas.dot(x - 2, y - 76, 11, hexed("#b98a66"))
    canvas.flat([(x - 24, y - 80), (x - 2, y - 98), (x + 22, y - 80)], hexed("#d9b56a"))
    canvas.line([(x - 6, y - 52), (x + 86, y + 18)], dark, 3.5)
    canvas.line([(x + 74, y + 24), (x + 98, y + 12)], dark, 5)
