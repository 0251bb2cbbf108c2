"""Scenes of ways and places between: canal, railway, border, square, market."""

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, Point, hexed, mixed
from dateline.sample.scenery.shapes import arc, curve, fir, firs, glitter, gulls, land, ridge, stars

DAY = tuple(hexed(c) for c in ("#6d9bab", "#a5c0bf", "#dbdcc8", "#f0dfb9"))
NIGHT = tuple(hexed(c) for c in ("#0d1a2b", "#1b3049", "#3a506a", "#75707f"))
RAIN = tuple(hexed(c) for c in ("#16222f", "#26384a", "#3e5163", "#5a6a75"))
EARLY = tuple(hexed(c) for c in ("#7d93a8", "#b5b4b6", "#ecc9a3", "#f7dfb4"))
GOODS = ("#b5523b", "#3f6f7c", "#d19a4c", "#7d8a86", "#54485a", "#8a9a5b")


def canal(canvas: Canvas) -> None:
    """A large cargo ship in a canal between two green banks under a wide sky."""
    canvas.sky(DAY, 520)
    canvas.glow(1240, 420, 460, hexed("#fbe6b4"), 0.7)
    land(canvas, ridge(canvas, 500, 40, 0.5), hexed("#93a79a"), hexed("#e6dfbf"))
    canvas.haze(420, 560, hexed("#ece3c8"), 0.5)
    field = canvas.box_mask(-10, 530, WIDTH, HEIGHT)
    canvas.lay(field, hexed("#7d9463"))
    canvas.stipple(canvas.fall_mask(530, 760, 170, 0), hexed("#d7cf93"), field)
    for place in range(20, 1600, 46):
        fir(
            canvas,
            place + canvas.random.uniform(-14, 14),
            545,
            canvas.random.uniform(26, 58),
            hexed("#5b7a62"),
        )
    water = [(700, 532), (900, 532), (1500, HEIGHT), (60, HEIGHT)]
    area = canvas.polygon(water, hexed("#8fa9a6"))
    canvas.stipple(canvas.fall_mask(560, HEIGHT, 0, 220), hexed("#3f656b"), area)
    for points in (
        [(700, 532), (60, HEIGHT), (0, HEIGHT), (688, 532)],
        [(900, 532), (1500, HEIGHT), (1570, HEIGHT), (912, 532)],
    ):
        bank = canvas.polygon(points, hexed("#c3b58d"))
        canvas.stipple(canvas.fall_mask(600, HEIGHT, 0, 160), hexed("#77694a"), bank)
    _ship(canvas, 800 + canvas.random.uniform(-40, 40))
    for _ in range(70):
        y = canvas.random.uniform(880, 1060)
        x = canvas.random.uniform(260, 1340)
        half = canvas.random.uniform(10, 44)
        canvas.box(x - half, y, x + half, y + 2, hexed("#b9ccc4"))
    gulls(canvas, hexed("#5c6a6e"), 12, (200, 150, 1400, 420))


