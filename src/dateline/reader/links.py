"""Addresses of a story and its posts beside its own: short, and of their share pictures."""


def short_path(number: int) -> str:
    """Return the short address of a story, which stays whatever becomes of its headline."""
    return f"/s/{number}"


def share_picture_path(number: int, version: int) -> str:
    """Return where a story's share picture is; a new version has a new address."""
    return f"/-/share/{number}-{version}.jpg"


def post_path(number: int, key: str) -> str:
    """Return the short address of a live post, which stays wherever the post moves."""
    return f"/s/{number}/{key}"


def post_picture_path(number: int, key: str, version: int) -> str:
    """Return where a live post's share picture is."""
    return f"/-/share/{number}-{key}-{version}.jpg"
