"""Addresses of a story beside its own: short, and of its share picture."""


def short_path(number: int) -> str:
    """Return the short address of a story, which stays whatever becomes of its headline."""
    return f"/s/{number}"


def share_picture_path(number: int, version: int) -> str:
    """Return where a story's share picture is; a new version has a new address."""
    return f"/-/share/{number}-{version}.jpg"
