"""The reference pages are made from the code and up to date, and the README says what is true."""

import re
import tomllib
from pathlib import Path

import pytest

import dateline
from tools import docs

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", docs.BUILT)
def test_reference_page_is_up_to_date(name):
    committed = (docs.PAGES / name).read_text(encoding="utf-8")
    assert committed == docs.page(name), "run `python -m tools.docs`"


def test_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == dateline.__version__


def test_the_two_commands_stand_in_the_first_lines_of_the_readme():
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:20]
    assert {"./dateline demo", "./dateline test"} <= {line.strip() for line in first}


def test_every_link_inside_the_docs_leads_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_lock_file_names_where_packages_come_from():
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert [path.name for path in locks if "://" in path.read_text()] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
