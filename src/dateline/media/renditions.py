"""The sizes and formats in which pictures are handed out."""

from dateline.media.models import Picture

WIDTHS = (360, 720, 1080, 1600)
FORMATS = ("avif", "jpeg")
PORTRAIT_SIDE = 192
_PORTRAIT = f"fill-{PORTRAIT_SIDE}x{PORTRAIT_SIDE}"


def format_of(spec: str) -> str:
    """Return the format of a rendition made for pages; empty for those made for other screens."""
    width, _, kind = spec.partition("|format-")
    return kind if width.startswith("width-") else ""


def portrait_format_of(spec: str) -> str:
    """Return the format of a rendition made as a portrait; empty for all others."""
    size, _, kind = spec.partition("|format-")
    return kind if size == _PORTRAIT else ""


def specs_of(picture: Picture) -> list[str]:
    """Return the renditions a picture should have; none wider than the picture itself."""
    widths = {min(width, picture.width) for width in WIDTHS}
    return [f"width-{width}|format-{kind}" for width in sorted(widths) for kind in FORMATS]


def specs_of_portrait() -> list[str]:
    """Return the renditions a picture should have beside a name: one square."""
    return [f"{_PORTRAIT}|format-{kind}" for kind in FORMATS]
