"""Bytes to text: encodings stated, provable and guessed; what is cleaned away."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.standards.errors import CopyError
from dateline.standards.reading import read_document
from dateline.standards.text.clean import clean, fold, repeats
from dateline.standards.text.decode import decode

STORIES = {
    "cp1252": "Le président a parlé\n\nPARIS (Agence) — « Très bien », a dit l’hôte après.",
    "iso-8859-2": "Kovač in Žižek\n\nLJUBLJANA (Agencija) - Kovač je rekel, da še ni končano.",
    "cp1250": "Kovač in Žižek\n\nLJUBLJANA (Agencija) – „Kovač“ je rekel, da še ni končano.",
    "cp1251": "Соседи договорились\n\nМОСКВА (Агентство) — Министры сказали, что придут.",
    "koi8-r": "Соседи договорились\n\nМОСКВА (Агентство) - Министры сказали, что придут.",
    "cp1256": "الجيران يتفقون على الحدود\n\nالقاهرة (الوكالة) - قال الوزير إن المحادثات مستمرة.",
}


@pytest.mark.parametrize(("encoding", "text"), STORIES.items())
def test_legacy_encoding_is_found_and_said(encoding, text):
    reading = read_document(text.encode(encoding))
    facts = reading.items[0]
    assert facts.headline == text.split("\n")[0]
    assert facts.warnings == (f"the file does not say its encoding; it was read as {encoding}",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_needs_no_warning(encoding):
    text = STORIES["cp1251"]
    assert read_document(text.encode(encoding)).items[0].warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding):
    assert decode("Headline\n\nText of it.".encode(encoding)).text == "Headline\n\nText of it."


def test_broken_utf16_is_refused_with_its_place():
    with pytest.raises(CopyError, match=r"^byte 4: the bytes are not UTF-16-LE"):
        decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b", "\r\n\x0c"])
def test_line_ends(ends):
    text = ends.join(["Headline", "", "BRDO (Agency) - Text.", "", "More text."])
    facts = read_document(text.encode()).items[0]
    assert [block.text for block in facts.body] == ["Text.", "More text."]


@pytest.mark.parametrize(
    ("dirty", "neat"),
    [
        ("soft\u00adhyphen", "softhyphen"),
        ("no\u00a0break and\u202fnarrow", "no break and narrow"),
        ("a\u202eb\u2066c\u2069d\u202c", "abcd"),
        ("mark\u200fs stay", "mark\u200fs stay"),
        ("e\u0301", "é"),
        ("nul\x00 and \x07bell\x9f", "nul and bell"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("\ufefftext\ufeff", "text"),
        ("tags\U000e0041\U000e0042", "tags"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",) * 2,
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
    ],
)
def test_cleaning(dirty, neat):
    assert fold(dirty) == neat


@given(st.text())
@settings(max_examples=100)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    try:
        reading = read_document(data)
    except CopyError:
        return
    assert reading.format


@pytest.mark.parametrize(
    ("summary", "paragraph", "same"),
    [
        ("Ministers met at Brdo.", "Ministers met at Brdo.", True),
        ("Ministers met at Brdo", "Ministers met at  Brdo.", True),
        ("Ministers of four countries met…", "Ministers of four countries met at Brdo.", True),
        ("Ministers of four countries [...]", "Ministers of four countries met at Brdo.", True),
        ("Ministers met.", "Ministers of four countries met at Brdo.", False),
        ("They meet again on Thursday", "Ministers met at Brdo.", False),
        ("", "Ministers met.", False),
    ],
)
def test_repeating(summary, paragraph, same):
    assert repeats(summary, paragraph) is same
