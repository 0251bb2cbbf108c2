"""`dateline wire` as a person runs it: one line and status 1, nothing stored; or a story."""

import json
import os
import subprocess
import sys

import pytest

from dateline.config.commands import main

COPY = """Talks fail in Brenn

BRENN, November 24 (Meridian) - The talks ended on Tuesday without a date for new ones.

"We shall meet again," the foreign minister said.
"""
FIVE_MB = 5 * 1024 * 1024


def run(home, *arguments, code=("-m", "dateline")):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environment = kept | {"DATELINE_HOME": str(home)}
    command = [sys.executable, *code, *map(str, arguments)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def make_missing(path):
    pass


def make_folder(path):
    path.mkdir()


def make_empty(path):
    path.write_bytes(b"")


def make_blank(path):
    path.write_bytes(b" \n\t\n")


def make_binary(path):
    path.write_bytes(bytes(range(256)) * 40)


def make_picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)


def make_huge(path):
    path.write_bytes(b"a " * (FIVE_MB // 2) + b"!")


def make_broken_json(path):
    path.write_text('{"uri": "urn:1", "headline": "Talks')


def make_broken_xml(path):
    path.write_text('<?xml version="1.0"?><rss version="2.0"><chan')


def make_nothing(path):
    path.write_text('<rss version="2.0"><channel><title>News</title></channel></rss>')


def make_bomb(path):
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        '<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
    )


REFUSED = {
    "missing": make_missing,
    "folder": make_folder,
    "empty": make_empty,
    "blank": make_blank,
    "binary": make_binary,
    "picture": make_picture,
    "huge": make_huge,
    "broken json": make_broken_json,
    "broken xml": make_broken_xml,
    "entities": make_bomb,
    "a feed of nothing": make_nothing,
}


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Run the command line in this process, as far as what is refused before the house opens."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "newsroom"))

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return (ended.value.code or 0, *capsys.readouterr())

    return call


@pytest.mark.parametrize("sort", REFUSED)
def test_a_file_that_is_no_copy_is_one_line_and_nothing_stored(command, tmp_path, sort):
    file = tmp_path / "copy.txt"
    REFUSED[sort](file)
    for arguments in (("read", file), ("take", file, "--section", "world", "--publish")):
        status, out, err = command("wire", *arguments)
        assert (status, out) == (1, "")
        assert err.startswith(f"dateline: {file}: "), err
        assert err.count("\n") == 1, err
    assert not (tmp_path / "newsroom").exists()


def test_one_bad_file_among_good_ones_stores_none(command, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(COPY)
    status, _, err = command("wire", "take", good, bad, "--section", "world")
    assert (status, err) == (1, f"dateline: {bad}: no such file or directory\n")
    assert not (tmp_path / "newsroom").exists()


def test_a_wrong_option_is_a_usage_error(command):
    status, _, err = command("wire", "read", "x", "--date", "yesterday")
    assert status == 2
    assert "'yesterday' is not a day such as 2008-02-13." in err


def test_reading_prints_the_facts(command, tmp_path):
    file = tmp_path / "copy.txt"
    file.write_text(COPY)
    status, out, _ = command("wire", "read", file, "--json", "--date", "2026-11-24")
    facts = json.loads(out)
    assert (facts["items"], facts["headline"]) == (1, "Talks fail in Brenn")
    assert (facts["dateline_place"], facts["dateline_date"]) == ("BRENN", "2026-11-24")
    assert (status, (tmp_path / "newsroom").exists()) == (0, False)


FURNISH = """
from dateline.config.commands.common import open_house
open_house(None)
from tests.factories import a_newsroom
a_newsroom()
"""
LOOK = """
from dateline.config.commands.common import open_house
open_house(None)
from dateline.common import clock
from dateline.journal.queries import replay
from dateline.stories.queries import visible
for story in visible(clock.now()):
    print(story.headline, story.section.path, story.dateline_place, story.dateline_date, sep="|")
print([r.entry.kind for r in replay(0) if r.channels])
"""


@pytest.mark.slow
def test_copy_goes_in_once_and_stands_in_its_section(tmp_path):
    file, home = tmp_path / "copy.txt", tmp_path / "newsroom"
    file.write_text(COPY)
    assert run(home, code=("-c", FURNISH)).returncode == 0
    take = ("wire", "take", file, "--date", "2026-11-24")
    lost = run(home, *take)
    assert (lost.returncode, lost.stdout) == (1, "")
    assert lost.stderr == (
        "dateline: There is no section '' in edition 'en'; "
        "name one with --section: world, culture.\n"
    )
    first = run(home, *take, "--section", "world", "--publish")
    again = run(home, *take, "--section", "world", "--publish")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert first.stdout.startswith("copy.txt: taken: Talks fail in Brenn (/")
    assert again.stdout.startswith("copy.txt: known already: Talks fail in Brenn (/")
    look = run(home, code=("-c", LOOK)).stdout
    assert look == "Talks fail in Brenn|world|BRENN|2026-11-24\n['story-published']\n"
