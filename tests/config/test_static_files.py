"""Pages name the copies of static files that are there."""

import json

from django.core.files.storage import storages

from dateline.config.static_files import read_names

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
