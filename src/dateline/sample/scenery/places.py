"""Scenes of places people make: stadium, building site, solar field, pass, village in snow."""

import itertools
import math

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Point, hexed, mixed
from dateline.sample.scenery.shapes import arc, curve, fir, firs, land, ridge, stars, windows

FLOODLIT = tuple(hexed(c) for c in ("#0f1d2c", "#1d3346", "#3c5361"))
PLATEAU = tuple(hexed(c) for c in ("#7fa0b4", "#b7c4bd", "#efd9ae", "#f2be88"))
DRY = tuple(hexed(c) for c in ("#5f93b0", "#a7c0c0", "#f0dcb2", "#f3c894"))
SNOW_NIGHT = tuple(hexed(c) for c in ("#182a40", "#2c435c", "#566a80", "#8d95a0"))
GREEN = tuple(hexed(c) for c in ("#7fa9b8", "#bcd0c6", "#f0e3c0"))


def stadium(canvas: Canvas) -> None:
    """A football ground at night under floodlights, stands full of small figures."""
    canvas.sky(FLOODLIT, 560)
    stars(canvas, 260, hexed("#cfd8d6"), 60)
    for x in (150, 560, 1040, 1450):
        _mast(canvas, x)
    stand = canvas.polygon(
        [(-20, 430), (WIDTH + 20, 430), (WIDTH + 20, 700), (-20, 700)], hexed("#26323c")
    )
    canvas.stipple(canvas.fall_mask(430, 700, 200, 0), hexed("#111a22"), stand)
    canvas.polygon([(-20, 398), (WIDTH + 20, 398), (WIDTH + 20, 446), (-20, 446)], hexed("#39464f"))
    _crowd(canvas)
    grass = canvas.box_mask(-10, 690, WIDTH, HEIGHT)
    canvas.lay(grass, hexed("#3f7a4b"))
    for number in range(-12, 13, 2):
        far, near = 800 + number * 74, 800 + number * 156
        stripe = [(far, 690), (far + 74, 690), (near + 156, HEIGHT), (near, HEIGHT)]
        canvas.flat(stripe, hexed("#4b8a55"))
    canvas.stipple(canvas.fall_mask(690, HEIGHT, 0, 170), hexed("#17351f"), grass)
    canvas.box(-10, 686, WIDTH, 700, hexed("#d8d2bf"))
    _lines(canvas)
    for x in (150, 560, 1040, 1450):
        canvas.glow(x, 176, 330, hexed("#fdf3d0"), 0.62)


def _mast(canvas: Canvas, x: float) -> None:
    steel = hexed("#5d6a70")
    for side in (-14, 14):
        canvas.line([(x + side, 470), (x + side * 0.5, 200)], steel, 4)
    for number in range(7):
        y = 220 + number * 36
        canvas.line([(x - 12, y), (x + 12, y + 30)], steel, 2)
    canvas.box(x - 62, 136, x + 62, 208, hexed("#323d44"))
    for row in range(3):
        for column in range(5):
            canvas.dot(x - 48 + column * 24, 150 + row * 22, 8, hexed("#fff8de"))


def _crowd(canvas: Canvas) -> None:
    tones = [hexed(c) for c in ("#b3402f", "#d8b35a", "#e9e0cc", "#54738a", "#3b4a55", "#8a5a46")]
    for row in range(13):
        y = 456 + row * 18
        x = -10.0 + canvas.random.uniform(0, 10)
        while x < WIDTH:
            tone = mixed(canvas.random.choice(tones), hexed("#1a242c"), 0.5 - row * 0.032)
            size = 3.4 + row * 0.26
            canvas.dot(x, y, size, tone)
            canvas.box(x - size * 1.2, y + size, x + size * 1.2, y + size * 3, tone)
            x += canvas.random.uniform(11, 17)


