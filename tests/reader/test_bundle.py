import gzip

from dateline.reader.bundle import (
    ACCOUNT,
    ACCOUNT_ORDER,
    CHAT,
    CHAT_ORDER,
    CSS,
    LATER,
    LATER_ORDER,
    LITE,
    LITE_ORDER,
    ORDER,
    SHEET,
    STORYLINE,
    STORYLINE_ORDER,
    bundled,
    tighten,
)


def test_the_style_sheet_is_what_its_parts_say():
    assert SHEET.read_text(encoding="utf-8") == bundled()
    assert LATER.read_text(encoding="utf-8") == bundled(LATER_ORDER)
    assert ACCOUNT.read_text(encoding="utf-8") == bundled(ACCOUNT_ORDER)
    assert LITE.read_text(encoding="utf-8") == bundled(LITE_ORDER)
    assert CHAT.read_text(encoding="utf-8") == bundled(CHAT_ORDER)
    assert STORYLINE.read_text(encoding="utf-8") == bundled(STORYLINE_ORDER)


def test_every_part_is_in_the_sheet():
    parts = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")}
    sheets = {sheet.name for sheet in (SHEET, LATER, ACCOUNT, CHAT, STORYLINE, LITE)}
    assert parts - sheets == {
        *ORDER,
        *LATER_ORDER,
        *ACCOUNT_ORDER,
        *CHAT_ORDER,
        *STORYLINE_ORDER,
        *LITE_ORDER,
    }


def test_the_style_sheets_keep_their_budget():
    sheets = (bundled(), bundled(LATER_ORDER))
    assert sum(len(gzip.compress(sheet.encode(), 9)) for sheet in sheets) <= 15 * 1024


def test_a_chat_has_a_small_sheet():
    assert len(gzip.compress(bundled(CHAT_ORDER).encode(), 9)) <= 5 * 1024


def test_a_lite_page_has_a_small_sheet_without_fonts():
    assert len(gzip.compress(bundled(LITE_ORDER).encode(), 9)) <= 5 * 1024
    assert "@font-face" not in bundled(LITE_ORDER)


def test_tightening_drops_comments_and_indents_only():
    assert tighten("  a {\n    color: red; /* why\n not */\n\n  }\n") == "a {\ncolor: red;\n}"


def test_parts_use_logical_properties_and_no_ids():
    banned = ("margin-left", "margin-right", "padding-left", "text-align: left", "float:")
    found = [
        (name, word)
        for name in (*ORDER, *LATER_ORDER, *ACCOUNT_ORDER)
        for word in banned
        if word in (CSS / name).read_text(encoding="utf-8")
    ]
    assert found == []