def _ship(canvas: Canvas, x: float) -> None:
    """Lay a container ship seen from ahead."""
    hull, dark = hexed("#22384a"), hexed("#16242f")
    for row in range(7):
        for column in range(9):
            if row == 6 and canvas.random.random() < 0.4:
                continue
            left, top = x - 234 + column * 52, 590 - row * 42
            colour = mixed(hexed(canvas.random.choice(GOODS)), dark, 0.1 + row * 0.01)
            canvas.box(left, top, left + 49, top + 39, colour)
            canvas.line([(left + 24, top + 4), (left + 24, top + 36)], mixed(colour, dark, 0.35), 2)
    canvas.box(x - 150, 292, x + 150, 338, hexed("#e6dfcc"))
    for number in range(12):
        canvas.box(x - 138 + number * 24, 304, x - 122 + number * 24, 318, hexed("#35505c"))
    canvas.box(x - 12, 250, x + 12, 294, hexed("#b5523b"))
    outline = [
        (x - 262, 630),
        (x + 262, 630),
        (x + 236, 800),
        (x + 60, 900),
        (x, 912),
        (x - 60, 900),
        (x - 236, 800),
    ]
    body = canvas.polygon(outline, hull)
    canvas.stipple(canvas.side_mask(x - 40, x + 280, 0, 220), dark, body)
    canvas.stipple(canvas.side_mask(x - 270, x - 20, 110, 0), hexed("#6f8fa0"), body)
    red = [(x - 228, 830), (x + 228, 830), (x + 60, 902), (x, 914), (x - 60, 902)]
    canvas.polygon(red, hexed("#8e3b2e"))
    canvas.line([(x, 632), (x, 908)], mixed(hull, hexed("#9fb6c0"), 0.4), 3)
    wash = canvas.soften(
        canvas.polygon_mask([(x - 250, 890), (x + 250, 890), (x + 420, 990), (x - 420, 990)]), 16
    )
    canvas.stipple(wash.point([round(n * 0.5) for n in range(256)]), hexed("#e8efe6"))


def night_train(canvas: Canvas) -> None:
    """A lit train crossing a dark viaduct between wooded hills at night."""
    canvas.sky(NIGHT, 700)
    stars(canvas, 480, hexed("#e6e9e2"), 260)
    canvas.glow(1220, 230, 260, hexed("#dfe3d4"), 0.55)
    canvas.dot(1220, 230, 46, hexed("#f3f0df"))
    for level, colour in ((480, "#3a4d63"), (580, "#26394e")):
        line = ridge(canvas, level, 130, 0.5)
        firs(canvas, line, hexed(colour), count=80, size=60)
        land(canvas, line, hexed(colour), hexed("#54677a"))
        canvas.haze(level, level + 190, hexed("#6f7f8e"), 0.35)
    stone = hexed("#1a2837")
    canvas.box(-10, 690, WIDTH, 720, stone)
    for number in range(9):
        x = 40 + number * 190
        canvas.box(x - 17, 700, x + 17, HEIGHT, stone)
        canvas.flat([(x + 17, 720), *arc(x + 95, 800, 78, 80, 180, 360), (x + 173, 720)], stone)
    _carriages(canvas)
    near = ridge(canvas, 1000, 40, 0.5)
    firs(canvas, near, hexed("#0b141e"), count=170, size=150)
    land(canvas, near, hexed("#0b141e"))


def _carriages(canvas: Canvas) -> None:
    lit, body = hexed("#ffd890"), hexed("#24364a")
    beam = canvas.soften(
        canvas.polygon_mask([(1404, 655), (WIDTH + 40, 610), (WIDTH + 40, 740), (1404, 670)]), 8
    )
    canvas.wash(beam, hexed("#ffeab8"), 0.5)
    for number in range(6):
        left = 92 + number * 218
        canvas.box(left, 622, left + 210, 680, body)
        canvas.box(left, 622, left + 210, 627, hexed("#4a6076"))
        for window in range(9):
            if canvas.random.random() < 0.86:
                x = left + 10 + window * 22
                canvas.box(
                    x, 637, x + 15, 656, mixed(lit, hexed("#fff4d6"), canvas.random.random())
                )
        for wheel in (30, 58, 152, 180):
            canvas.dot(left + wheel, 684, 7, hexed("#0e1722"))
    canvas.flat([(1400, 622), (1440, 640), (1452, 680), (1400, 680)], body)
    canvas.box(1416, 636, 1432, 652, lit)
    canvas.glow(760, 655, 420, hexed("#e0b069"), 0.22)


