from datetime import date

import pytest

from dateline.standards.errors import CopyError
from dateline.standards.reading import read_document

STORY = """Ministers gather at Brdo to settle the border question
By Ana Kovač

BRDO, February 13 (Agency) - Ministers opened two days of talks on Wednesday.

"We will see," the host said.
"""


def test_copy_gives_its_parts():
    reading = read_document(STORY.encode(), document_date=date(2008, 2, 14))
    facts = reading.items[0]
    assert reading.format == "copy"
    assert facts.headline == "Ministers gather at Brdo to settle the border question"
    assert facts.authors == ("Ana Kovač",)
    assert facts.dateline is not None
    assert (facts.dateline.place, facts.dateline.agency) == ("BRDO", "Agency")
    assert facts.dateline.date == date(2008, 2, 13)
    assert [block.text for block in facts.body] == [
        "Ministers opened two days of talks on Wednesday.",
        '"We will see," the host said.',
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t \xc2\xa0\n", "blank"),
        (b"\xef\xbb\xbf\n", "blank"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "binary"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04....", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "binary"),
        (b"a story\x00with a hole\n\nin it", "binary"),
        (b"x" * 5_000_001, "too-large"),
        (b"A headline alone", "no-body"),
        (b"BRDO, February 13 (Agency) - Text.\n\nMore text.", "no-headline"),
        (b'{"a": 1}', "unknown-json"),
        (b'{"uri": "urn:x", "uri": "urn:y"}', "bad-json"),
        (b'{"uri": }', "bad-json"),
        (b"[" * 100_000, "too-deep"),
    ],
)
def test_refusals_name_their_reason(data, code):
    with pytest.raises(CopyError) as caught:
        read_document(data)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert caught.value.where
