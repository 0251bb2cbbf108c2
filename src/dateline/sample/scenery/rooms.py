"""Scenes indoors: assembly hall, library, concert hall, laboratory."""

import math

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Point, hexed, mixed
from dateline.sample.scenery.shapes import arc


def assembly_hall(canvas: Canvas) -> None:
    """Rows of empty seats curving around a lit lectern in a high, dark hall."""
    wall, floor, wood = hexed("#1b3140"), hexed("#14222d"), hexed("#7b4b32")
    canvas.image.paste(wall, (0, 0, *canvas.image.size))
    for number in range(17):
        x = 800 + (number - 8) * (118 - abs(number - 8) * 3)
        canvas.box(
            x - 14, 60, x + 14, 560, mixed(wall, hexed("#3a5866"), 0.55 - abs(number - 8) * 0.05)
        )
    canvas.stipple(canvas.fall_mask(0, 460, 235, 0), hexed("#0c1720"))
    canvas.glow(800, 420, 560, hexed("#d9a765"), 0.55)
    for across, high, share in ((520, 84, 0.9), (390, 60, 0.6), (260, 38, 0.35)):
        canvas.line(
            arc(800, 120, across, high, 0, 360), mixed(hexed("#f6d9a0"), wall, 1 - share), 5
        )
    canvas.polygon([(560, 210), (1040, 210), (1010, 500), (590, 500)], hexed("#25404e"))
    canvas.dot(800, 340, 92, hexed("#d8a860"))
    canvas.dot(800, 340, 80, hexed("#25404e"))
    for degrees in range(0, 180, 30):
        angle = math.radians(degrees)
        dx, dy = 80 * math.cos(angle), 80 * math.sin(angle)
        canvas.line([(800 - dx, 340 - dy), (800 + dx, 340 + dy)], hexed("#d8a860"), 2.5)
    canvas.line(arc(800, 340, 40, 80, 0, 360), hexed("#d8a860"), 2.5)
    base = canvas.polygon(
        [*arc(800, 640, 900, 150, 180, 360), (WIDTH + 20, HEIGHT), (-20, HEIGHT)], floor
    )
    canvas.stipple(canvas.soften(canvas.disc_mask(800, 560, 190), 60), hexed("#a9794c"), base)
    canvas.polygon(
        [(560, 500), (1040, 500), (1070, 566), (530, 566)], mixed(wood, hexed("#e2b074"), 0.25)
    )
    canvas.polygon([(530, 566), (1070, 566), (1070, 590), (530, 590)], mixed(wood, (0, 0, 0), 0.35))
    canvas.polygon([(764, 516), (836, 516), (850, 622), (750, 622)], hexed("#d9a266"))
    canvas.polygon([(752, 506), (848, 506), (840, 524), (760, 524)], hexed("#f0c48a"))
    canvas.line([(800, 506), (806, 474)], hexed("#0f1b24"), 3)
    cone = canvas.soften(canvas.polygon_mask([(786, 130), (814, 130), (930, 620), (670, 620)]), 16)
    canvas.wash(cone, hexed("#fbe3b3"), 0.3)
    for row in range(7):
        _seats(canvas, row)


def _seats(canvas: Canvas, row: int) -> None:
    """Lay one curved row of desks and seat backs, nearer rows larger."""
    depth = row / 6
    y, across, high = 628 + 42 * row + 8 * row * row, 560 + 150 * row, 62 + 24 * row
    desk = mixed(hexed("#6f4630"), hexed("#2a1b16"), depth * 0.75)
    front = [*arc(800, y, across, high, 8, 172)]
    lower = [(x, py + 18 + 8 * row) for x, py in reversed(front)]
    canvas.flat([*front, *lower], mixed(desk, (0, 0, 0), 0.25))
    canvas.line(front, mixed(desk, hexed("#f0bd80"), 0.5 - depth * 0.35), 4 + row)
    count = 19 + row
    for number in range(count):
        degrees = 14 + 152 * number / (count - 1)
        x = 800 + across * math.cos(math.radians(degrees))
        py = y + high * math.sin(math.radians(degrees)) + 8 + 5 * row
        size = 17 + 6 * row
        shade = mixed(hexed("#3c6470"), hexed("#0f1c25"), 0.15 + depth * 0.7)
        canvas.flat(
            [
                *arc(x, py + size * 0.5, size * 0.72, size * 0.62, 180, 360),
                (x + size * 0.72, py + size * 1.7),
                (x - size * 0.72, py + size * 1.7),
            ],
            shade,
        )
        canvas.line(
            arc(x, py + size * 0.5, size * 0.72, size * 0.62, 215, 325),
            mixed(shade, hexed("#e8b679"), 0.55 - depth * 0.4),
            2 + row * 0.4,
        )


