"""What each line of a saved page is: prose, a short line, or a piece of chrome."""

import re
from dataclasses import dataclass
from typing import Literal

from dateline.standards.copy import chrome_words
from dateline.standards.copy.lines import Line, ends_sentence
from dateline.standards.copy.stamps import is_clock, stamp_in
from dateline.standards.text.clean import fold

LineKind = Literal[
    "prose", "short", "crumb", "stop", "skip", "machine", "stamp", "caption", "foreign"
]

_MACHINE = re.compile(
    r"^(?:https?://\S+|www\.\S+|/?/?html/\S*|/\S*/@?\S*|\S+@\S+\.\w{2,}|\+?[\d\s().-]{6,}|"
    r"[a-z]{2}_[A-Z]{2}|\W+|\W*\d{1,6}\W*|\d+\s?[x×]\s?\d+|\d{4}|"
    r"\S+\.(?:jpe?g|png|gif|webp|mp4|html?|css|js|xn--\S+)|[0-9a-f]{16,}|true|false|null|undefined|"
    r"\{\{.*\}\}|\[\[.*\]\]|%\w+%|\S+\.(?:com|org|net|info|example|test)(?:/\S*)?)$",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s+(?:>+|›|»|→|▸|/|\||::|·|•|❯|<|‹|«)\s+")
_RIGHTS = re.compile(r"^(?:©|\(c\)|copyright\b)|©.{0,40}\b(?:19|20)\d\d", re.IGNORECASE)
_ENDS = re.compile(r"^[\W_]+|(?:[\W_]|\d)+$")
_COUNTED = re.compile(
    r"^(?:\(?\d+\)?\s+(?:{0})|(?:{0})\s*[:(]?\s*\d+\)?)$".format(
        r"comments?|views?|shares?|likes?|комментари\w+|kommentare?|commentaires?|comentarios?|تعليق\w*"
    )
)
_SCRIPTS = {
    "latin": re.compile(r"[A-Za-zÀ-ɏ]"),
    "cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "arabic": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
    "greek": re.compile(r"[Ͱ-Ͽ]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Whole lines and beginnings of lines, in small letters."""

    whole: frozenset[str]
    starts: tuple[str, ...]

    def match(self, line: str) -> bool:
        """Say whether a line, made bare, is one of the phrases."""
        return line in self.whole or line.startswith(self.starts)


def _phrases(*texts: str) -> Phrases:
    parts = [fold(part).casefold() for text in texts for part in text.split("|")]
    starts = tuple(part[:-1] for part in parts if part.endswith("*"))
    return Phrases(frozenset(part.rstrip("*") for part in parts), starts or ("\0",))


AFTER_STORY = _phrases(*chrome_words.AFTER_STORY.values())
NEVER_STORY = _phrases(*chrome_words.NEVER_STORY.values())
WEAK = _phrases(chrome_words.WEAK)
HOMES = _phrases(chrome_words.HOMES)
SECTIONS = _phrases(chrome_words.SECTIONS)
_CAPTIONS = tuple(part.strip() for part in chrome_words.CAPTIONS.split("|"))


def bare(text: str) -> str:
    """Give a line in small letters without counters and punctuation at its ends."""
    return _ENDS.sub("", text.casefold().replace("’", "'"))


def script_of(text: str) -> str:
    """Name the script of most letters: `latin`, `cyrillic`, `arabic`."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    return max(counts, key=lambda name: counts[name])


def crumbs_in(text: str) -> list[str]:
    """Give the parts of a breadcrumb line, or nothing when the line is none."""
    parts = [part.strip() for part in _CRUMB.split(text.strip(" >›»/|→"))]
    if len(parts) < 2 or len(text) > 220 or not all(parts):
        return []
    if any(len(part.split()) > 5 for part in parts[:-1]) or len(parts[-1].split()) > 25:
        return []
    return parts if len({len(part) > 0 for part in parts}) == 1 else []


def kinds_of(lines: list[Line]) -> list[LineKind]:
    """Say of each line what it is; a short line in another script than the page's is chrome."""
    kinds = [_kind(line.text) for line in lines]
    prose = " ".join(line.text for line, kind in zip(lines, kinds, strict=True) if kind == "prose")
    script = script_of(prose)
    if not prose:
        return kinds
    return [
        "foreign" if kind == "short" and _is_foreign(line.text, script) else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _is_foreign(text: str, script: str) -> bool:
    letters = _SCRIPTS[script].findall(text)
    return not letters and any(char.isalpha() for char in text)


def _kind(text: str) -> LineKind:
    chrome = _chrome_kind(text)
    if chrome:
        return chrome
    words = len(text.split())
    if text.endswith("?") and len(text) < 80:
        return "short"
    if ends_sentence(text) and (words >= 3 or len(text) > 25):
        return "prose"
    return "prose" if len(text) > 160 else "short"


def _chrome_kind(text: str) -> LineKind | None:
    if len(text) > 220:
        return None
    if stamp_in(text) or is_clock(text):
        return "stamp"
    line = bare(text)
    if not line or _MACHINE.match(text):
        return "machine"
    if _RIGHTS.match(text) or AFTER_STORY.match(line) or _COUNTED.match(text.casefold()):
        return "caption" if text.startswith("©") and not re.search(r"\d{4}", text) else "stop"
    return _inner_chrome_kind(text, line)


def _inner_chrome_kind(text: str, line: str) -> LineKind | None:
    if NEVER_STORY.match(line):
        return "skip"
    if text.casefold().startswith(_CAPTIONS):
        return "caption"
    if crumbs_in(text) and not ends_sentence(text) and " - " not in text:
        return "crumb"
    return None
