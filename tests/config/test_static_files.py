"""Pages name the copies of static files that are there, and these are made by one process."""

import json
import threading

from django.core.files.storage import storages

from dateline.common.one_by_one import one_by_one
from dateline.config.static_files import prepare_static, read_names, static_fingerprint

SHEET, COPY = "reader/css/site.css", "reader/css/site.0123456789ab.css"


def test_names_that_were_read_before_the_copies_were_made_are_read_again(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    hashed = {"BACKEND": "dateline.reader.storage.HashedFiles"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    storage = storages["staticfiles"]
    assert storage.hashed_files == {}
    manifest = {"version": "1.1", "paths": {SHEET: COPY}, "hash": "0123456789ab"}
    (tmp_path / storage.manifest_name).write_text(json.dumps(manifest))
    read_names()
    assert storage.stored_name(SHEET) == COPY


def test_whoever_starts_while_another_collects_waits_and_takes_what_that_made(settings, tmp_path):
    root = tmp_path / "share" / "static"
    root.parent.mkdir()
    settings.STATIC_ROOT = root
    second = threading.Thread(target=prepare_static)
    with one_by_one(root.parent / "static.turn"):
        second.start()
        second.join(0.5)
        assert second.is_alive()
        root.mkdir()
        (root / "site.css").write_text("made by the first")
        (root / "collected").write_text(static_fingerprint())
    second.join(30)
    assert {path.name for path in root.iterdir()} == {"site.css", "collected"}


def test_what_a_process_that_was_ended_left_half_done_is_made_anew(settings, tmp_path):
    root = tmp_path / "static"
    settings.STATIC_ROOT = root
    settings.STATICFILES_FINDERS = []
    root.mkdir()
    (tmp_path / "static.turn").touch()
    (root / "half").touch()
    assert prepare_static() == root
    assert {path.name for path in root.iterdir()} == {"collected"}
