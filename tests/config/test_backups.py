"""A backup is whole though the newsroom writes on; a restore replaces nothing before its checks."""

import io
import json
import sqlite3
import tarfile
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from dateline.config import backups
from dateline.config.backups import BackupRefused, restore_backup, write_backup
from dateline.config.data_folder import lock_home, prepare_home
from dateline.config.errors import AlreadyRunning
from tests.factories import a_newsroom, a_published_story
from tests.stories.records import shown

MANIFEST = "manifest.json"


@pytest.fixture
def house(folder):
    """A data folder with a small database and a picture, made without Django."""
    prepare_home(folder)
    (folder / "dateline.toml").write_text("port = 9000\n")
    (folder / "dkim").mkdir()
    (folder / "dkim" / "s1.pem").write_bytes(b"a key")
    (folder / "media" / "pictures").mkdir()
    (folder / "media" / "pictures" / "a.jpg").write_bytes(b"picture" * 999)
    with sqlite3.connect(folder / "dateline.sqlite3") as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (randomblob(30000))")
    database.close()
    return folder


@pytest.fixture
def sqlite_house(house, monkeypatch):
    chosen = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(house / "dateline.sqlite3")}
    monkeypatch.setattr(settings, "DATABASES", {"default": chosen})
    return house


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "run" not in path.relative_to(folder).parts
    }


def a_tar(path, members, *, manifest=True):
    """Write a backup by hand: names and bytes, with a manifest that agrees with them."""
    listing = {name: sha256(data).hexdigest() for name, data in members.items()}
    if manifest is True:
        members = members | {MANIFEST: json.dumps({"files": listing}).encode()}
    elif manifest is not None:
        members = members | {MANIFEST: manifest}
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return path


def refusal(source, target, *, replace=False):
    with pytest.raises(BackupRefused) as refused:
        restore_backup(source, target, replace=replace)
    return str(refused.value)


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_backup_restored_elsewhere_is_the_same(sqlite_house, tmp_path):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    copy = restore_backup(file, tmp_path / "copy", replace=False)
    before, after = contents(sqlite_house), contents(copy)
    assert sorted(after) == sorted(before)
    del before["dateline.sqlite3"], after["dateline.sqlite3"]
    assert after == before
    modes = [oct(path.stat().st_mode & 0o777) for path in (file, copy, copy / "secrets.toml")]
    assert modes == ["0o600", "0o700", "0o600"]
    assert leftovers(tmp_path) == []
    lock_home(copy).close()


def test_an_existing_file_is_never_overwritten(sqlite_house, tmp_path):
    file = tmp_path / "b.tar.gz"
    file.write_text("precious")
    with pytest.raises(BackupRefused, match="is there already"):
        write_backup(sqlite_house, file)
    assert file.read_text() == "precious"


def test_a_place_that_cannot_be_written_is_refused(sqlite_house, tmp_path):
    with pytest.raises(BackupRefused, match="no such file or directory"):
        write_backup(sqlite_house, tmp_path / "nowhere" / "b.tar.gz")


def test_a_picture_that_grows_or_goes_meanwhile_spoils_nothing(sqlite_house, tmp_path, monkeypatch):
    pictures = sqlite_house / "media" / "pictures"
    (pictures / "b.jpg").write_bytes(b"half")
    pack = backups._pack_file

    def grow_and_go(archive, name, path):
        (pictures / "a.jpg").unlink(missing_ok=True)
        with (pictures / "b.jpg").open("ab") as file:
            file.write(b"more")
        return pack(archive, name, path)

    monkeypatch.setattr(backups, "_pack_file", grow_and_go)
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    copy = restore_backup(file, tmp_path / "copy", replace=False)
    assert [path.name for path in (copy / "media" / "pictures").iterdir()] == ["b.jpg"]


