"""A post as it is typed: one text that a telephone can write, to and from stored parts.

Shape: an empty line ends a part. `> words` is a quote, `-- Speaker, role` under it says whose (`>>`
    sets it large); `- item` and `1. item` are lists; `[picture 12 | caption]` and
    `[embed https://… | title | site]` stand alone. In a line: `**bold**`, `*italic*`,
    `[words](https://…)`, addresses by themselves, and a backslash before a sign that means itself.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Any

Part = dict[str, Any]

_PICTURE = re.compile(r"\[picture\s+(\d{1,18})\s*(?:\|\s*(.*?)\s*)?\]", re.DOTALL)
_EMBED = re.compile(r"\[embed\s+(\S+?)\s*(?:\|\s*([^|]*?)\s*)?(?:\|\s*([^|]*?)\s*)?\]")
_BULLET = re.compile(r"\s*[-*•]\s+(.+)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(.+)")
_SPEAKER = re.compile(r"\s*(?:--|[–—])\s*([^,]+?)\s*(?:,\s*(.+?)\s*)?")
_MEANS_ITSELF = re.compile(r"\\([\\*\[\]<>\-.&)•|]|\d(?=[.)]))")
_TAG = re.compile(r"&lt;(/?(?:sub|sup|s|q|cite|abbr))&gt;")
_LINK = re.compile(
    r"\[(?P<words>[^\]\n]+)\]\((?P<to>[^)\s]+)\)"
    r"|(?P<bare>https?://[^\s<>\"\[\]]*[^\s<>\"\[\].,;:!?)'»”])"
)
_LINKTYPE = re.compile(r"([a-z]{2,12}):(\d{1,18})")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ITALIC = re.compile(r"\*(?=\S)(.+?)(?<=\S)\*", re.DOTALL)
_HIDDEN = 0xE000
_STARTS = re.compile(r"^(?=\s*(?:[->•]|–|—|\[(?:picture|embed)\s))|^(\s*\d{1,3})(?=[.)]\s)")


def to_parts(text: str) -> list[Part]:
    """Return the parts of a post that was typed."""
    blocks = re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.replace("\r\n", "\n").strip("\n"))
    return [_part(block.strip("\n")) for block in blocks if block.strip()]


def _part(block: str) -> Part:
    lines = block.split("\n")
    if found := _PICTURE.fullmatch(block.strip()):
        value = {"picture": int(found[1]), "caption": _bare(found[2] or "")}
        return {"type": "picture", "value": value}
    if found := _EMBED.fullmatch(block.strip()):
        title, site = _bare(found[2] or ""), _bare(found[3] or "")
        return {"type": "embed", "value": {"url": found[1], "title": title, "provider": site}}
    if lines[0].lstrip().startswith(">"):
        return _quote(lines)
    for pattern, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        items = [pattern.fullmatch(line) for line in lines]
        if all(items):
            inside = "".join(f"<li>{to_html(item[1])}</li>" for item in items if item)
            return {"type": "list", "value": f"<{tag}>{inside}</{tag}>"}
    return {"type": "paragraph", "value": f"<p>{to_html(block)}</p>"}


def _quote(lines: list[str]) -> Part:
    said = _SPEAKER.fullmatch(lines[-1]) if len(lines) > 1 else None
    words = [line.lstrip() for line in (lines[:-1] if said else lines)]
    is_pull = words[0].startswith(">>")
    text = "\n".join(line.lstrip(">").strip() for line in words)
    return {
        "type": "quote",
        "value": {
            "text": f"<p>{to_html(text)}</p>",
            "speaker": _bare(said[1]) if said else "",
            "role": _bare(said[2] or "") if said else "",
            "is_pull": is_pull,
        },
    }


def to_html(text: str) -> str:
    """Return a typed line, or several, as HTML; nothing in it is a tag but what is shown above."""
    hidden = _MEANS_ITSELF.sub(lambda found: chr(_HIDDEN + ord(found[1])), text.strip())
    html = _TAG.sub(r"<\1>", escape(hidden, quote=False))
    html = _LINK.sub(_link, html)
    html = _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html))
    return _shown(html).replace("\n", "<br/>")


def _shown(html: str) -> str:
    signs = range(_HIDDEN, _HIDDEN + 128)
    return "".join(escape(chr(ord(c) - _HIDDEN)) if ord(c) in signs else c for c in html)


def _link(found: re.Match[str]) -> str:
    to = _shown(found["to"] or found["bare"]).replace("*", "%2A").replace('"', "%22")
    words = found["words"] or found["bare"].replace("*", chr(_HIDDEN + ord("*")))
    inside = _LINKTYPE.fullmatch(to)
    if inside and inside[1] != "tel":
        return f'<a linktype="{inside[1]}" id="{inside[2]}">{words}</a>'
    return f'<a href="{to}">{words}</a>'


def _bare(text: str) -> str:
    return _MEANS_ITSELF.sub(r"\1", text)


def to_text(parts: Sequence[Part]) -> str:
    """Return stored parts as they are typed; what cannot be typed comes as its words."""
    return "\n\n".join(block for part in parts for block in _typed(part) if block)


def _typed(part: Part) -> Iterator[str]:
    value = part["value"]
    match part["type"]:
        case "picture":
            yield f"[picture {value['picture']}{_more(value.get('caption'))}]"
        case "embed":
            named = [value.get("title") or "", value.get("provider") or ""]
            more = "".join(_more(one or "-") for one in named) if named[1] else _more(named[0])
            yield f"[embed {value['url']}{more}]"
        case "quote":
            yield _typed_quote(value)
        case _:
            yield from html_to_text(str(value)).split("\n\n")


def _more(text: str | None) -> str:
    return " | " + text.replace("|", "/").replace("]", ")") if text else ""


def _typed_quote(value: dict[str, Any]) -> str:
    sign = ">>" if value.get("is_pull") else ">"
    text = html_to_text(value.get("text") or "", is_block=False).replace("\n\n", "\n")
    lines = [f"{sign} {line}".rstrip() for line in text.split("\n")]
    if value.get("speaker"):
        role = f", {value['role']}" if value.get("role") else ""
        lines.append(f"-- {value['speaker']}{role}")
    return "\n".join(lines)


def html_to_text(html: str, *, is_block: bool = True) -> str:
    """Return stored HTML as it is typed; a block begins with no sign that would mean another."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = re.sub(r"\n{3,}", "\n\n", "".join(reader.text)).strip()
    if not is_block or reader.is_list:
        return text
    return "\n\n".join(_STARTS.sub(r"\1\\", block) for block in text.split("\n\n"))


