"""Pictures drawn by the site: fonts for every script we publish in, and lines that fit."""

from io import BytesIO

import pytest
from PIL import Image

from dateline.reader.drawing.letters import Hand, can_write, font_for
from dateline.reader.drawing.share import SIZE, Shared, draw_share_picture

HEADLINES = {
    "en": "Talks on Ostrel fail after eleven hours; council to meet “on Thursday”",
    "ru": "Переговоры в Бренне сорвались, совет NATO соберётся в четверг – «срочно»",
    "ar": "محادثات برين تفشل بعد 11 ساعة في New York، و«المجلس» يجتمع (MNA)",
}


@pytest.mark.parametrize("language", HEADLINES)
def test_a_headline_of_each_language_can_be_written(language):
    assert can_write(HEADLINES[language])


def test_a_script_without_a_font_is_known_as_such():
    assert font_for("漢") is None
    assert not can_write("Talks 漢")


def test_runs_have_one_font_each_and_lose_nothing():
    hand = Hand(60, is_rtl=True)
    runs = list(hand.runs("بعد 11 في New York"))
    assert [run for _, run in runs] == ["بعد ", "11", " في ", "New York"]
    assert "".join(run for _, run in runs) == "بعد 11 في New York"


def test_lines_fit_their_room_and_keep_every_word():
    hand = Hand(60)
    lines = hand.fitted(HEADLINES["en"], 700)
    assert all(hand.width(line) <= 700 for line in lines)
    assert " ".join(lines) == HEADLINES["en"]


@pytest.mark.parametrize("headline", ["", "x" * 300, "word " * 120, "漢字", HEADLINES["ar"]])
def test_any_headline_makes_a_picture(headline):
    drawn = draw_share_picture(Shared(headline=headline, section="World", agency="Meridian"))
    with Image.open(BytesIO(drawn)) as image:
        assert image.size == SIZE


def test_a_picture_fills_the_share_picture_without_its_notes():
    made = BytesIO()
    Image.new("RGB", (300, 900), "#a04020").save(made, "JPEG", comment=b"by somebody")
    shared = Shared(headline="H", section="S", agency="A", picture=made.getvalue())
    with Image.open(BytesIO(draw_share_picture(shared))) as image:
        assert image.size == SIZE
        assert "comment" not in image.info
        red, green, blue = image.getpixel((600, 200))
    assert (abs(red - 0xA0) < 12, abs(green - 0x40) < 12, abs(blue - 0x20) < 12) == (True,) * 3