def _lines(canvas: Canvas) -> None:
    chalk = hexed("#eef0e4")
    canvas.line([(-10, 760), (WIDTH, 760)], chalk, 4)
    canvas.line(arc(800, 960, 330, 90, 0, 360), chalk, 5)
    canvas.line([(800, 760), (800, HEIGHT)], chalk, 5)
    canvas.dot(800, 960, 9, chalk)
    shirts = (hexed("#b3402f"), hexed("#e9e0cc"))
    for number in range(14):
        x, y = canvas.random.uniform(120, 1480), canvas.random.uniform(775, 960)
        size = 0.7 + (y - 760) / 260
        _player(canvas, x, y, size, shirts[number % 2])
    canvas.dot(904, 900, 9, hexed("#fdfbf2"))


def _player(canvas: Canvas, x: float, y: float, size: float, shirt: tuple[int, int, int]) -> None:
    dark = hexed("#1e2a25")
    lean = canvas.random.uniform(-10, 10) * size
    canvas.line([(x, y - 34 * size), (x - 12 * size, y)], dark, 6 * size)
    canvas.line([(x, y - 34 * size), (x + 13 * size, y - 3 * size)], dark, 6 * size)
    canvas.line([(x, y - 34 * size), (x + lean, y - 66 * size)], shirt, 15 * size)
    canvas.line([(x + lean, y - 60 * size), (x + lean + 20 * size, y - 44 * size)], shirt, 5 * size)
    canvas.dot(x + lean * 1.2, y - 78 * size, 8 * size, hexed("#c99a78"))
    canvas.line([(x - 24 * size, y + 2), (x + 40 * size, y + 4)], hexed("#2c5a38"), 3 * size)


def building_site(canvas: Canvas) -> None:
    """Cranes and half-built walls on a bare plateau under a wide sky."""
    canvas.sky(PLATEAU, 640)
    canvas.glow(420, 520, 520, hexed("#ffe6b4"), 0.75)
    canvas.dot(420, 500, 40, hexed("#fff4d6"))
    land(canvas, ridge(canvas, 600, 60, 0.5), hexed("#a8a690"))
    canvas.haze(500, 690, hexed("#f3d6a4"), 0.5)
    ground = canvas.box_mask(-10, 700, WIDTH, HEIGHT)
    canvas.lay(ground, hexed("#c6a878"))
    canvas.stipple(canvas.fall_mask(700, HEIGHT, 0, 200), hexed("#6b4f34"), ground)
    _dome(canvas, 330, 700)
    for x, wide, floors in ((560, 170, 5), (800, 210, 4), (1090, 190, 6), (1350, 220, 3)):
        _shell(canvas, x, wide, floors)
    for x, high, turn in ((740, 470, 1), (1040, 560, -1), (1500, 430, -1)):
        _tower_crane(canvas, x, high, turn)
    _avenue(canvas)


def _dome(canvas: Canvas, x: float, base: float) -> None:
    stone = hexed("#d8b98a")
    canvas.box(x - 150, base - 80, x + 150, base + 20, stone)
    shell = canvas.polygon(
        arc(x, base - 80, 110, 100, 180, 360), mixed(stone, (255, 250, 235), 0.2)
    )
    canvas.stipple(canvas.side_mask(x - 20, x + 130, 0, 190), hexed("#7d6248"), shell)
    for number in range(9):
        left = x - 132 + number * 32
        canvas.flat(
            [*arc(left, base - 40, 9, 12, 180, 360), (left + 9, base + 18), (left - 9, base + 18)],
            hexed("#7a6047"),
        )


def _shell(canvas: Canvas, x: float, wide: float, floors: int) -> None:
    """Raise the frame of a building, open to the sky, some floors walled in."""
    base, high = 742.0, 64.0
    stone = hexed("#cfae80")
    for floor in range(floors):
        top = base - (floor + 1) * high
        if floor < floors - 2:
            wall = canvas.polygon(
                [(x, top), (x + wide, top), (x + wide, top + high), (x, top + high)], stone
            )
            canvas.stipple(canvas.side_mask(x, x + wide, 0, 170), hexed("#84664a"), wall)
            for column in range(4):
                left = x + wide * (0.1 + column * 0.23)
                canvas.box(left, top + 16, left + wide * 0.1, top + 48, hexed("#5d4c3f"))
        for column in range(5):
            left = x + (wide - 8) * column / 4
            canvas.box(left, top, left + 8, top + high, hexed("#8d7357"))
        canvas.box(x - 8, top + high - 7, x + wide + 8, top + high, hexed("#a5875f"))
    for column in range(9):
        left = x + wide * column / 8
        canvas.line(
            [(left, base - floors * high), (left, base - floors * high - 26)], hexed("#6b4b38"), 2
        )


