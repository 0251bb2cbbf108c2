"""Lines of text in several scripts, drawn with the site's own fonts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).parent.parent / "static" / "reader" / "fonts"
LATIN = "display-latin"
ARABIC = "naskh-arabic"
_SCRIPTS = (
    ("display-cyrillic", ((0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1), (0x2116, 0x2116))),
    (ARABIC, ((0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200D), (0xFB50, 0xFEFC))),
    ("text-greek", ((0x374, 0x3E1),)),
    ("text-latin-ext", ((0x100, 0x12B), (0x12E, 0x130), (0x134, 0x151), (0x154, 0x17F))),
    (LATIN, ((0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2013, 0x2014))),
    (LATIN, ((0x2018, 0x201E), (0x2022, 0x2026), (0x2039, 0x203A), (0x20AC, 0x20AC))),
)


def font_for(character: str) -> str | None:
    """Return the name of the font that has a character, or None if none of ours does."""
    number = ord(character)
    for name, ranges in _SCRIPTS:
        if any(first <= number <= last for first, last in ranges):
            return name
    return None


def can_write(text: str) -> bool:
    """Say whether our fonts have every character of a text."""
    return all(font_for(character) for character in text)


@lru_cache(maxsize=64)
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


@dataclass(frozen=True, slots=True)
class Hand:
    """How a line is written: size in pixels, weight 400 to 700, and direction."""

    size: int
    weight: int = 600
    is_rtl: bool = False

    def width(self, line: str) -> float:
        """Return the width of a line in pixels."""
        return sum(
            self._font(name).getlength(run, direction=self._way(name, run))
            for name, run in self.runs(line)
        )

    def write(
        self, draw: ImageDraw.ImageDraw, at: tuple[float, float], line: str, fill: str
    ) -> None:
        """Draw a line; `at` is where its base line starts: at the right when written leftwards."""
        x, y = at
        for name, run in self.runs(line):
            font, way = self._font(name), self._way(name, run)
            room = font.getlength(run, direction=way)
            x = x - room if self.is_rtl else x
            draw.text((x, y), run, font=font, fill=fill, anchor="ls", direction=way)
            x = x if self.is_rtl else x + room

    def fitted(self, text: str, room: int) -> list[str]:
        """Break a text into lines no wider than `room` pixels; a longer word has a line alone."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def runs(self, line: str) -> Iterator[tuple[str, str]]:
        """Split a line into pieces of one font each, in the order of reading."""
        for name, letters in groupby(_with_fonts(line, self.is_rtl), key=lambda pair: pair[1]):
            yield name, "".join(letter for letter, _ in letters)

    def _font(self, name: str) -> ImageFont.FreeTypeFont:
        return _font(name, self.size, self.weight)

    def _way(self, name: str, run: str) -> str:
        """Return the direction of a run: marks alone go with the line, and are mirrored."""
        is_neutral = self.is_rtl and not any(letter.isalnum() for letter in run)
        return "rtl" if name == ARABIC or is_neutral else "ltr"


def _with_fonts(line: str, is_rtl: bool) -> Iterator[tuple[str, str]]:
    """Pair each letter with its font; a space between words of one font has that font too."""
    plain = ARABIC if is_rtl else LATIN
    for place, letter in enumerate(line):
        name = font_for(letter) or plain
        if letter == " ":
            before = font_for(line[place - 1]) if place else None
            after = font_for(line[place + 1 : place + 2] or " ")
            name = before if before == after and before in (LATIN, ARABIC) else plain
        yield letter, name or plain
