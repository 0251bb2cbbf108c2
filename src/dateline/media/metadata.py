"""What a camera wrote into a picture stays with the original and out of every rendition."""

from willow.plugins.pillow import PillowImage


def keep_metadata_private() -> None:
    """Have renditions made without Exif data: place, owner and serial number are nobody's matter.

    Willow copies it into every picture it writes and has no switch for that. The orientation is
    applied before; the colour profile is kept.
    """
    PillowImage.get_exif_data = _none


def _none(_image: PillowImage) -> None:
    return None