def library(canvas: Canvas) -> None:
    """Tall shelves of books in warm light, a ladder leaning against them."""
    canvas.image.paste(hexed("#3a2418"), (0, 0, *canvas.image.size))
    spines = [
        hexed(c)
        for c in (
            "#7a3326",
            "#234b54",
            "#a9762f",
            "#5a4632",
            "#33413a",
            "#8d5a3a",
            "#c2a36a",
            "#402a3c",
        )
    ]
    for left, right in ((-20, 330), (352, 560), (1040, 1248), (1270, 1620)):
        for row in range(9):
            _shelf(canvas, (left, right), 40 + row * 112, spines)
    _window(canvas)
    light = canvas.soften(
        canvas.polygon_mask([(600, 160), (1000, 160), (1260, HEIGHT), (300, HEIGHT)]), 50
    )
    canvas.wash(light, hexed("#ffe2a6"), 0.2)
    floor = canvas.polygon(
        [(560, 800), (1040, 800), (1330, HEIGHT), (230, HEIGHT)], hexed("#6a4227")
    )
    canvas.stipple(canvas.fall_mask(790, 1067, 200, 20), hexed("#e4b673"), floor)
    for left, right, dark in ((-10, 352, 1), (1248, 1620, 1)):
        area = canvas.box_mask(left, 0, right, HEIGHT)
        fade = (
            canvas.side_mask(0, 420, 190, 0) if left < 0 else canvas.side_mask(1180, WIDTH, 0, 190)
        )
        canvas.stipple(fade, hexed("#170d09"), area if dark else None)
    rail = hexed("#c79a5b")
    canvas.line([(1130, 1000), (1062, 250)], rail, 9)
    canvas.line([(1222, 1000), (1132, 250)], rail, 9)
    for n in range(11):
        part = n / 11
        canvas.line(
            [(1130 - 68 * part, 990 - 740 * part), (1222 - 90 * part, 990 - 740 * part)], rail, 6
        )
    table = canvas.polygon([(520, 880), (1010, 880), (1080, 960), (450, 960)], hexed("#4a2a19"))
    canvas.stipple(canvas.fall_mask(870, 960, 190, 20), hexed("#c98d4f"), table)
    canvas.box(470, 960, 492, HEIGHT, hexed("#2b170e"))
    canvas.box(1040, 960, 1062, HEIGHT, hexed("#2b170e"))
    for x in (620, 890):
        canvas.line([(x, 900), (x, 838)], hexed("#b98a46"), 5)
        canvas.polygon([*arc(x, 842, 46, 30, 180, 360)], hexed("#2f6a5b"))
        canvas.glow(x, 872, 130, hexed("#ffdc94"), 0.8)
    canvas.polygon([(700, 896), (760, 890), (762, 908), (702, 916)], hexed("#efe3c4"))
    canvas.polygon([(760, 890), (820, 898), (820, 916), (762, 908)], hexed("#dccca6"))


def _shelf(
    canvas: Canvas, sides: tuple[float, float], top: float, spines: list[tuple[int, int, int]]
) -> None:
    left, right = sides
    canvas.box(left, top, right, top + 104, hexed("#1c100b"))
    x = left + 4
    while x < right - 8:
        wide = canvas.random.uniform(7, 21)
        high = canvas.random.uniform(64, 94)
        if canvas.random.random() < 0.05:
            x += wide
            continue
        colour = mixed(
            canvas.random.choice(spines), hexed("#f0c98a"), canvas.random.random() * 0.22
        )
        end = min(x + wide - 1.2, right - 3)
        canvas.box(x, top + 102 - high, end, top + 102, colour)
        if wide > 12:
            canvas.box(
                x + 2,
                top + 114 - high,
                end - 2,
                top + 118 - high,
                mixed(colour, hexed("#f3d9a0"), 0.6),
            )
        x += wide
    canvas.box(left, top + 102, right, top + 112, hexed("#5e3a23"))


