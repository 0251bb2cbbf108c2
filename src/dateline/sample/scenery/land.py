"""Scenes of the open country: valley, mountains, lake, fields, coast."""

from PIL import ImageChops

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, Point, hexed, mixed
from dateline.sample.scenery.shapes import (
    arc,
    curve,
    fir,
    firs,
    glitter,
    gulls,
    height_at,
    land,
    ridge,
    stars,
)

DAWN = tuple(hexed(c) for c in ("#7fa3ad", "#b9c8bf", "#f0d9b5", "#f3c08f"))
DUSK = tuple(hexed(c) for c in ("#22384f", "#50657a", "#c08a7d", "#eeb07f"))
COLD = tuple(hexed(c) for c in ("#56788c", "#8fa9b3", "#c9d3cf", "#e9e2d0"))
NIGHT = tuple(hexed(c) for c in ("#0e1c2e", "#1a3147", "#345066", "#6b7d86"))


def _ranges(
    canvas: Canvas, far: Colour, near: Colour, levels: tuple[float, ...], light: Colour
) -> list[Point]:
    """Lay ranges of hills from far to near, mist between them; return the nearest skyline."""
    line: list[Point] = []
    for number, level in enumerate(levels):
        share = number / max(1, len(levels) - 1)
        line = ridge(canvas, level, 150 - 60 * share, 0.52)
        land(canvas, line, mixed(far, near, share), mixed(light, near, share * 0.7))
        if number < len(levels) - 1:
            canvas.haze(level - 20, levels[number + 1] + 60, light, 0.42 - 0.2 * share)
    return line


def _sun(canvas: Canvas, x: float, y: float, colour: Colour, radius: float = 44) -> None:
    canvas.glow(x, y, radius * 9, colour, 0.75)
    canvas.dot(x, y, radius, mixed(colour, (255, 250, 235), 0.65))


def valley(canvas: Canvas) -> None:
    """A river bending through a deep valley between ridges under a pale sun."""
    canvas.sky(DAWN, 520)
    _sun(canvas, 1050, 250, hexed("#f7d9a0"))
    _ranges(canvas, hexed("#a9b9b4"), hexed("#3f6269"), (330, 410, 500), hexed("#f1dcb9"))
    floor = canvas.box_mask(0, 610, WIDTH, HEIGHT)
    canvas.lay(floor, hexed("#5d7a62"))
    canvas.stipple(canvas.fall_mask(610, 860, 150, 0), hexed("#c9c08a"), floor)
    left = curve([(905, 612), (840, 640), (960, 690), (700, 770), (980, 880), (560, 1067)])
    right = curve([(925, 612), (890, 640), (1035, 690), (840, 775), (1290, 890), (1180, 1067)])
    river = canvas.polygon([*left, *reversed(right)], hexed("#d9dccb"))
    canvas.stipple(canvas.fall_mask(640, 1067, 0, 150), hexed("#6f9298"), river)
    sides: tuple[tuple[str, list[Point], Point], ...] = (
        ("#2c4d50", [(-20, 430), (160, 520), (380, 690), (520, 860), (600, HEIGHT)], (-20, HEIGHT)),
        (
            "#264349",
            [(WIDTH + 20, 400), (1430, 500), (1260, 670), (1180, 860), (1230, HEIGHT)],
            (WIDTH + 20, HEIGHT),
        ),
    )
    for colour, points, corner in sides:
        line = curve(points)
        slope = canvas.polygon([*line, corner], hexed(colour))
        canvas.stipple(canvas.fall_mask(420, 900, 120, 0), hexed("#b99a6a"), slope)
        for shrink, size in ((0.16, 66), (0.4, 92), (0.66, 124)):
            rows = [(x + (corner[0] - x) * shrink, y + 60 + 190 * shrink) for x, y in line]
            wood = [(x, y) for x, y in rows if y < HEIGHT + 60]
            _wood(canvas, wood, mixed(hexed(colour), hexed("#0f2628"), shrink + 0.2), size)


def _wood(canvas: Canvas, line: list[Point], colour: Colour, size: float) -> None:
    """Set firs along a line that need not span the picture."""
    for x, y in line[::4]:
        high = size * canvas.random.uniform(0.6, 1.2)
        fir(canvas, x + canvas.random.uniform(-9, 9), y, high, colour)


