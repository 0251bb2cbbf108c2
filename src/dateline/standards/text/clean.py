"""Clean text: what is kept of foreign characters, and how white space is folded.

Decisions. Embedding, override and isolate controls (U+202A to 202E, 2066 to 2069) are dropped: an
unbalanced one turns the rest of a page round. The single marks LRM, RLM and ALM stay, for they
have no scope. C0 and C1 controls, soft hyphens, byte order marks, noncharacters, interlinear
anchors and tag characters outside a flag are dropped; lone surrogates become U+FFFD. Text is NFC.
Every Unicode space, no-break spaces included, becomes one plain space where text is folded.
"""

import re
import unicodedata

from dateline.standards.text.words import words

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,12}\U000e007f)"
    "|[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\xad\u202a-\u202e\u2066-\u206f\ufeff\ufdd0-\ufdef"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000\u2800]+")
_MARKS = re.compile("[\u200e\u200f\u061c]")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_BLANK = "\u200b\u200c\u200d\u2060\u200e\u200f\u061c\u3164\u115f\u1160\uffa0"
_RTL_LANGUAGES = words("ar arc ckb dv fa he iw ku-arab ps sd ug ur yi pa-arab")


def clean(text: str) -> str:
    """Drop what must not be kept and give every line end the form of one line feed."""
    if text.isascii() and "\r" not in text and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _DROPPED.sub(lambda hit: hit.group(1) or "", text)
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Clean the text and make one line of it, single spaces between words, none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", clean(text)).strip()


def fold_spaces(text: str) -> str:
    """Make every run of white space one plain space; keep one at the ends where there was any."""
    return _SPACES.sub(" ", text)


def or_none(text: str) -> str | None:
    """Give the folded text, or None when it is empty, invisible, or the word None."""
    folded = fold(text)
    return None if is_blank(folded) or folded in {"None", "null"} else folded


def is_blank(text: str) -> bool:
    """Say whether a reader would see nothing at all."""
    stripped = text.strip()
    if stripped[:1].isalnum():
        return False
    return not _SPACES.sub("", stripped).strip(_BLANK)


def without_marks(text: str) -> str:
    """Drop direction marks, for looking at text rather than showing it."""
    return _MARKS.sub("", text)


def direction_of(text: str) -> str:
    """Say `rtl` when most letters with a direction run from right to left, else `ltr`."""
    sample = text[:4000]
    return "rtl" if len(_RTL.findall(sample)) > len(_LTR.findall(sample)) else "ltr"


def direction_of_language(tag: str) -> str:
    """Say which way a BCP 47 language runs, by its language or its script subtag."""
    parts = tag.lower().replace("_", "-").split("-")
    if "latn" in parts or "cyrl" in parts:
        return "ltr"
    rtl_script = bool({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm"} & set(parts))
    return "rtl" if rtl_script or parts[0] in _RTL_LANGUAGES else "ltr"


def repeats(summary: str, paragraph: str) -> bool:
    """Say whether a paragraph repeats a summary: the same words, or the summary cut short."""
    cut = _ELLIPSIS.sub("", fold(summary))
    mine, theirs = _bare(cut), _bare(paragraph)
    if not mine or not theirs:
        return False
    return mine == theirs or (len(mine) >= 24 and (theirs.startswith(mine) or mine in theirs))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