def _tower_crane(canvas: Canvas, x: float, high: float, turn: int) -> None:
    steel, base = hexed("#b0592f"), 742.0
    top = base - high
    for side in (-9, 9):
        canvas.line([(x + side, base), (x + side, top)], steel, 4)
    y = base
    while y > top + 20:
        canvas.line([(x - 9, y), (x + 9, y - 22)], steel, 2)
        y -= 22
    canvas.line([(x - turn * 90, top), (x + turn * 300, top)], steel, 8)
    canvas.line([(x, top - 62), (x + turn * 290, top)], steel, 2)
    canvas.line([(x, top - 62), (x - turn * 86, top)], steel, 2)
    canvas.line([(x, top - 62), (x, top)], steel, 6)
    canvas.box(
        min(x - turn * 90, x - turn * 60),
        top,
        max(x - turn * 90, x - turn * 60),
        top + 34,
        hexed("#5b5148"),
    )
    hook = x + turn * canvas.random.uniform(120, 260)
    drop = canvas.random.uniform(90, 200)
    canvas.line([(hook, top), (hook, top + drop)], hexed("#4a4038"), 1.5)
    canvas.box(hook - 26, top + drop, hook + 26, top + drop + 10, hexed("#8d7357"))


def _avenue(canvas: Canvas) -> None:
    """Draw an empty avenue with lamps and young trees."""
    road = canvas.polygon([(770, 752), (830, 752), (1240, HEIGHT), (360, HEIGHT)], hexed("#dcc7a0"))
    canvas.stipple(canvas.fall_mask(752, HEIGHT, 0, 120), hexed("#9b7f58"), road)
    for number in range(6):
        share = (number / 6) ** 1.6
        y, size = 760 + 290 * share, 0.3 + share
        for side in (-1, 1):
            x = 800 + side * (44 + 440 * share)
            canvas.line([(x, y), (x, y - 120 * size)], hexed("#4a4540"), 4 * size)
            canvas.dot(x, y - 122 * size, 9 * size, hexed("#fbeec6"))
            tree = x + side * 60 * size
            canvas.line([(tree, y), (tree, y - 46 * size)], hexed("#6b4f34"), 4 * size)
            canvas.dot(tree, y - 62 * size, 24 * size, hexed("#7f9159"))


def solar_field(canvas: Canvas) -> None:
    """Rows of solar panels in a bare bright landscape with hills behind."""
    canvas.sky(DRY, 470)
    canvas.glow(1180, 210, 430, hexed("#fff2cc"), 0.85)
    canvas.dot(1180, 200, 46, hexed("#fffaea"))
    for level, tone in ((380, "#c1ab97"), (440, "#b28d6f")):
        land(canvas, ridge(canvas, level, 110, 0.5), hexed(tone), hexed("#f2dcb4"))
        canvas.haze(level, level + 110, hexed("#f6e0b8"), 0.4)
    ground = canvas.box_mask(-10, 500, WIDTH, HEIGHT)
    canvas.lay(ground, hexed("#d8b27c"))
    canvas.stipple(canvas.fall_mask(520, HEIGHT, 0, 190), hexed("#8a5f3b"), ground)
    for number in range(9):
        share = (number / 8) ** 1.9
        _panels(canvas, 524 + 520 * share, 14 + 120 * share)