def _window(canvas: Canvas) -> None:
    pane: list[Point] = [*arc(800, 300, 200, 230, 180, 360), (1000, 800), (600, 800)]
    canvas.polygon([*arc(800, 300, 232, 262, 180, 360), (1032, 800), (568, 800)], hexed("#5e3a23"))
    area = canvas.polygon(pane, hexed("#fbe7bb"))
    canvas.stipple(canvas.fall_mask(60, 800, 0, 170), hexed("#e0a868"), area)
    for x in (667, 733, 800, 867, 933):
        canvas.line([(x, 80 + abs(x - 800) * 0.5), (x, 800)], hexed("#6b452b"), 5)
    for y in (300, 425, 550, 675):
        canvas.line([(600, y), (1000, y)], hexed("#6b452b"), 5)


def concert_hall(canvas: Canvas) -> None:
    """An empty stage with music stands under a row of lamps, seen from the stalls."""
    _stage(canvas)
    _lamps(canvas)
    _music_stands(canvas)
    _curtains(canvas)
    _stalls(canvas)


def _stage(canvas: Canvas) -> None:
    """The boards, their edge and the floor before them."""
    canvas.image.paste(hexed("#23141a"), (0, 0, *canvas.image.size))
    stage = [(330, 250), (1270, 250), (1270, 640), (330, 640)]
    area = canvas.polygon(stage, hexed("#8c4a35"))
    for plank in range(330, 1270, 47):
        canvas.line([(plank, 250), (plank, 640)], hexed("#6d3528"), 3)
    canvas.stipple(canvas.fall_mask(250, 640, 200, 0), hexed("#3a1c1c"), area)
    floor = canvas.polygon([(330, 640), (1270, 640), (1420, 780), (180, 780)], hexed("#c88b52"))
    canvas.stipple(canvas.fall_mask(640, 780, 0, 150), hexed("#6b3d24"), floor)
    canvas.polygon([(180, 780), (1420, 780), (1420, 830), (180, 830)], hexed("#43241c"))


def _lamps(canvas: Canvas) -> None:
    """Nine lamps and what they light."""
    for number in range(9):
        x = 400.0 + number * 100
        cone = canvas.soften(
            canvas.polygon_mask([(x - 6, 210), (x + 6, 210), (x + 90, 720), (x - 90, 720)]), 12
        )
        canvas.wash(cone, hexed("#ffe3ae"), 0.16)
        canvas.box(x - 12, 196, x + 12, 214, hexed("#fff1cf"))


def _music_stands(canvas: Canvas) -> None:
    """Stands with a sheet on most of them."""
    for number in range(26):
        x, y = canvas.random.uniform(380, 1220), canvas.random.uniform(640, 745)
        size = 0.6 + (y - 620) / 140
        dark = hexed("#2a1512")
        canvas.line([(x, y), (x, y - 62 * size)], dark, 2.4)
        canvas.flat(
            [
                (x - 17 * size, y - 62 * size),
                (x + 17 * size, y - 68 * size),
                (x + 15 * size, y - 90 * size),
                (x - 15 * size, y - 84 * size),
            ],
            hexed("#f3e2bd") if number % 3 else dark,
        )


def _curtains(canvas: Canvas) -> None:
    """The curtains at both sides and the one above."""
    for side in (-1, 1):
        edge = 800 + side * 470
        for fold in range(6):
            x = edge + side * fold * 62
            shade = mixed(hexed("#8d2a2b"), hexed("#35101a"), fold / 6)
            canvas.flat(
                [(x, -10), (x + side * 64, -10), (x + side * 64, 830), (x + side * 4, 830)], shade
            )
    canvas.polygon(
        [
            (-10, -10),
            (1610, -10),
            (1610, 120),
            *[(x, 150 + 46 * math.sin(x / 1600 * math.pi * 6) ** 2) for x in range(1600, -1, -20)],
            (-10, 120),
        ],
        hexed("#6d2024"),
    )


