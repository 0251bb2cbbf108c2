"""Pictures of pages as tiles of ink: how dark each little square is, and nothing finer.

Another way of smoothing letters does not change that; a block that moved, came or went does.
"""

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

SCALE = 0.5  # of a picture to its page
TILE = 8  # pixels of a picture, each way
STEP = 8  # levels of grey that are kept as one
OTHER = 28  # levels of grey
MOST_SHARE, FEWEST = 0.002, 4
GREY = 128


def ink(shot: bytes) -> Image.Image:
    """Return the tiles of a picture, a pixel each."""
    picture = Image.open(io.BytesIO(shot)).convert("L")
    across, down = -(-picture.width // TILE), -(-picture.height // TILE)
    tiles = _on_ground(picture, (across * TILE, down * TILE), GREY)
    tiles = tiles.resize((across, down), Image.Resampling.BOX)
    return tiles.point(lambda level: level // STEP * STEP)


def moved(was: Image.Image, now: Image.Image) -> list[tuple[int, int]]:
    """Return the tiles that differ, across and down, if those are more than smoothing explains.

    Tiles that only one of them has differ.
    """
    size = (max(was.width, now.width), max(was.height, now.height))
    both = ImageChops.difference(_on_ground(was, size, 0), _on_ground(now, size, 255))
    levels = enumerate(both.tobytes())
    found = [(n % size[0], n // size[0]) for n, level in levels if level > OTHER]
    return found if len(found) > max(FEWEST, MOST_SHARE * size[0] * size[1]) else []


def mark(shot: bytes, tiles: list[tuple[int, int]], file: Path) -> Path:
    """Draw the tiles that differ on a picture, to be looked at."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for x, y in tiles:
        draw.rectangle([x * TILE, y * TILE, (x + 1) * TILE, (y + 1) * TILE], outline="red")
    picture.save(file)
    return file


def _on_ground(picture: Image.Image, size: tuple[int, int], level: int) -> Image.Image:
    ground = Image.new("L", size, level)
    ground.paste(picture)
    return ground