def mountains(canvas: Canvas) -> None:
    """High peaks with snow in cold light, firs in front."""
    canvas.sky(COLD, 620)
    canvas.glow(1250, 330, 420, hexed("#f6e6c4"), 0.6)
    land(canvas, ridge(canvas, 470, 170, 0.5), hexed("#a9b8bd"), hexed("#efeade"))
    canvas.haze(420, 640, hexed("#dfe3dc"), 0.6)
    for x, top, half in ((1330, 330, 420), (250, 270, 460), (800, 150, 600)):
        shift = canvas.random.uniform(-60, 60)
        _peak(canvas, x + shift, top + canvas.random.uniform(-30, 30), half)
    canvas.haze(520, 800, hexed("#d9dfda"), 0.6)
    for level, colour, size in ((770, "#4d6a72", 70), (850, "#2f4a53", 100), (950, "#172d36", 150)):
        near = ridge(canvas, level, 70, 0.5)
        firs(canvas, near, hexed(colour), count=150, size=size)
        land(canvas, near, hexed(colour))
        canvas.haze(level + 10, level + 130, hexed("#cdd7d3"), 0.25)


def _peak(canvas: Canvas, x: float, top: float, half: float) -> None:
    """Lay one mountain: a lit and a shaded face, snow down from the summit."""
    base = 860.0
    west = _flank(canvas, (x, top), (x - half, base))
    east = _flank(canvas, (x, top), (x + half, base))
    fold = _flank(canvas, (x, top), (x + half * 0.16, base))
    body = canvas.polygon([*reversed(west), *east], hexed("#7d929c"))
    canvas.stipple(canvas.fall_mask(top, base, 0, 160), hexed("#4d6876"), body)
    shade = canvas.polygon([*fold, *reversed(east)], hexed("#4a6271"))
    canvas.stipple(canvas.fall_mask(top, base, 150, 0), hexed("#2f4655"), shade)
    for share, start, end in ((0.66, west, fold), (0.4, fold, east)):
        snow = _snow(canvas, start, end, top + (base - top) * share)
        white = hexed("#f6f2e8") if share > 0.5 else hexed("#a7bac4")
        canvas.lay(ImageChops.darker(canvas.polygon_mask(snow), body), white)


def _snow(canvas: Canvas, one: list[Point], other: list[Point], lowest: float) -> list[Point]:
    """Return the outline of a snowfield between two lines, its lower edge in tongues."""
    left = [point for point in one if point[1] < lowest]
    right = [point for point in other if point[1] < lowest - 90]
    (x0, y0), (x1, y1) = left[-1], right[-1]
    tongues: list[Point] = []
    for number in range(1, 14):
        part = number / 14
        reach = canvas.random.uniform(30, 120) if number % 2 else canvas.random.uniform(-110, -20)
        tongues.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part + reach))
    return [*left, *tongues, *reversed(right)]


def _flank(canvas: Canvas, start: Point, end: Point) -> list[Point]:
    """Return a ragged line from a summit to its foot."""
    steps = 26
    line: list[Point] = [start]
    for number in range(1, steps + 1):
        part = number / steps
        x = start[0] + (end[0] - start[0]) * part**1.18 + canvas.random.uniform(-11, 11)
        line.append((x, start[1] + (end[1] - start[1]) * part + canvas.random.uniform(-9, 9)))
    return line


def lake(canvas: Canvas) -> None:
    """A domed building by a still lake at night, its lights in the water."""
    canvas.sky(NIGHT, 620)
    stars(canvas, 420, hexed("#dfe6e2"), 150)
    line = _ranges(canvas, hexed("#3d566b"), hexed("#16293a"), (430, 520), hexed("#6d828c"))
    firs(canvas, line, hexed("#12222f"), count=90, size=70)
    canvas.lay(canvas.box_mask(0, 640, WIDTH, HEIGHT), hexed("#101f2c"))
    stone, lit = hexed("#2b3a46"), hexed("#f2c879")
    canvas.glow(820, 600, 520, hexed("#c98d4f"), 0.42)
    canvas.box(420, 560, 1220, 660, stone)
    canvas.box(640, 520, 1000, 660, mixed(stone, lit, 0.12))
    canvas.polygon(arc(820, 522, 150, 128, 180, 360), mixed(stone, lit, 0.2))
    canvas.box(812, 352, 828, 400, mixed(stone, lit, 0.3))
    for x in range(444, 1210, 32):
        high = 520 if 640 < x < 990 else 578
        canvas.flat([*arc(x, high + 26, 8, 14, 180, 360), (x + 8, 646), (x - 8, 646)], lit)
    canvas.reflect(662, hexed("#0f1d2b"), 0.42)
    for x in range(460, 1210, 120):
        glitter(canvas, x, 664, hexed("#b98a52"), 5)