@pytest.mark.parametrize("at", range(5))
def test_a_damaged_file_is_refused_and_nothing_made(sqlite_house, tmp_path, at):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    data = bytearray(file.read_bytes())
    data[100 + at * (len(data) - 200) // 5] ^= 0xFF
    file.write_bytes(data)
    assert refusal(file, tmp_path / "copy").startswith(f"{file}: ")
    assert (not (tmp_path / "copy").exists(), leftovers(tmp_path)) == (True, [])


@pytest.mark.parametrize("kept", [0, 10, 0.5, -1000])
def test_a_cut_file_is_refused(sqlite_house, tmp_path, kept):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * kept) if 0 < kept < 1 else kept])
    assert "\n" not in refusal(file, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_is_no_backup_is_refused(tmp_path):
    file = tmp_path / "b.tar.gz"
    assert "No such file" in refusal(file, tmp_path / "copy")
    file.write_text("Dear editor, ...")
    assert "is no whole backup" in refusal(file, tmp_path / "copy")


@pytest.mark.parametrize("manifest", [None, b"", b"[]", b'{"files": 3}', b"\xff", b"{}"])
def test_without_a_manifest_nothing_is_restored(tmp_path, manifest):
    file = a_tar(tmp_path / "b.tar.gz", {"dateline.toml": b"port = 1\n"}, manifest=manifest)
    assert refusal(file, tmp_path / "copy") == f"{file}: has no readable manifest."


def test_a_file_the_manifest_does_not_name_is_refused(tmp_path):
    manifest = json.dumps({"files": {}}).encode()
    file = a_tar(tmp_path / "b.tar.gz", {"media/x.html": b"<script>"}, manifest=manifest)
    assert refusal(file, tmp_path / "copy") == f"{file}: media/x.html is not in its manifest."


def test_a_damaged_database_is_refused(tmp_path):
    file = a_tar(tmp_path / "b.tar.gz", {"dateline.sqlite3": b"SQLite format 3\0" + b"x" * 5000})
    assert "its database is damaged" in refusal(file, tmp_path / "copy")


@pytest.mark.parametrize("name", ["../outside.txt", "media/../../outside.txt"])
def test_a_path_out_of_the_folder_is_refused(tmp_path, name):
    file = a_tar(tmp_path / "b.tar.gz", {name: b"x"})
    assert "is no whole backup" in refusal(file, tmp_path / "copy")
    assert not (tmp_path / "outside.txt").exists()


def test_an_absolute_path_stays_inside(tmp_path):
    file = a_tar(tmp_path / "b.tar.gz", {str(tmp_path / "outside.txt"): b"x"})
    refusal(file, tmp_path / "copy")
    assert not (tmp_path / "outside.txt").exists()


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        link = tarfile.TarInfo("media")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    assert "is no whole backup" in refusal(tmp_path / "b.tar.gz", tmp_path / "copy")


def test_a_folder_that_is_not_empty_is_kept_unless_told_and_then_kept_aside(sqlite_house, tmp_path):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    (sqlite_house / "dateline.toml").write_text("port = 9999\n")
    before = contents(sqlite_house)
    assert "--replace keeps it aside" in refusal(file, sqlite_house)
    assert contents(sqlite_house) == before
    restore_backup(file, sqlite_house, replace=True)
    assert (sqlite_house / "dateline.toml").read_text() == "port = 9000\n"
    [aside] = tmp_path.glob("newsroom.before-*")
    assert contents(aside) == before


def test_a_damaged_file_replaces_nothing(sqlite_house, tmp_path):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    before = contents(sqlite_house)
    file.write_bytes(file.read_bytes()[:-2000])
    refusal(file, sqlite_house, replace=True)
    assert contents(sqlite_house) == before
    assert list(tmp_path.glob("newsroom.before-*")) == []


def test_a_running_newsroom_is_not_replaced(sqlite_house, tmp_path):
    file = write_backup(sqlite_house, tmp_path / "b.tar.gz")
    lock = lock_home(sqlite_house)
    with pytest.raises(AlreadyRunning):
        restore_backup(file, sqlite_house, replace=True)
    lock.close()
    assert (sqlite_house / "secrets.toml").exists()


def _publish_until(told, written):
    room = a_newsroom()
    try:
        while not told.is_set():
            with transaction.atomic():
                story = a_published_story(room, f"Story {len(written)}")
            written.append(story.pk)
    finally:
        connection.close()


@pytest.mark.database
def test_a_backup_of_a_writing_newsroom_holds_whole_stories(committed, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("pg_dump's own matter on PostgreSQL")
    told, written = threading.Event(), []
    writer = threading.Thread(target=_publish_until, args=(told, written))
    writer.start()
    while len(written) < 3:
        pass
    acknowledged = list(written)
    file = write_backup(Path(settings.DATELINE_HOME), tmp_path / "b.tar.gz")
    told.set()
    writer.join()
    copy = restore_backup(file, tmp_path / "copy", replace=False)
    with sqlite3.connect(copy / "dateline.sqlite3") as database:
        stories = [n for (n,) in database.execute("SELECT id FROM stories_story ORDER BY id")]
        lines = database.execute(
            "SELECT subject FROM journal_journalline WHERE kind LIKE 'story-%'"
        )
        told_of = [subject for (subject,) in lines]
    database.close()
    assert stories[: len(acknowledged)] == acknowledged
    assert told_of == [f"story:{number}" for number in stories]
    assert set(stories) <= set(shown())
