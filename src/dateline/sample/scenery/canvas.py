"""A canvas for flat, grainy, layered pictures, the way a printmaker at an art desk works.

Shapes are laid over each other from far to near; light and shadow are stippled through noise
instead of blended, so that a large even area still has a surface. Everything random comes from one
seeded generator: the same name and seed give the same picture.

Units: coordinates are those of the finished picture, 1600 × 1067; the canvas itself is larger and
    is reduced at the end, which smooths the edges.
"""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
SCALE = 1.5
FULL = (int(WIDTH * SCALE), int(HEIGHT * SCALE))

Colour = tuple[int, int, int]
Point = tuple[float, float]


def hexed(text: str) -> Colour:
    """Return the colour of a text such as `#1d3b4a`."""
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two; `share` 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


class Canvas:
    """A picture being made.

    Args:
        seed: Where the generator of everything random starts.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a picture, not a secret)
        self.image = Image.new("RGB", FULL)
        # A tile of noise is enough: the eye does not find its edge, and it costs a tenth.
        tile = Image.frombytes("L", (600, 400), self.random.randbytes(600 * 400))
        self.noise = Image.new("L", FULL)
        for left in range(0, FULL[0], 600):
            for top in range(0, FULL[1], 400):
                self.noise.paste(tile, (left, top))

    # --- Masks: where something goes -----------------------------------------------------------

    def mask(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        """Return an empty mask and the pencil to draw on it, in full-size pixels."""
        empty = Image.new("L", FULL, 0)
        return empty, ImageDraw.Draw(empty)

    def polygon_mask(self, points: Sequence[Point]) -> Image.Image:
        """Return the mask of a polygon."""
        area, pencil = self.mask()
        pencil.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)
        return area

    def box_mask(self, left: float, top: float, right: float, bottom: float) -> Image.Image:
        """Return the mask of a rectangle."""
        return self.polygon_mask([(left, top), (right, top), (right, bottom), (left, bottom)])

    def disc_mask(self, x: float, y: float, radius: float) -> Image.Image:
        """Return the mask of a disc."""
        area, pencil = self.mask()
        box = (
            (x - radius) * SCALE,
            (y - radius) * SCALE,
            (x + radius) * SCALE,
            (y + radius) * SCALE,
        )
        pencil.ellipse(box, fill=255)
        return area

    def fall_mask(self, top: float, bottom: float, start: int = 0, end: int = 255) -> Image.Image:
        """Return a mask that runs from `start` at `top` to `end` at `bottom`."""
        fall = Image.linear_gradient("L").point(
            [round(start + (end - start) * n / 255) for n in range(256)]
        )
        area = Image.new("L", FULL, start)
        first, last = round(top * SCALE), max(round(bottom * SCALE), round(top * SCALE) + 1)
        area.paste(fall.resize((FULL[0], last - first)), (0, first))
        area.paste(end, (0, last, *FULL))
        return area

    def side_mask(self, left: float, right: float, start: int = 0, end: int = 255) -> Image.Image:
        """Return a mask that runs from `start` at `left` to `end` at `right`."""
        fall = Image.linear_gradient("L").rotate(90)
        fall = fall.point([round(start + (end - start) * n / 255) for n in range(256)])
        area = Image.new("L", FULL, start)
        first, last = round(left * SCALE), max(round(right * SCALE), round(left * SCALE) + 1)
        area.paste(fall.resize((last - first, FULL[1])), (first, 0))
        area.paste(end, (max(last, 0), 0, *FULL))
        return area

    # --- Paint ---------------------------------------------------------------------------------

    def lay(self, area: Image.Image, colour: Colour) -> None:
        """Lay a flat colour over an area."""
        self.image.paste(colour, (0, 0), area)

    def stipple(
        self, strength: Image.Image, colour: Colour, within: Image.Image | None = None
    ) -> None:
        """Lay a colour in grains, the denser the stronger the mask."""
        grains = ImageChops.subtract(strength, self.noise).point([0, *[255] * 255])
        if within is not None:
            grains = ImageChops.darker(grains, within)
        self.image.paste(colour, (0, 0), grains)

    def wash(self, area: Image.Image, colour: Colour, share: float = 1.0) -> None:
        """Lay a thin even colour; `share` is how much of it covers."""
        thin = area if share >= 1 else area.point([round(n * share) for n in range(256)])
        self.image.paste(colour, (0, 0), thin)

    def polygon(self, points: Sequence[Point], colour: Colour) -> Image.Image:
        """Lay a polygon and return its mask."""
        area = self.polygon_mask(points)
        self.lay(area, colour)
        return area

    def pencil(self) -> ImageDraw.ImageDraw:
        """Return a pencil on the picture itself, in full-size pixels, for small things."""
        return ImageDraw.Draw(self.image)

    def flat(self, points: Sequence[Point], colour: Colour) -> None:
        """Lay a polygon that nothing is stippled on; cheaper than `polygon`."""
        self.pencil().polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Lay a disc that nothing is stippled on."""
        box = (
            (x - radius) * SCALE,
            (y - radius) * SCALE,
            (x + radius) * SCALE,
            (y + radius) * SCALE,
        )
        self.pencil().ellipse(box, fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Lay a small rectangle."""
        corners = (left * SCALE, top * SCALE, max(right, left) * SCALE, max(bottom, top) * SCALE)
        self.pencil().rectangle(corners, fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2) -> None:
        """Draw a line through points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pencil().line(scaled, fill=colour, width=max(1, round(width * SCALE)), joint="curve")

    def sky(self, colours: Sequence[Colour], horizon: float) -> None:
        """Fill the picture from the top with colours that meet down to the horizon."""
        self.image.paste(colours[0], (0, 0, *FULL))
        step = horizon / (len(colours) - 1)
        for number, colour in enumerate(colours[1:]):
            fall = self.fall_mask(number * step, (number + 1) * step)
            self.wash(fall, colour)
        self.stipple(self.fall_mask(0, horizon, 46, 0), mixed(colours[0], (0, 0, 0), 0.25))

    def glow(self, x: float, y: float, radius: float, colour: Colour, share: float = 0.8) -> None:
        """Let light fall off around a point."""
        size = round(radius * 2 * SCALE)
        light = Image.radial_gradient("L").point(
            [max(0, 255 - round(n * 1.42)) for n in range(256)]
        )
        light = light.resize((size, size)).point([round(n * n / 255 * share) for n in range(256)])
        self.image.paste(colour, (round((x - radius) * SCALE), round((y - radius) * SCALE)), light)

    def haze(self, top: float, bottom: float, colour: Colour, share: float = 0.7) -> None:
        """Lay mist that is thickest at the bottom and ends there."""
        area = self.fall_mask(top, bottom, 0, round(255 * share))
        area.paste(0, (0, round(bottom * SCALE), *FULL))
        self.wash(area, colour)

    def soften(self, area: Image.Image, radius: float) -> Image.Image:
        """Return a mask with soft edges."""
        small = area.resize((FULL[0] // 6, FULL[1] // 6), Image.Resampling.BOX)
        return small.filter(ImageFilter.GaussianBlur(radius * SCALE / 6)).resize(FULL)

    def reflect(self, shore: float, tint: Colour, share: float = 0.35) -> None:
        """Mirror what is above the shore in the water below it, broken by ripples."""
        edge = round(shore * SCALE)
        depth = FULL[1] - edge
        mirror = self.image.crop((0, max(0, edge - depth), FULL[0], edge)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        mirror = mirror.filter(ImageFilter.GaussianBlur((2, 5)))
        water = Image.new("RGB", (FULL[0], depth), tint)
        water.paste(mirror, (0, 0))
        self.image.paste(self._rippled(water), (0, edge))
        cover = self.fall_mask(
            shore, HEIGHT, round(255 * share * 0.6), min(255, round(255 * share * 1.7))
        )
        cover.paste(0, (0, 0, FULL[0], edge))
        self.wash(cover, tint)

    def _rippled(self, water: Image.Image) -> Image.Image:
        wide, deep = water.size
        out = water.copy()
        y = 0
        while y < deep:
            high = 2 + round(y / deep * 12) + self.random.randrange(4)
            shift = round(self.random.gauss(0, 2 + y / deep * 16))
            band = water.crop((0, y, wide, min(deep, y + high)))
            out.paste(band, (shift, y))
            y += high
        return out

    def finish(self) -> Image.Image:
        """Return the finished picture: reduced, with grain and a little shade at the edges."""
        dark = (
            Image.radial_gradient("L")
            .resize(FULL)
            .point([max(0, round((n - 120) * 0.42)) for n in range(256)])
        )
        self.stipple(dark, mixed(self.image.getpixel((4, 4)), (10, 14, 22), 0.42))  # type: ignore[arg-type]
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grain = self.noise.crop((0, 0, WIDTH, HEIGHT)).point(
            [118 + round(n * 20 / 255) for n in range(256)]
        )
        coloured = Image.merge("RGB", (grain, grain, grain))
        return ImageChops.overlay(small, coloured)
