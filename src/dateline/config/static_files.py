"""The hashed copies of all static files, made once for an environment."""

import shutil
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.core.management import call_command

from dateline.common.one_by_one import one_by_one
from dateline.config.fingerprint import PACKAGE

_MARK = "collected"


def static_fingerprint() -> str:
    """Return a digest of our static files and of the packages that bring others."""
    made = blake2b(f"wagtail={version('wagtail')}\n".encode(), digest_size=16)
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            made.update(str(path.relative_to(PACKAGE)).encode())
            made.update(path.read_bytes())
    return made.hexdigest()


def prepare_static() -> Path:
    """Collect and hash the static files if they are not those of this installation.

    Of processes that start at the same time one does so, and the others wait for it.
    """
    root = Path(settings.STATIC_ROOT)
    fingerprint = static_fingerprint()
    if not _is_collected(root, fingerprint):
        root.parent.mkdir(parents=True, exist_ok=True)
        with one_by_one(root.with_name(f"{root.name}.turn")):
            if not _is_collected(root, fingerprint):
                _collect(root, fingerprint)
    return root


def _is_collected(root: Path, fingerprint: str) -> bool:
    mark = root / _MARK
    return mark.exists() and mark.read_text() == fingerprint


def _collect(root: Path, fingerprint: str) -> None:
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    (root / _MARK).write_text(fingerprint)


def read_names() -> None:
    """Read the names of the copies again: Wagtail has read them, maybe before they were made."""
    storage = storages["staticfiles"]
    if isinstance(storage, ManifestFilesMixin):
        storage.hashed_files, storage.manifest_hash = storage.load_manifest()
