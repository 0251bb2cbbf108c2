"""Data folders and settings of their own for tests that run no site."""

import os

import pytest

from dateline.config.settings_in_force import settings_in_force


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the path of a new data folder, in force for the test; no setting comes from outside."""
    for name in [name for name in os.environ if name.startswith("DATELINE_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "newsroom"
    monkeypatch.setenv("DATELINE_HOME", str(path))
    settings_in_force.cache_clear()
    yield path
    settings_in_force.cache_clear()


def write_settings(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "dateline.toml").write_text(text, encoding="utf-8")
