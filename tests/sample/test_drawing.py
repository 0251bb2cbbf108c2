from collections import Counter

import pytest

from dateline.sample.drawing import DRAWINGS, draw
from dateline.sample.errors import SampleError


def test_the_same_name_and_seed_give_the_same_picture_and_another_seed_does_not():
    first, again, other = (draw("library", seed) for seed in (7, 7, 8))
    assert first.size == (1600, 1067)
    assert first.mode == "RGB"
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


QUICK = {"library", "lighthouse", "lake"}
SCENES = [
    pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in sorted(DRAWINGS)
]


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_has_light_and_shade(name):
    small = draw(name, 1).resize((80, 53)).convert("L")
    tones = Counter(tone // 32 for tone in small.tobytes())
    assert len(tones) >= 4


def test_an_unknown_scene_is_refused():
    with pytest.raises(SampleError) as caught:
        draw("ufo", 1)
    assert str(caught.value) == "drawing: there is no scene 'ufo'"