def border_post(canvas: Canvas) -> None:
    """A red and white barrier and a small hut on a mountain road, a goat beside it."""
    canvas.sky(DAY, 560)
    for level, tone in ((330, "#a9bcbb"), (430, "#86a09d")):
        land(canvas, ridge(canvas, level, 170, 0.5), hexed(tone), hexed("#ede6cf"))
        canvas.haze(level, level + 230, hexed("#e4e3d2"), 0.5)
    line = ridge(canvas, 560, 50, 0.5)
    firs(canvas, line, hexed("#4b6a5c"), count=90, size=90)
    land(canvas, line, hexed("#5e7f5f"), hexed("#c9c98f"))
    meadow = canvas.polygon(
        [*curve([(-20, 690), (400, 650), (900, 670), (1620, 620)]), (1620, HEIGHT), (-20, HEIGHT)],
        hexed("#86a05f"),
    )
    canvas.stipple(canvas.fall_mask(640, 1000, 160, 0), hexed("#e0d798"), meadow)
    road = canvas.polygon(
        [
            *curve([(720, 662), (690, 740), (560, 860), (300, HEIGHT)]),
            *reversed(curve([(760, 662), (800, 740), (880, 860), (960, HEIGHT)])),
        ],
        hexed("#d3c6a3"),
    )
    canvas.stipple(canvas.fall_mask(660, HEIGHT, 0, 120), hexed("#97835a"), road)
    wall, roof = hexed("#e9e2cd"), hexed("#6b4a3a")
    hut = canvas.polygon([(1010, 640), (1290, 640), (1290, 850), (1010, 850)], wall)
    canvas.stipple(canvas.side_mask(1130, 1320, 0, 170), hexed("#97917d"), hut)
    canvas.flat([(980, 644), (1150, 552), (1320, 644)], roof)
    canvas.box(1050, 690, 1130, 760, hexed("#35505c"))
    canvas.line([(1090, 690), (1090, 760)], wall, 5)
    canvas.box(1190, 700, 1250, 850, roof)
    canvas.box(936, 690, 966, 880, hexed("#3c4448"))
    for number in range(13):
        left = 372 + number * 44
        colour = hexed("#b3402f") if number % 2 else hexed("#f3eee0")
        canvas.flat(
            [
                (left, 752 - number * 1.6),
                (left + 44, 750 - number * 1.6),
                (left + 44, 772 - number * 1.6),
                (left, 774 - number * 1.6),
            ],
            colour,
        )
    canvas.box(372, 752, 384, 880, hexed("#3c4448"))
    _goat(canvas, 640, 930)


def _goat(canvas: Canvas, x: float, y: float) -> None:
    coat, dark = hexed("#f4efe2"), hexed("#3b332c")
    for dx in (-62, -44, 40, 58):
        canvas.box(x + dx, y - 20, x + dx + 10, y + 58, mixed(coat, dark, 0.25))
        canvas.box(x + dx, y + 50, x + dx + 10, y + 58, dark)
    body = canvas.polygon([*arc(x, y - 42, 82, 44, 0, 360)], coat)
    canvas.stipple(canvas.fall_mask(y - 60, y + 10, 0, 130), hexed("#b5a78c"), body)
    canvas.flat([(x + 52, y - 60), (x + 92, y - 132), (x + 122, y - 122), (x + 84, y - 34)], coat)
    canvas.flat(
        [
            (x + 84, y - 142),
            (x + 122, y - 146),
            (x + 158, y - 112),
            (x + 146, y - 98),
            (x + 96, y - 110),
        ],
        coat,
    )
    canvas.line(curve([(x + 96, y - 142), (x + 84, y - 176), (x + 58, y - 190)]), dark, 7)
    canvas.line(curve([(x + 108, y - 144), (x + 104, y - 180), (x + 82, y - 200)]), dark, 7)
    canvas.flat([(x + 92, y - 136), (x + 66, y - 122), (x + 90, y - 118)], mixed(coat, dark, 0.3))
    canvas.flat([(x + 134, y - 98), (x + 130, y - 70), (x + 144, y - 96)], mixed(coat, dark, 0.15))
    canvas.dot(x + 124, y - 126, 4, dark)
    canvas.line([(x + 66, y - 84), (x + 100, y - 62)], hexed("#b3402f"), 6)
    canvas.box(x + 78, y - 70, x + 104, y - 38, hexed("#e9d27a"))
    canvas.flat([(x - 78, y - 60), (x - 104, y - 84), (x - 84, y - 44)], coat)


