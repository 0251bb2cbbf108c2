"""Draw the sample newsroom's pictures: a name and a seed give the same picture every time.

The repository holds no pictures of the sample stories; they are made on the first start.
"""

from collections.abc import Callable

from PIL import Image

from dateline.sample.errors import SampleError
from dateline.sample.scenery import city, land, rooms, ways
from dateline.sample.scenery.canvas import Canvas

DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "assembly-hall": rooms.assembly_hall,
    "border-post": ways.border_post,
    "bridge": city.bridge,
    "broken-bridge": city.broken_bridge,
    "canal": ways.canal,
    "clock-tower": ways.clock_tower,
    "concert-hall": rooms.concert_hall,
    "fields": land.fields,
    "glacier": land.glacier,
    "harbour": city.harbour,
    "laboratory": rooms.laboratory,
    "lake": land.lake,
    "library": rooms.library,
    "lighthouse": land.lighthouse,
    "market": ways.market,
    "mountains": land.mountains,
    "night-train": ways.night_train,
    "observatory": land.observatory,
    "old-town": city.old_town,
    "skyline": city.skyline,
    "valley": land.valley,
}


def draw(name: str, seed: int) -> Image.Image:
    """Return the picture of a scene.

    Shape: RGB, 1600 × 1067.

    Args:
        name: One of `DRAWINGS`.
        seed: Which picture of this scene; the same seed gives the same picture.

    Raises:
        SampleError: there is no such scene.
    """
    scene = DRAWINGS.get(name)
    if scene is None:
        raise SampleError(where="drawing", what=f"there is no scene {name!r}")
    canvas = Canvas(seed)
    scene(canvas)
    return canvas.finish()
