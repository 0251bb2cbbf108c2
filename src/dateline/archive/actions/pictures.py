"""Pictures of an archive: from the media folder to rows, each file once."""

import hashlib
from pathlib import Path

from django.db import transaction

from dateline.archive.media_folder import MediaFolder, picture_bytes
from dateline.archive.models import ImportedPicture
from dateline.archive.report import Report
from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.people.models import Account
from dateline.standards.archives.bodies import told_of
from dateline.standards.archives.facts import ArchivePicture
from dateline.standards.archives.shelf import Shelf, plain_path
from dateline.stories.rules import address_slug


class Pictures:
    """Finds an archive's pictures here; a rehearsal only looks whether their files are there."""

    def __init__(
        self, *, by: Account | None, source: str, shelf: Shelf, folder: Path | None, report: Report
    ) -> None:
        self._by, self._source, self._shelf, self._report = by, source, shelf, report
        self._folder = MediaFolder(folder) if folder else None
        self._found: set[str] = set()
        self.is_rehearsal = False
        self.has_folder = folder is not None

    def find(self, picture: ArchivePicture) -> Picture | None:
        """Return a picture's row, made when its file is met first; None where there is no file."""
        key = hashlib.sha256(plain_path(picture.address).encode()).hexdigest()
        known = ImportedPicture.objects.filter(source=self._source, key=key)
        row = known.select_related("picture").first()
        if row is not None:
            return row.picture
        path = self._folder.find(picture.address) if self._folder else None
        if path is None:
            self._report.miss(picture.address)
            return None
        if self.is_rehearsal:
            self._report.done["pictures found"] += key not in self._found
            self._found.add(key)
            return None
        return self._made(key, path, told_of(picture, self._shelf))

    def _made(self, key: str, path: Path, told: ArchivePicture) -> Picture | None:
        read = picture_bytes(path)
        if read is None:
            self._report.leave_out("a file that is no picture, or too large", path.name)
            return None
        data, suffix = read
        title = told.alt or told.caption or told.title or path.stem
        made = Picture(
            title=title[:255],
            description=told.alt[:255],
            caption=told.caption,
            credit_line=told.credit[:200],
        )
        name = f"{address_slug(path.stem)}.{suffix}"
        with transaction.atomic():
            add_picture(by=self._by, name=name, data=data, picture=made)
            ImportedPicture.objects.create(source=self._source, key=key, picture=made)
        self._report.done["pictures stored"] += 1
        return made
