"""WordPress's square brackets to HTML: captions, galleries, embeds; the rest loses its brackets."""

import re
from collections.abc import Callable
from html import escape

from dateline.standards.archives.galleries import Galleries
from dateline.standards.text.words import words

_ATTRIBUTE = re.compile(r"([a-zA-Z_-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'\]]+))")
_CAPTION = re.compile(r"\[((?:wp_)?caption)(?=[\s\]])([^\]]{0,1000})\]")
_GALLERY = re.compile(r"\[gallery(?=[\s\]])([^\]]{0,2000})\]")
_EMBED = re.compile(r"\[(embed|youtube|vimeo|twitter|tweet|instagram|facebook)([^\]]{0,500})\]")
_MEDIA = re.compile(r"\[(video|audio|playlist)(?=[\s\]])([^\]]{0,1000})\]")
_ANY = re.compile(r"\[(/?)([a-zA-Z][a-zA-Z0-9_-]{1,40})((?:\s[^\[\]\n]{0,500})?)(/?)\]")
_CLOSING = re.compile(r"\[/([a-zA-Z][a-zA-Z0-9_-]{1,40})\]")
_LONGEST_PAIR = 20_000
_PICTURE = re.compile(r"(?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_KNOWN = words("caption wp_caption gallery embed video audio playlist youtube vimeo more nextpage")


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a shortcode by name."""
    found = _ATTRIBUTE.finditer(text)
    return {hit[1].lower(): hit[2] or hit[3] or hit[4] or "" for hit in found}


def without_shortcodes(text: str, *, own: str, galleries: Galleries) -> tuple[str, list[str]]:
    """Turn what is known into HTML and take the brackets off the rest.

    Args:
        text: A post's text.
        own: The post's number: a gallery without numbers shows what was uploaded to it.
        galleries: Where galleries are kept; a mark stays in the text.

    Returns:
        The text, and the names of shortcodes that were not understood.
    """
    if "[" not in text:
        return text, []
    text = _pairs(text, _CAPTION, _figure)
    text = _pairs(text, _EMBED, _embedded)
    text = _GALLERY.sub(lambda hit: galleries.by_shortcode(attributes_of(hit[1]), own), text)
    text = _MEDIA.sub(lambda hit: _frame(_source(hit[2])), text)
    closed, odd = frozenset(_CLOSING.findall(text)), list[str]()
    text = _ANY.sub(lambda hit: _unknown(hit, closed, odd), text)
    return text, odd


def _pairs(text: str, opening: re.Pattern[str], made: Callable[[re.Match[str], str], str]) -> str:
    """Replace each opening, what it holds and its closing; one that is not closed holds nothing."""
    pieces: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while (found := opening.search(text, at)) is not None:
        name = found[1]
        closing = f"[/{name}]"
        close = -1 if name in unclosed else text.find(closing, found.end())
        if close < 0:
            unclosed.add(name)
        inside = text[found.end() : close] if 0 <= close - found.end() < _LONGEST_PAIR else ""
        pieces += [text[at : found.start()], made(found, inside)]
        at = close + len(closing) if inside else found.end()
    return "".join([*pieces, text[at:]])


def _figure(found: re.Match[str], inside: str) -> str:
    picture = _PICTURE.search(inside)
    if picture is None:
        return f"\n\n{inside}\n\n"
    said = inside[picture.end() :].strip() or attributes_of(found[2]).get("caption", "")
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    return f"\n\n<figure>{picture.group()}{caption}</figure>\n\n"


def _embedded(found: re.Match[str], inside: str) -> str:
    address = _ADDRESS.search(inside) or _ADDRESS.search(found[2])
    if address is None:
        return inside
    return _frame(address.group())


def _source(attributes: str) -> str:
    given = attributes_of(attributes)
    kinds = ("src", "mp4", "m4v", "webm", "mp3", "ogg", "m4a", "wav")
    return next((given[kind] for kind in kinds if given.get(kind)), "")


def _frame(address: str) -> str:
    return f'\n\n<iframe src="{escape(address)}"></iframe>\n\n' if address else ""


def _unknown(found: re.Match[str], closed: frozenset[str], odd: list[str]) -> str:
    """Take a shortcode's brackets away; words in brackets, such as [sic], stay."""
    name, given = found[2], found[3]
    text, start, end = found.string, found.start(), found.end()
    if text[max(0, start - 1) : start] == "[" and text[end : end + 1] == "]":
        return found.group()
    is_code = bool(found[1]) or "=" in given or bool(found[4]) or name.lower() in _KNOWN
    if not is_code and name not in closed:
        return found.group()
    if name.lower() not in _KNOWN and not found[1]:
        odd.append(name.lower())
    return ""
