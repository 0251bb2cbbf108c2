"""The data folder: whole or not at all, private, and held by one instance."""

import os
import subprocess
import sys
import threading
import tomllib

import pytest

from dateline.common.one_by_one import one_by_one
from dateline.config.data_folder import MARK, lock_home, prepare_home, refuse_empty
from dateline.config.database import TEMPLATE, TEMPLATE_MARK
from dateline.config.errors import AlreadyRunning, HomeRefused
from dateline.config.fingerprint import migrations_fingerprint


def mode(path):
    return oct(path.stat().st_mode & 0o777)


def test_a_new_folder_is_private_and_has_its_secrets(folder):
    prepare_home(folder)
    assert sorted(path.name for path in folder.iterdir()) == [MARK, "media", "run", "secrets.toml"]
    assert (mode(folder), mode(folder / "secrets.toml")) == ("0o700", "0o600")
    secrets = tomllib.loads((folder / "secrets.toml").read_text())
    assert len(secrets["secret_key"]) >= 64


def test_preparing_again_keeps_the_secrets(folder):
    prepare_home(folder)
    before = (folder / "secrets.toml").read_text()
    prepare_home(folder)
    assert (folder / "secrets.toml").read_text() == before


def test_of_two_that_start_at_once_one_makes_the_secrets(folder):
    (folder / "run").mkdir(parents=True)
    (folder / MARK).touch()
    second = threading.Thread(target=prepare_home, args=(folder,))
    with one_by_one(folder / "run" / "secrets.turn"):
        second.start()
        second.join(0.5)
        assert second.is_alive()
        (folder / "secrets.toml").write_text("those of the first")
    second.join(30)
    assert (folder / "secrets.toml").read_text() == "those of the first"


def test_two_folders_have_two_secrets(folder):
    other = folder.with_name("other")
    prepare_home(folder)
    prepare_home(other)
    assert (folder / "secrets.toml").read_text() != (other / "secrets.toml").read_text()


def test_a_folder_with_settings_alone_is_taken(folder):
    folder.mkdir()
    (folder / "dateline.toml").write_text("port = 9000\n")
    prepare_home(folder)
    assert (folder / MARK).exists()


def test_a_folder_with_other_peoples_files_is_refused_and_left_alone(folder):
    folder.mkdir()
    (folder / "thesis.doc").write_text("mine")
    with pytest.raises(HomeRefused, match=r"it holds other files \(thesis\.doc\)"):
        prepare_home(folder)
    assert [path.name for path in folder.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("where", ["the folder", "above it"])
def test_a_file_in_the_way_is_refused(folder, where):
    in_the_way = folder if where == "the folder" else folder.parent / "file"
    in_the_way.write_text("x")
    with pytest.raises(HomeRefused) as refused:
        prepare_home(folder if where == "the folder" else in_the_way / "newsroom")
    assert str(refused.value).endswith("Choose another with --home DIR.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_refused(folder):
    folder.mkdir(mode=0o500)
    with pytest.raises(HomeRefused):
        prepare_home(folder)


def test_a_crash_while_writing_secrets_leaves_none(folder, monkeypatch):
    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(HomeRefused, match="no space left on device"):
        prepare_home(folder)
    monkeypatch.undo()
    assert not (folder / "secrets.toml").exists()


def test_a_start_after_such_a_crash_works(folder, monkeypatch):
    test_a_crash_while_writing_secrets_leaves_none(folder, monkeypatch)
    monkeypatch.setenv("DATELINE_HOME", str(folder))
    prepare_home(folder)
    assert (folder / "secrets.toml").exists()


def test_a_folder_without_a_newsroom_is_refused_and_not_made(folder):
    with pytest.raises(HomeRefused, match="no newsroom is in it; `dateline run` makes one"):
        refuse_empty(folder)
    assert not folder.exists()
    prepare_home(folder)
    refuse_empty(folder)


def test_no_backup_is_written_of_a_mistyped_folder(folder):
    target = folder.with_name("copy.tar.gz")
    command = [sys.executable, "-m", "dateline", "backup", str(target), "--home", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"dateline: The data folder {folder} cannot be used: no newsroom" in done.stderr
    assert not folder.exists()
    assert not target.exists()


def test_a_second_instance_is_refused_with_the_firsts_number(folder):
    prepare_home(folder)
    lock = lock_home(folder)
    with pytest.raises(AlreadyRunning) as refused:
        lock_home(folder)
    assert f"(process {os.getpid()})" in str(refused.value)
    lock.close()
    lock_home(folder).close()


def test_a_killed_instance_holds_no_lock(folder):
    prepare_home(folder)
    code = (
        "import sys, pathlib, time; from dateline.config.data_folder import lock_home;"
        "lock = lock_home(pathlib.Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE)
    with process:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            lock_home(folder)
        process.kill()
    lock_home(folder).close()


def test_the_shipped_database_has_todays_migrations():
    assert TEMPLATE.exists()
    assert TEMPLATE_MARK.read_text().strip() == migrations_fingerprint(), (
        "The migrations have changed: run `python -m dateline.config.template` and commit what it "
        "writes."
    )