class _Reader(HTMLParser):
    """Writes HTML of the kinds that posts hold as typed text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.is_list = False
        self._ends: list[str] = []
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._ends.append(_end_of_link(given))
            self.text.append("[")
        elif tag in {"ul", "ol"}:
            self.is_list, self._number = True, 1 if tag == "ol" else 0
        elif tag == "li":
            self.text.append(f"{self._number}. " if self._number else "- ")
            self._number += bool(self._number)
        else:
            self.text.append({"p": "\n\n", "br": "\n"}.get(tag, _sign(tag)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.text.append(self._ends.pop() if self._ends else "")
        else:
            self.text.append({"p": "\n\n", "li": "\n", "br": ""}.get(tag, _sign(tag, "/")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text.append("\n" if tag == "br" else "")

    def handle_data(self, data: str) -> None:
        meant = re.sub(r"([\\*])|\](?=\()|<(?=/?(?:sub|sup|s|q|cite|abbr)>)", r"\\\g<0>", data)
        self.text.append(re.sub(r"\s+", " ", meant))


def _end_of_link(given: dict[str, str | None]) -> str:
    if given.get("linktype"):
        return f"]({given['linktype']}:{given.get('id')})"
    return f"]({given.get('href') or ''})"


def _sign(tag: str, end: str = "") -> str:
    if tag in {"b", "strong"}:
        return "**"
    if tag in {"i", "em"}:
        return "*"
    return f"<{end}{tag}>" if tag in {"sub", "sup", "s", "q", "cite", "abbr"} else ""


def with_ids(parts: Sequence[Part], known: Sequence[Part]) -> list[Part]:
    """Return the parts, those that stood there before under the ids they had."""
    left = list(known)
    named = []
    for part in parts:
        same = next((one for one in left if _said(one) == _said(part)), None)
        if same is not None:
            left.remove(same)
        named.append({**part, "id": same["id"]} if same and "id" in same else part)
    return named


def _said(part: Part) -> tuple[Any, Any]:
    return part["type"], part["value"]
