"""The sizes and formats in which pictures are handed out."""

from dateline.media.models import Picture

WIDTHS = (480, 960, 1600)
FORMATS = ("avif", "jpeg")


def specs_of(picture: Picture) -> list[str]:
    """Return the renditions a picture should have; none wider than the picture itself."""
    widths = [width for width in WIDTHS if width < picture.width] or [picture.width]
    if picture.width >= WIDTHS[-1]:
        widths.append(WIDTHS[-1])
    widths = sorted(set(widths))
    return [f"width-{width}|format-{kind}" for width in widths for kind in FORMATS]