def clock_tower(canvas: Canvas) -> None:
    """A clock tower over a wet square at night, lamps reflected in the paving."""
    canvas.sky(RAIN, 700)
    for level, tone in ((430, "#2c3f4f"), (520, "#22323f")):
        land(canvas, ridge(canvas, level, 90, 0.5), hexed(tone))
    canvas.haze(380, 700, hexed("#61707a"), 0.35)
    x = -30.0
    while x < WIDTH:
        wide, high = canvas.random.uniform(120, 210), canvas.random.uniform(200, 330)
        _facade(canvas, x, wide, high)
        x += wide
    _tower(canvas)
    canvas.box(-10, 760, WIDTH, HEIGHT, hexed("#1d2a34"))
    canvas.reflect(760, hexed("#16212b"), 0.3)
    for lamp in (200, 520, 1080, 1400):
        canvas.box(lamp - 3, 600, lamp + 3, 800, hexed("#0d151c"))
        canvas.glow(lamp, 596, 150, hexed("#f6c97f"), 0.75)
        canvas.dot(lamp, 596, 11, hexed("#ffefc8"))
        glitter(canvas, lamp, 802, hexed("#d9a662"), 14)
    for _ in range(17):
        _figure(canvas, canvas.random.uniform(420, 1180), canvas.random.uniform(812, 900))
    for _ in range(520):
        left, top = canvas.random.uniform(-40, WIDTH), canvas.random.uniform(-20, HEIGHT)
        canvas.line(
            [(left, top), (left - 9, top + canvas.random.uniform(24, 50))], hexed("#7d8f9b"), 1
        )


def _facade(canvas: Canvas, x: float, wide: float, high: float) -> None:
    base = 770.0
    face = mixed(hexed("#2f3f4c"), hexed("#4a4f55"), canvas.random.random())
    canvas.box(x, base - high, x + wide, base, face)
    canvas.flat(
        [(x - 5, base - high), (x + wide / 2, base - high - 74), (x + wide + 5, base - high)],
        mixed(face, hexed("#10181f"), 0.5),
    )
    for row in range(3):
        for column in range(3):
            left, top = x + wide * (0.16 + column * 0.28), base - high + 32 + row * 74
            lit = canvas.random.random() < 0.4
            canvas.box(
                left, top, left + 24, top + 40, hexed("#e9b86c") if lit else hexed("#18242e")
            )


def _tower(canvas: Canvas) -> None:
    stone = hexed("#59626a")
    body = canvas.polygon([(728, 240), (872, 240), (880, 770), (720, 770)], stone)
    canvas.stipple(canvas.side_mask(760, 890, 0, 220), hexed("#222d36"), body)
    canvas.flat([(716, 244), (800, 96), (884, 244)], hexed("#1b262f"))
    canvas.line([(800, 100), (800, 60)], hexed("#1b262f"), 4)
    canvas.box(714, 236, 886, 250, hexed("#39444d"))
    canvas.glow(800, 330, 130, hexed("#ffe0a0"), 0.55)
    canvas.dot(800, 330, 56, hexed("#f7e6bd"))
    canvas.line([(800, 330), (800, 288)], hexed("#1b262f"), 5)
    canvas.line([(800, 330), (770, 334)], hexed("#1b262f"), 6)
    for top in (440, 540):
        canvas.flat(
            [*arc(800, top, 14, 18, 180, 360), (814, top + 44), (786, top + 44)], hexed("#161f27")
        )


