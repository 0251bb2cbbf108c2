"""Rules of sections: values in, answer out."""

RESERVED = frozenset({"topics", "people", "search", "newsfeed", "chats", "media", "static", "api"})


def section_path(*, parent_path: str, slug: str) -> str:
    """Return a section's path below its edition: `world` or `world/balkans`."""
    return f"{parent_path}/{slug}" if parent_path else slug


def is_reserved(path: str) -> bool:
    """Say whether a first-level path is the site's own."""
    return path.split("/")[0] in RESERVED
