"""The sizes and formats in which pictures are handed out."""

from dateline.media.models import Picture

WIDTHS = (480, 960, 1600)
FORMATS = ("avif", "jpeg")


def format_of(spec: str) -> str:
    """Return the format of a rendition made for pages; empty for those made for other screens."""
    width, _, kind = spec.partition("|format-")
    return kind if width.startswith("width-") else ""


def specs_of(picture: Picture) -> list[str]:
    """Return the renditions a picture should have; none wider than the picture itself."""
    widths = {min(width, picture.width) for width in WIDTHS}
    return [f"width-{width}|format-{kind}" for width in sorted(widths) for kind in FORMATS]
