import gzip

from dateline.reader.bundle import CSS, ORDER, SHEET, bundled, tighten


def test_the_style_sheet_is_what_its_parts_say():
    assert SHEET.read_text(encoding="utf-8") == bundled()


def test_every_part_is_in_the_sheet():
    parts = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - {SHEET.name}
    assert parts == set(ORDER)


def test_the_style_sheet_keeps_its_budget():
    assert len(gzip.compress(bundled().encode(), 9)) <= 15 * 1024


def test_tightening_drops_comments_and_indents_only():
    assert tighten("  a {\n    color: red; /* why\n not */\n\n  }\n") == "a {\ncolor: red;\n}"


def test_parts_use_logical_properties_and_no_ids():
    banned = ("margin-left", "margin-right", "padding-left", "text-align: left", "float:")
    found = [
        (name, word)
        for name in ORDER
        for word in banned
        if word in (CSS / name).read_text(encoding="utf-8")
    ]
    assert found == []
