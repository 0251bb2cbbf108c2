"""Draw the sample newsroom's pictures: a name and a seed give the same picture every time.

The repository holds no pictures of the sample stories; they are made on the first start.
"""

from collections.abc import Callable

from PIL import Image

from dateline.sample.errors import SampleError
from dateline.sample.scenery import city, halls, land, people, places, rooms, water, ways
from dateline.sample.scenery.canvas import Canvas

DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "archive-hall": halls.archive_hall,
    "assembly-hall": rooms.assembly_hall,
    "border-post": ways.border_post,
    "bridge": city.bridge,
    "broken-bridge": city.broken_bridge,
    "building-site": places.building_site,
    "canal": ways.canal,
    "clock-tower": ways.clock_tower,
    "concert-hall": rooms.concert_hall,
    "dam": water.dam,
    "delta": water.delta,
    "fields": land.fields,
    "fishing-boats": water.fishing_boats,
    "glacier": land.glacier,
    "harbour": city.harbour,
    "laboratory": rooms.laboratory,
    "lake": land.lake,
    "library": rooms.library,
    "lighthouse": land.lighthouse,
    "market": ways.market,
    "mountain-road": places.mountain_road,
    "mountains": land.mountains,
    "night-train": ways.night_train,
    "observatory": land.observatory,
    "old-town": city.old_town,
    "press-room": halls.press_room,
    "salt-flats": water.salt_flats,
    "skyline": city.skyline,
    "snow-village": places.snow_village,
    "solar-field": places.solar_field,
    "stadium": places.stadium,
    "storm": water.storm,
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


def draw_portrait(seed: int) -> Image.Image:
    """Return the portrait of somebody who does not exist.

    Shape: RGB, 940 × 940.

    Args:
        seed: Whose; the same seed gives the same face.
    """
    canvas = Canvas(seed)
    people.portrait(canvas)
    return canvas.finish().crop((330, 127, 1270, 1067))
