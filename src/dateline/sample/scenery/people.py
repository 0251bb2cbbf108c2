"""Portraits: head and shoulders, cut from paper; no real person sat for any of them."""

from dateline.sample.scenery.canvas import Canvas, Colour, Point, hexed, mixed
from dateline.sample.scenery.shapes import arc

_BACKS = ("#2f5a66", "#8a5a3c", "#44586e", "#6b6f4c", "#7a4a50", "#3d5f56", "#5b5470", "#8a7442")
_SKINS = ("#f0c8a4", "#d9a27c", "#b77d56", "#8a5a3d", "#e8b894")
_HAIRS = ("#2a2320", "#4a3428", "#7a5534", "#b88a4e", "#8d8f8e", "#d8d5cd")
_CLOTHES = ("#1e2c38", "#5a2f33", "#31463d", "#3f3a52", "#6a5a44", "#24424c")


def portrait(canvas: Canvas) -> None:
    """Somebody looking at the reader, in even light from one side."""
    number = canvas.random.randrange(10_000)
    back = hexed(_BACKS[number % len(_BACKS)])
    skin = hexed(_SKINS[number // 3 % len(_SKINS)])
    hair = hexed(_HAIRS[number // 7 % len(_HAIRS)])
    cloth = hexed(_CLOTHES[number // 11 % len(_CLOTHES)])
    canvas.sky([mixed(back, (255, 255, 255), 0.28), back], 1067)
    canvas.stipple(canvas.side_mask(300, 1300, 0, 150), mixed(back, (0, 0, 0), 0.45))
    is_long = number % 3 != 0
    if is_long:
        _hair_behind(canvas, hair)
    _shoulders(canvas, cloth, skin)
    _head(canvas, skin)
    _hair_before(canvas, hair, is_long=is_long, parting=number // 5 % 3)
    _face(canvas, skin, hair, glasses=number // 2 % 3 == 0, beard=not is_long and number % 2 == 0)


def _oval(x: float, y: float, across: float, high: float) -> list[Point]:
    return list(arc(x, y, across, high, 0, 360))


def _hair_behind(canvas: Canvas, hair: Colour) -> None:
    shape = canvas.polygon(
        [*arc(800, 470, 262, 300, 180, 360), (1050, 800), (930, 850), (670, 850), (550, 800)],
        mixed(hair, (0, 0, 0), 0.22),
    )
    canvas.stipple(canvas.fall_mask(420, 850, 0, 130), mixed(hair, (0, 0, 0), 0.6), shape)


def _shoulders(canvas: Canvas, cloth: Colour, skin: Colour) -> None:
    shape = canvas.polygon([*arc(800, 1120, 480, 300, 180, 360), (1280, 1080), (320, 1080)], cloth)
    canvas.stipple(canvas.side_mask(700, 1250, 0, 190), mixed(cloth, (0, 0, 0), 0.55), shape)
    canvas.polygon([(718, 700), (882, 700), (900, 850), (800, 940), (700, 850)], skin)
    neck = canvas.polygon_mask([(718, 690), (882, 690), (896, 820), (760, 800)])
    canvas.stipple(canvas.fall_mask(690, 830, 220, 40), mixed(skin, (40, 10, 0), 0.45), neck)
    light, dark = mixed(cloth, (255, 255, 255), 0.16), mixed(cloth, (0, 0, 0), 0.3)
    canvas.flat([(700, 832), (800, 950), (748, 1000), (640, 870)], light)
    canvas.flat([(900, 832), (800, 950), (852, 1000), (960, 870)], dark)


def _head(canvas: Canvas, skin: Colour) -> None:
    for x in (604, 996):
        canvas.flat(_oval(x, 560, 34, 56), mixed(skin, (60, 20, 0), 0.2))
    face = canvas.polygon(
        [*arc(800, 500, 198, 230, 180, 360), *arc(800, 540, 198, 258, 0, 180)], skin
    )
    canvas.stipple(canvas.side_mask(790, 1010, 0, 150), mixed(skin, (60, 20, 10), 0.42), face)


def _hair_before(canvas: Canvas, hair: Colour, *, is_long: bool, parting: int) -> None:
    edge = {0: (690, 400), 1: (800, 372), 2: (905, 404)}[parting]
    low = 640 if is_long else 520
    shape = canvas.polygon(
        [
            (590, low),
            *arc(800, 480, 224, 262, 180, 360),
            (1010, low),
            (990, 520),
            (962, 430),
            edge,
            (640, 436),
            (612, 520),
        ],
        hair,
    )
    canvas.stipple(canvas.side_mask(640, 1040, 0, 170), mixed(hair, (0, 0, 0), 0.5), shape)
    light = canvas.soften(canvas.disc_mask(700, 330, 90), 40)
    canvas.stipple(
        light.point([n // 3 for n in range(256)]), mixed(hair, (255, 255, 255), 0.4), shape
    )


def _face(canvas: Canvas, skin: Colour, hair: Colour, *, glasses: bool, beard: bool) -> None:
    ink = mixed(hexed("#241a18"), skin, 0.12)
    shade = mixed(skin, (70, 20, 10), 0.38)
    if beard:
        shape = canvas.polygon(
            [
                (612, 600),
                (660, 672),
                (800, 652),
                (940, 672),
                (988, 600),
                *arc(800, 560, 194, 250, 8, 172),
            ],
            hair,
        )
        canvas.stipple(canvas.side_mask(760, 1000, 0, 150), mixed(hair, (0, 0, 0), 0.5), shape)
    for x in (722, 878):
        canvas.flat(_oval(x, 548, 17, 20), ink)
        canvas.line(list(arc(x, 528, 52, 30, 205, 335)), mixed(hair, (20, 14, 12), 0.4), 10)
    canvas.line([(806, 556), (824, 634), (788, 640)], shade, 8)
    canvas.line(list(arc(800, 676, 62, 26, 20, 160)), mixed(hexed("#8a3a34"), skin, 0.25), 11)
    if glasses:
        for x in (722, 878):
            canvas.line(_oval(x, 550, 62, 56), ink, 7)
        canvas.line([(784, 544), (816, 544)], ink, 7)
