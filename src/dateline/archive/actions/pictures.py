"""Pictures of an archive: from the media folder or the old site to rows, each once."""

import hashlib
from pathlib import Path, PurePosixPath

from django.db import transaction

from dateline.archive.media_folder import MediaFolder, picture_bytes
from dateline.archive.models import ImportedPicture
from dateline.archive.old_site import OldSite
from dateline.archive.report import Report
from dateline.common.fetch import FetchRefused
from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.people.models import Account
from dateline.standards.archives.bodies import told_of
from dateline.standards.archives.facts import ArchivePicture
from dateline.standards.archives.shelf import Shelf, plain_path
from dateline.stories.rules import address_slug


class Pictures:
    """Finds an archive's pictures here; a rehearsal only looks whether their files are there.

    Where the folder has no file of a picture, it is fetched, if an old site is given.
    """

    def __init__(self, *, by: Account | None, source: str, shelf: Shelf, report: Report) -> None:
        self._by, self._source, self._shelf, self._report = by, source, shelf, report
        self._folder: MediaFolder | None = None
        self._old_site: OldSite | None = None
        self._found: set[str] = set()
        self.is_rehearsal = False

    def look_in(self, folder: Path | None, old_site: OldSite | None) -> None:
        """Say where the pictures may be."""
        self._folder = MediaFolder(folder) if folder else None
        self._old_site = old_site

    @property
    def may_find(self) -> bool:
        """Whether there is any place where a missing picture may be by now."""
        return self._folder is not None or self._old_site is not None

    def find(self, picture: ArchivePicture) -> Picture | None:
        """Return a picture's row, made when it is met first; None where it is nowhere."""
        key = hashlib.sha256(plain_path(picture.address).encode()).hexdigest()
        known = ImportedPicture.objects.filter(source=self._source, key=key)
        row = known.select_related("picture").first()
        if row is not None:
            return row.picture
        path = self._folder.find(picture.address) if self._folder else None
        if path is None and self._old_site is None:
            self._report.miss(picture.address)
            return None
        if self.is_rehearsal:
            name = "pictures found" if path else "pictures to be fetched"
            self._report.done[name] += key not in self._found
            self._found.add(key)
            return None
        read = self._in_file(path) if path else self._fetched(picture.address)
        return self._made(key, picture, read) if read else None

    def _in_file(self, path: Path) -> tuple[bytes, str] | None:
        read = picture_bytes(path)
        if read is None:
            self._report.leave_out("a file that is no picture, or too large", path.name)
        return read

    def _fetched(self, address: str) -> tuple[bytes, str] | None:
        try:
            read = self._old_site.picture(address) if self._old_site else None
        except FetchRefused as refused:
            self._report.miss(address)
            self._report.leave_out(f"a picture whose address {refused.data['why']}", address)
            return None
        self._report.done["pictures fetched"] += 1
        return read

    def _made(self, key: str, picture: ArchivePicture, read: tuple[bytes, str]) -> Picture:
        (data, suffix), told = read, told_of(picture, self._shelf)
        stem = PurePosixPath(plain_path(picture.address)).stem
        made = Picture(
            title=(told.alt or told.caption or told.title or stem)[:255],
            description=told.alt[:255],
            caption=told.caption,
            credit_line=told.credit[:200],
        )
        with transaction.atomic():
            add_picture(by=self._by, name=f"{address_slug(stem)}.{suffix}", data=data, picture=made)
            ImportedPicture.objects.create(source=self._source, key=key, picture=made)
        self._report.done["pictures stored"] += 1
        return made