def _figure(canvas: Canvas, x: float, y: float) -> None:
    size = 0.8 + (y - 800) / 160
    dark = hexed("#0c1319")
    canvas.flat(
        [
            (x - 13 * size, y),
            (x - 9 * size, y - 46 * size),
            (x + 9 * size, y - 46 * size),
            (x + 13 * size, y),
        ],
        dark,
    )
    canvas.dot(x, y - 54 * size, 8 * size, dark)
    if canvas.random.random() < 0.6:
        canvas.flat(
            [*arc(x, y - 62 * size, 34 * size, 24 * size, 180, 360)],
            mixed(dark, hexed("#7a2f2b"), canvas.random.choice((0.0, 0.2, 0.8))),
        )


def market(canvas: Canvas) -> None:
    """Striped awnings over stalls on a square in the early light, a tower behind."""
    canvas.sky(EARLY, 620)
    canvas.glow(360, 520, 520, hexed("#ffe3ad"), 0.7)
    x = -30.0
    while x < WIDTH:
        wide, high = canvas.random.uniform(110, 190), canvas.random.uniform(170, 320)
        _gable(canvas, x, wide, high)
        x += wide
    canvas.box(1108, 210, 1196, 640, hexed("#a58a78"))
    canvas.flat([(1096, 214), (1152, 90), (1208, 214)], hexed("#6d5a58"))
    canvas.dot(1152, 280, 30, hexed("#f4e7c8"))
    canvas.haze(300, 660, hexed("#f6dcb2"), 0.35)
    square = canvas.box_mask(-10, 640, WIDTH, HEIGHT)
    canvas.lay(square, hexed("#c7b28f"))
    canvas.stipple(canvas.fall_mask(640, HEIGHT, 0, 190), hexed("#6b5a4a"), square)
    for row, (y, size) in enumerate(((700, 0.8), (800, 1.15), (940, 1.65))):
        step = 300 * size
        start = -80.0 - 90 * row
        while start < WIDTH:
            _stall(canvas, start, y, size)
            start += step
    gulls(canvas, hexed("#6d6a70"), 10, (500, 90, 1500, 260))


def _gable(canvas: Canvas, x: float, wide: float, high: float) -> None:
    face = mixed(hexed("#c7a98a"), hexed("#93827d"), canvas.random.random())
    canvas.box(x, 650 - high, x + wide, 650, face)
    steps: list[Point] = []
    for number in range(5):
        left, up = x + wide * number / 10, 650 - high - number * 17
        steps += [(left, up), (left, up - 17)]
    right = [(2 * x + wide - px, py) for px, py in reversed(steps)]
    canvas.flat([*steps, *right], face)
    for row in range(2):
        for column in range(3):
            left, top = x + wide * (0.16 + column * 0.27), 650 - high + 26 + row * 70
            canvas.box(left, top, left + 20, top + 36, hexed("#4b4a50"))


def _stall(canvas: Canvas, x: float, y: float, size: float) -> None:
    colour: Colour = hexed(canvas.random.choice(("#b3402f", "#2f6a6a", "#c08a35", "#4c5f82")))
    wide = 240 * size
    for pole in (12, 222):
        canvas.box(
            x + pole * size, y - 60 * size, x + (pole + 6) * size, y + 70 * size, hexed("#4a3a2e")
        )
    canvas.box(x + 6 * size, y + 10 * size, x + wide - 6 * size, y + 66 * size, hexed("#7a5a3d"))
    for number in range(16):
        left = x + (14 + number * 13.4) * size
        goods = hexed(canvas.random.choice(("#d9a45b", "#c9823f", "#e3c07a", "#a9532f", "#7f9a4f")))
        canvas.dot(left + 6 * size, y + 6 * size, 9 * size, goods)
    for number in range(10):
        left = x + number * 24 * size
        tone = colour if number % 2 else hexed("#f3ead6")
        inner = x + 30 * size + number * 18 * size
        canvas.flat(
            [
                (inner, y - 112 * size),
                (inner + 18 * size, y - 112 * size),
                (left + 24 * size, y - 56 * size),
                (left, y - 56 * size),
            ],
            tone,
        )
        canvas.flat([*arc(left + 12 * size, y - 57 * size, 12 * size, 11 * size, 0, 180)], tone)
