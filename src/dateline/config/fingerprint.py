"""Which migrations this installation has: a digest that is quick to make, without Django."""

from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGES = ("django", "wagtail", "django-taggit", "django-tasks-db", "django-allauth")


def migrations_fingerprint() -> str:
    """Return a digest of our migration files and of the packages that bring others."""
    made = blake2b(digest_size=16)
    for name in _PACKAGES:
        made.update(f"{name}={version(name)}\n".encode())
    for path in sorted(PACKAGE.glob("*/migrations/[0-9]*.py")):
        made.update(str(path.relative_to(PACKAGE)).encode())
        made.update(path.read_bytes())
    return made.hexdigest()