def _stalls(canvas: Canvas) -> None:
    """Three rows of empty seats."""
    for row in range(3):
        y, size = 880 + row * 74, 44 + row * 16
        for number in range(26):
            x = -40 + number * (74 + row * 26) + (row % 2) * 30
            canvas.flat(
                [
                    *arc(x, y, size * 0.72, size * 0.6, 180, 360),
                    (x + size * 0.72, HEIGHT),
                    (x - size * 0.72, HEIGHT),
                ],
                mixed(hexed("#5b1f26"), hexed("#14090d"), row / 2.6 + 0.1),
            )


def laboratory(canvas: Canvas) -> None:
    """Glassware and a microscope on a bench before a tall window."""
    canvas.image.paste(hexed("#c9d6d2"), (0, 0, *canvas.image.size))
    canvas.wash(canvas.fall_mask(0, 760), hexed("#8fb0b2"), 0.7)
    for x in range(120, 1500, 232):
        pane = canvas.polygon([(x, 60), (x + 196, 60), (x + 196, 620), (x, 620)], hexed("#edf1e6"))
        canvas.stipple(canvas.fall_mask(200, 640, 0, 140), hexed("#9dbdb9"), pane)
        canvas.line([(x + 98, 60), (x + 98, 620)], hexed("#7d9899"), 5)
        canvas.line([(x, 320), (x + 196, 320)], hexed("#7d9899"), 5)
    bench = canvas.box_mask(0, 780, WIDTH, HEIGHT)
    canvas.lay(bench, hexed("#33505a"))
    canvas.stipple(canvas.fall_mask(780, 1067, 120, 0), hexed("#a9c3bd"), bench)
    for x, wide, high, tint in (
        (180, 92, 210, "#c96f3f"),
        (360, 70, 150, "#2f7f86"),
        (1130, 110, 240, "#d6a544"),
        (1330, 84, 180, "#3d6f9a"),
    ):
        _flask(canvas, x, wide, high, tint)
    dark = hexed("#1c2b33")
    canvas.polygon([(620, 800), (900, 800), (880, 830), (640, 830)], dark)
    canvas.polygon([(800, 800), (850, 800), (880, 560), (836, 500), (790, 520), (830, 590)], dark)
    canvas.polygon([(690, 420), (736, 400), (806, 600), (760, 620)], hexed("#2d434d"))
    canvas.polygon([(676, 390), (730, 366), (744, 404), (692, 428)], dark)
    canvas.polygon([(764, 618), (804, 602), (812, 650), (782, 660)], hexed("#cfa254"))
    canvas.box(690, 690, 850, 706, dark)
    canvas.dot(846, 640, 22, hexed("#cfa254"))


def _flask(canvas: Canvas, x: float, wide: float, high: float, tint: str) -> None:
    base = 830.0
    glass, fluid = hexed("#e3ece6"), hexed(tint)
    neck = wide * 0.2
    outline = [
        (x - neck, base - high),
        (x + neck, base - high),
        (x + neck, base - high * 0.55),
        (x + wide, base),
        (x - wide, base),
        (x - neck, base - high * 0.55),
    ]
    canvas.wash(canvas.polygon_mask(outline), glass, 0.6)
    level = 0.36
    inner = wide - (wide - neck) * level / 0.55
    body = canvas.polygon(
        [
            (x - inner + 4, base - high * level),
            (x + inner - 4, base - high * level),
            (x + wide - 8, base - 5),
            (x - wide + 8, base - 5),
        ],
        fluid,
    )
    canvas.stipple(
        canvas.side_mask(x - wide, x + wide, 140, 0), mixed(fluid, (255, 255, 255), 0.6), body
    )
    canvas.line([*outline, outline[0]], hexed("#6f8b8e"), 2.5)
    canvas.box(x - neck - 5, base - high - 5, x + neck + 5, base - high + 3, hexed("#6f8b8e"))
