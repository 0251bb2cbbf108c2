"""Shapes that several scenes use: ridges, trees, houses, water lights."""

import math
from itertools import pairwise

from dateline.sample.scenery.canvas import HEIGHT, WIDTH, Canvas, Colour, Point, mixed


def ridge(canvas: Canvas, level: float, relief: float, roughness: float = 0.55) -> list[Point]:
    """Return a skyline of hills by midpoint displacement, from edge to edge.

    Args:
        canvas: Gives the random numbers.
        level: Mean height of the line on the picture.
        relief: How far it may rise or sink.
        roughness: How much of the relief each finer step keeps.
    """
    heights = [level + canvas.random.uniform(-relief, relief) * 0.5 for _ in range(5)]
    reach = relief
    while len(heights) < 320:
        finer = []
        for one, other in pairwise(heights):
            finer += [one, (one + other) / 2 + canvas.random.uniform(-reach, reach) * 0.5]
        heights = [*finer, heights[-1]]
        reach *= roughness
    step = (WIDTH + 40) / (len(heights) - 1)
    return [(-20 + number * step, y) for number, y in enumerate(heights)]


def land(canvas: Canvas, line: list[Point], colour: Colour, light: Colour | None = None) -> None:
    """Lay the land below a skyline, with stippled light along its upper edge."""
    area = canvas.polygon([*line, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], colour)
    if light is None:
        return
    top = min(y for _, y in line)
    canvas.stipple(canvas.fall_mask(top, top + 260, 120, 0), light, area)


def height_at(line: list[Point], x: float) -> float:
    """Return the height of a skyline at one place."""
    return min(line, key=lambda point: abs(point[0] - x))[1]


def firs(canvas: Canvas, line: list[Point], colour: Colour, *, count: int, size: float) -> None:
    """Set firs along a skyline."""
    for _ in range(count):
        x = canvas.random.uniform(-10, WIDTH + 10)
        fir(canvas, x, height_at(line, x) + 6, size * canvas.random.uniform(0.55, 1.25), colour)


def fir(canvas: Canvas, x: float, base: float, high: float, colour: Colour) -> None:
    """Set one fir."""
    wide = high * 0.2
    points: list[Point] = [(x, base - high)]
    for part in (0.3, 0.55, 0.8, 1.0):
        points.append((x + wide * part, base - high * (1 - part)))
        points.append((x + wide * part * 0.55, base - high * (1 - part) + high * 0.02))
    points += [(2 * x - px, py) for px, py in reversed(points[1:])]
    canvas.flat(points, colour)


def curve(points: list[Point], steps: int = 24) -> list[Point]:
    """Return a smooth line through points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for number in range(steps):
            t = number / steps
            out.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*out, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def windows(
    canvas: Canvas, box: tuple[float, float, float, float], lit: Colour, *, share: float
) -> None:
    """Light some windows in the face of a building."""
    left, top, right, bottom = box
    wide, high, across, down = 5.0, 8.0, 14.0, 19.0
    y = top + 14
    while y + high < bottom - 8:
        x = left + 8
        while x + wide < right - 6:
            if canvas.random.random() < share:
                canvas.box(
                    x,
                    y,
                    x + wide,
                    y + high,
                    mixed(lit, (255, 240, 205), canvas.random.random() * 0.6),
                )
            x += across
        y += down


def stars(canvas: Canvas, horizon: float, colour: Colour, count: int) -> None:
    """Set stars above the horizon, fewer towards it."""
    for _ in range(count):
        x = canvas.random.uniform(0, WIDTH)
        y = horizon * canvas.random.random() ** 1.6
        size = canvas.random.choice((0.7, 0.9, 1.2, 1.8))
        canvas.box(x, y, x + size, y + size, colour)


def glitter(canvas: Canvas, x: float, shore: float, colour: Colour, spread: float = 60) -> None:
    """Break the light of something bright on the water below it."""
    y = shore + 4
    while y < HEIGHT:
        depth = (y - shore) / (HEIGHT - shore)
        for _ in range(2 + round(depth * 3)):
            middle = x + canvas.random.gauss(0, spread * (0.35 + depth))
            half = canvas.random.uniform(4, 12 + 34 * depth)
            canvas.box(middle - half, y, middle + half, y + 1 + 2.2 * depth, colour)
        y += 6 + 15 * depth


def gulls(
    canvas: Canvas, colour: Colour, count: int, area: tuple[float, float, float, float]
) -> None:
    """Draw birds far off."""
    left, top, right, bottom = area
    for _ in range(count):
        x, y = canvas.random.uniform(left, right), canvas.random.uniform(top, bottom)
        span = canvas.random.uniform(7, 15)
        lift = span * canvas.random.uniform(0.3, 0.5)
        canvas.line(
            [
                (x - span, y - lift),
                (x - span * 0.4, y - lift * 1.2),
                (x, y),
                (x + span * 0.4, y - lift * 1.2),
                (x + span, y - lift),
            ],
            colour,
            1.6,
        )


def arc(x: float, y: float, across: float, high: float, start: float, end: float) -> list[Point]:
    """Return points along an ellipse, angles in degrees, clockwise from the right."""
    steps = 48
    angles = (math.radians(start + (end - start) * n / steps) for n in range(steps + 1))
    return [(x + across * math.cos(angle), y + high * math.sin(angle)) for angle in angles]