def _panels(canvas: Canvas, y: float, high: float) -> None:
    """Lay one row of panels, each a tilted blue field with a bright upper edge."""
    wide, gap = high * 1.9, high * 0.16
    x = -canvas.random.uniform(0, wide)
    while x < WIDTH + 20:
        lean = high * 0.34
        tone = mixed(hexed("#1d3f5c"), hexed("#4f83a0"), canvas.random.random() * 0.6)
        canvas.box(
            x + wide * 0.2, y, x + wide * 0.2 + high * 0.06, y + high * 0.42, hexed("#5a5148")
        )
        canvas.box(
            x + wide * 0.8, y, x + wide * 0.8 + high * 0.06, y + high * 0.42, hexed("#5a5148")
        )
        field = [
            (x + lean, y - high * 0.62),
            (x + wide + lean, y - high * 0.62),
            (x + wide, y + high * 0.1),
            (x, y + high * 0.1),
        ]
        canvas.flat(field, tone)
        for part in (0.25, 0.5, 0.75):
            canvas.line(
                [(x + lean + wide * part, y - high * 0.62), (x + wide * part, y + high * 0.1)],
                hexed("#8fb4c4"),
                max(0.6, high * 0.012),
            )
        canvas.line(
            [(x + lean / 2, y - high * 0.26), (x + wide + lean / 2, y - high * 0.26)],
            hexed("#8fb4c4"),
            max(0.6, high * 0.012),
        )
        canvas.line(
            [(x + lean, y - high * 0.62), (x + wide + lean, y - high * 0.62)],
            hexed("#f5ead0"),
            max(1, high * 0.03),
        )
        x += wide + gap


def mountain_road(canvas: Canvas) -> None:
    """A road climbs in hairpins up a green slope towards a gap in the ridge."""
    canvas.sky(GREEN, 460)
    canvas.glow(830, 250, 380, hexed("#fff3d0"), 0.7)
    far = ridge(canvas, 300, 160, 0.5)
    land(canvas, far, hexed("#a3b7b4"), hexed("#eee6cf"))
    canvas.haze(260, 460, hexed("#e6e4d0"), 0.55)
    left = curve([(-20, 230), (300, 290), (620, 372), (800, 400)])
    right = curve([(800, 400), (1000, 360), (1330, 250), (1620, 190)])
    slope = canvas.polygon([*left, *right, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], hexed("#5f8457"))
    canvas.stipple(canvas.fall_mask(240, 620, 150, 0), hexed("#c9c98f"), slope)
    canvas.stipple(canvas.fall_mask(600, HEIGHT, 0, 210), hexed("#24452f"), slope)
    _hairpins(canvas)
    firs(
        canvas,
        [(x, 640 + abs(x - 800) * -0.25) for x in range(-20, 420, 9)],
        hexed("#2d5138"),
        count=26,
        size=60,
    )
    for _ in range(46):
        side = canvas.random.choice((-1, 1))
        x = 800 + side * canvas.random.uniform(560, 820)
        y = canvas.random.uniform(560, 1080)
        fir(
            canvas,
            x,
            y,
            60 + (y - 500) * 0.2,
            mixed(hexed("#24452f"), hexed("#132b1e"), (y - 560) / 520),
        )


def _hairpins(canvas: Canvas) -> None:
    """Draw the road from the front up to the gap, each bend smaller than the last."""
    points: list[Point] = []
    side = 1
    for number in range(11):
        share = number / 10
        y = 1090 - 690 * share**0.72
        reach = 470 * (1 - share) ** 1.3 + 16
        points += [(800 + side * reach, y), (800 + side * reach * 1.04, y - 26 * (1 - share) - 3)]
        side = -side
    road = curve([*points, (800, 398)], 10)
    for one, other in itertools.pairwise(road):
        wide = 3 + 34 * max(0.0, (one[1] - 398) / 690) ** 1.1
        canvas.line(
            [(one[0], one[1] + wide * 0.3), (other[0], other[1] + wide * 0.3)],
            hexed("#3f5a40"),
            wide,
        )
    for one, other in itertools.pairwise(road):
        wide = 3 + 34 * max(0.0, (one[1] - 398) / 690) ** 1.1
        canvas.line([one, other], hexed("#e4dcc6"), wide * 0.86)


