"""Where a reader's picture is: the one they brought, or one that is drawn from their name."""

from hashlib import blake2b

from dateline.readers.models import Reader


def avatar_address(reader: Reader) -> str:
    """Return where a reader's picture is; another picture has another address."""
    made = reader.avatar.name or reader.display_name
    digest = blake2b(made.encode(), digest_size=6).hexdigest()
    return f"/-/avatar/{reader.pk}-{digest}.{'jpg' if reader.avatar else 'svg'}"


def brought_address(reader: Reader) -> str:
    """Return where the picture is that a reader brought; empty where one is drawn."""
    return avatar_address(reader) if reader.avatar else ""