def fields(canvas: Canvas) -> None:
    """Ripe grain in rows to the horizon, a lone harvester, a big evening sky."""
    canvas.sky(DUSK, 560)
    _sun(canvas, 520, 500, hexed("#ffd59a"), 52)
    line = ridge(canvas, 560, 26, 0.5)
    land(canvas, line, hexed("#6d6a5c"))
    field = canvas.box_mask(0, 600, WIDTH, HEIGHT)
    canvas.lay(field, hexed("#d7a650"))
    for number in range(-26, 27):
        near, far = 800 + number * 120, 800 + number * 22
        shade = mixed(hexed("#b07f35"), hexed("#e6bf70"), canvas.random.random())
        canvas.flat([(far, 600), (far + 9, 600), (near + 54, HEIGHT), (near, HEIGHT)], shade)
    canvas.stipple(canvas.fall_mask(600, 1067, 0, 170), hexed("#5d3f22"), field)
    canvas.stipple(canvas.fall_mask(600, 740, 150, 0), hexed("#f4d894"), field)
    dark = hexed("#2b2f33")
    canvas.box(1010, 612, 1150, 668, hexed("#a3402f"))
    canvas.box(1110, 582, 1148, 616, dark)
    canvas.polygon([(930, 664), (1012, 640), (1012, 680), (930, 690)], dark)
    for x, radius in ((1042, 26), (1128, 18)):
        canvas.dot(x, 676, radius, dark)
    canvas.wash(canvas.soften(canvas.box_mask(1150, 640, 1420, 690), 26), hexed("#e9cf96"), 0.55)
    gulls(canvas, hexed("#3d3a40"), 14, (900, 420, 1300, 570))


def lighthouse(canvas: Canvas) -> None:
    """A lighthouse on a dark headland, its beam over a grey sea at dusk."""
    canvas.sky(tuple(hexed(c) for c in ("#23404f", "#496a74", "#93a39c", "#d8bd97")), 640)
    canvas.haze(420, 650, hexed("#e2c9a2"), 0.35)
    sea = canvas.box_mask(0, 640, WIDTH, HEIGHT)
    canvas.lay(sea, hexed("#3a5a63"))
    canvas.stipple(canvas.fall_mask(640, 1067, 0, 200), hexed("#16303a"), sea)
    for _ in range(260):
        y = 646 + 421 * canvas.random.random() ** 1.5
        half = canvas.random.uniform(8, 20 + (y - 640) * 0.16)
        x = canvas.random.uniform(0, WIDTH)
        canvas.box(
            x - half,
            y,
            x + half,
            y + 1 + (y - 640) / 190,
            mixed(hexed("#8fa7a4"), hexed("#3a5a63"), canvas.random.random()),
        )
    beam = canvas.soften(canvas.polygon_mask([(1132, 352), (-40, 120), (-40, 400), (1132, 368)]), 7)
    canvas.wash(beam, hexed("#f6e3b0"), 0.55)
    cape = curve(
        [(820, 700), (900, 640), (1010, 590), (1110, 566), (1260, 560), (1420, 520), (1620, 500)]
    )
    area = canvas.polygon(
        [
            *cape,
            (WIDTH + 20, HEIGHT),
            (1270, HEIGHT),
            (1180, 960),
            (1010, 880),
            (940, 790),
            (850, 740),
        ],
        hexed("#1c2b30"),
    )
    canvas.stipple(canvas.fall_mask(500, 760, 120, 0), hexed("#8b8a6f"), area)
    white, shade = hexed("#efe9d8"), hexed("#7d8f92")
    tower = canvas.polygon([(1108, 380), (1160, 380), (1178, 572), (1090, 572)], white)
    canvas.stipple(canvas.side_mask(1105, 1185, 0, 235), shade, tower)
    for top in (425, 505):
        band = canvas.polygon_mask([(1080, top), (1190, top), (1190, top + 36), (1080, top + 36)])
        canvas.lay(ImageChops.darker(band, tower), hexed("#a9402f"))
    canvas.box(1112, 338, 1156, 380, hexed("#24343a"))
    canvas.box(1120, 344, 1148, 376, hexed("#ffe9b0"))
    canvas.polygon([(1106, 340), (1134, 314), (1162, 340)], hexed("#24343a"))
    canvas.box(1100, 378, 1168, 385, hexed("#24343a"))
    canvas.glow(1134, 360, 190, hexed("#ffe3a0"), 0.75)
    canvas.polygon(
        [(1190, 566), (1190, 530), (1222, 506), (1254, 530), (1254, 562)], hexed("#cfc7b2")
    )
    canvas.box(1204, 536, 1216, 548, hexed("#f2c879"))
    gulls(canvas, hexed("#dfe0d6"), 9, (420, 430, 900, 600))