def snow_village(canvas: Canvas) -> None:
    """Snow-covered houses with lit windows under a dark sky, a church among them."""
    canvas.sky(SNOW_NIGHT, 600)
    stars(canvas, 300, hexed("#dbe2e2"), 70)
    for level, tone in ((420, "#4f6478"), (500, "#3d5266")):
        hill = ridge(canvas, level, 130, 0.5)
        land(canvas, hill, hexed(tone), hexed("#c3ced4"))
        firs(canvas, hill, hexed("#24384a"), count=90, size=52)
        canvas.haze(level, level + 140, hexed("#9aa8b2"), 0.3)
    land(canvas, curve([(-20, 640), (400, 610), (900, 650), (1620, 620)]), hexed("#c6d0d6"))
    _church(canvas, 900, 690)
    spots = sorted(
        (canvas.random.uniform(660, 800), x + canvas.random.uniform(-40, 40))
        for x in range(40, 1600, 130)
    )
    for y, x in spots:
        _house(canvas, x, y, 0.6 + (y - 640) / 260)
    snow = curve([(-20, 880), (380, 850), (820, 900), (1250, 856), (1620, 890)])
    field = canvas.polygon([*snow, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], hexed("#dfe6e8"))
    canvas.stipple(canvas.fall_mask(860, HEIGHT, 0, 190), hexed("#7c93a6"), field)
    for _ in range(26):
        x = canvas.random.choice(
            (canvas.random.uniform(-20, 320), canvas.random.uniform(1280, 1620))
        )
        fir(
            canvas,
            x,
            canvas.random.uniform(900, 1060),
            canvas.random.uniform(120, 230),
            hexed("#16283a"),
        )
    for _ in range(420):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(0, HEIGHT)
        canvas.dot(x, y, canvas.random.uniform(0.8, 2.6), hexed("#f4f6f4"))


def _house(canvas: Canvas, x: float, y: float, size: float) -> None:
    wide, high = 120 * size, 62 * size
    face = mixed(hexed("#6b4c3c"), hexed("#4c4a50"), canvas.random.random())
    canvas.box(x, y - high, x + wide, y, face)
    canvas.flat(
        [
            (x - 12 * size, y - high),
            (x + wide / 2, y - high - 58 * size),
            (x + wide + 12 * size, y - high),
        ],
        hexed("#e9eef0"),
    )
    canvas.flat(
        [
            (x + wide / 2, y - high - 58 * size),
            (x + wide + 12 * size, y - high),
            (x + wide * 0.7, y - high),
        ],
        hexed("#b4c2cc"),
    )
    for column in range(3):
        left = x + wide * (0.14 + column * 0.29)
        lit = canvas.random.random() < 0.75
        canvas.box(
            left,
            y - high + 16 * size,
            left + wide * 0.14,
            y - high + 40 * size,
            hexed("#f6c877") if lit else hexed("#2b333c"),
        )
        if lit:
            canvas.glow(left + wide * 0.07, y - high + 28 * size, 34 * size, hexed("#f6c877"), 0.4)
    canvas.box(
        x + wide * 0.76,
        y - high - 54 * size,
        x + wide * 0.86,
        y - high - 22 * size,
        hexed("#4a3c38"),
    )
    smoke = [
        (x + wide * 0.81 + math.sin(n / 2) * 6, y - high - (60 + n * 13) * size) for n in range(7)
    ]
    for number, (sx, sy) in enumerate(smoke):
        canvas.glow(sx, sy, (9 + number * 4) * size, hexed("#c3ccd2"), 0.35)


def _church(canvas: Canvas, x: float, y: float) -> None:
    wall = hexed("#b9b4ac")
    canvas.box(x, y - 96, x + 190, y, wall)
    canvas.flat([(x - 10, y - 96), (x + 95, y - 176), (x + 200, y - 96)], hexed("#edf1f2"))
    canvas.box(x - 62, y - 190, x + 4, y, mixed(wall, (255, 255, 255), 0.15))
    canvas.flat([(x - 70, y - 190), (x - 29, y - 330), (x + 12, y - 190)], hexed("#2f4152"))
    canvas.dot(x - 29, y - 150, 15, hexed("#f3e3b6"))
    windows(canvas, (x + 10, y - 96, x + 190, y - 10), hexed("#f6c877"), share=0.35)
