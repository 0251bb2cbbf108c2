"""Each document in golden/ gives exactly the facts and blocks in the .facts.json beside it.

`python -m tests.standards.test_golden` writes the expectations anew; read the difference.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from dateline.standards.facts_json import block_json, facts_json
from dateline.standards.reading import read_document
from tests.standards.shared import GOLDEN

DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if not path.name.endswith(".facts.json"))
# The document's date given by its sender, where the document has none of its own.
DATES = {"copy-russian-cp1251.txt": date(2009, 1, 1)}


def read(path: Path) -> dict:
    reading = read_document(path.read_bytes(), name=path.name, document_date=DATES.get(path.name))
    bodies = [[block_json(block) for block in facts.body] for facts in reading.items]
    return {"facts": facts_json(reading), "bodies": bodies}


def expectation(path: Path) -> Path:
    return path.with_name(path.name + ".facts.json")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_gives_its_facts(path):
    assert read(path) == json.loads(expectation(path).read_text(encoding="utf-8"))


if __name__ == "__main__":
    for document in DOCUMENTS:
        text = json.dumps(read(document), ensure_ascii=False, indent=1)
        expectation(document).write_text(text + "\n", encoding="utf-8")
