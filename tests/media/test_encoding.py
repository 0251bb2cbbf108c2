"""How renditions are encoded."""

import io

import pytest
from PIL import Image
from willow.image import Image as Willow

from dateline.media.encoding import AVIF_SPEED


def picture():
    return Image.radial_gradient("L").resize((320, 240)).convert("RGB")


def encoded(**options):
    file = io.BytesIO()
    picture().save(file, "AVIF", **options)
    return file.getvalue()


def opened():
    source = io.BytesIO()
    picture().save(source, "PNG")
    return Willow.open(source)


@pytest.mark.parametrize("willow", [opened(), opened().resize((320, 240))])
def test_avif_is_encoded_at_our_speed(willow):
    file = io.BytesIO()
    willow.save_as_avif(file, quality=50)
    assert file.getvalue() == encoded(quality=50, speed=AVIF_SPEED)
    assert file.getvalue() != encoded(quality=50)


def test_lossless_avif_keeps_every_colour():
    file = io.BytesIO()
    opened().save_as_avif(file, lossless=True)
    assert file.getvalue() == encoded(quality=100, subsampling="4:4:4", speed=AVIF_SPEED)