def glacier(canvas: Canvas) -> None:
    """The blue front of a glacier over a still bay."""
    canvas.sky(COLD, 420)
    land(canvas, ridge(canvas, 330, 200, 0.52), hexed("#7b909b"), hexed("#f2efe6"))
    canvas.haze(300, 480, hexed("#e4e6de"), 0.6)
    top: list[Point] = [
        (x, 470 + canvas.random.uniform(-20, 20) + abs(x - 700) * 0.03)
        for x in range(-20, 1640, 26)
    ]
    ice = canvas.polygon([*top, (WIDTH + 20, 700), (-20, 700)], hexed("#dfe9e8"))
    canvas.stipple(canvas.fall_mask(480, 700, 20, 170), hexed("#5f9db4"), ice)
    for x, y in top:
        lean = canvas.random.uniform(-14, 14)
        canvas.line(
            [(x, y + 4), (x + lean, y + canvas.random.uniform(60, 225))],
            mixed(hexed("#3f7f9b"), hexed("#bcd9df"), canvas.random.random()),
            canvas.random.choice((1, 2, 4)),
        )
    canvas.reflect(700, hexed("#3d6673"), 0.4)
    for _ in range(26):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.uniform(730, 1020)
        wide = (y - 690) * canvas.random.uniform(0.1, 0.32)
        canvas.flat(
            [
                (x - wide, y),
                (x - wide * 0.4, y - wide * 0.5),
                (x + wide * 0.3, y - wide * 0.36),
                (x + wide, y),
            ],
            hexed("#eef3ef"),
        )
        canvas.flat(
            [(x - wide, y), (x + wide, y), (x + wide * 0.5, y + wide * 0.22)], hexed("#7fb0bd")
        )


def observatory(canvas: Canvas) -> None:
    """A white dome on a bare summit under the stars."""
    canvas.sky(tuple(hexed(c) for c in ("#0b1526", "#16294a", "#37507a", "#b98a86")), 760)
    band = canvas.soften(canvas.polygon_mask([(200, -20), (520, -20), (1250, 760), (900, 760)]), 70)
    canvas.stipple(band.point([round(n * 0.34) for n in range(256)]), hexed("#aebbd6"))
    stars(canvas, 720, hexed("#f2f0e4"), 700)
    line = ridge(canvas, 800, 90, 0.5)
    land(canvas, line, hexed("#2a3144"), hexed("#8d7480"))
    near = curve(
        [(-20, 980), (300, 900), (620, 838), (820, 812), (1060, 836), (1340, 930), (1620, 960)]
    )
    land(canvas, near, hexed("#141c2b"), hexed("#5d5468"))
    base = height_at(near, 820)
    canvas.box(690, base - 130, 950, base + 20, hexed("#8f96a6"))
    dome = canvas.polygon(arc(820, base - 128, 146, 150, 180, 360), hexed("#d9dbdc"))
    canvas.stipple(canvas.side_mask(740, 970, 0, 230), hexed("#5b6580"), dome)
    canvas.polygon(
        [(800, base - 278), (832, base - 278), (846, base - 150), (796, base - 150)],
        hexed("#0e1626"),
    )
    canvas.box(806, base - 60, 834, base + 10, hexed("#f0b96b"))
    canvas.glow(820, base - 20, 90, hexed("#f0b96b"), 0.5)
