"""Ghost's own document formats to HTML, as far as a story needs it: Lexical and Mobiledoc."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from dateline.standards.text.words import words

Node = dict[str, Any]
_DEEPEST = 60
_BITS = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"))
_INLINE = words("strong b em i s code sub sup a u")
_BLOCK = words("p h1 h2 h3 h4 h5 h6 blockquote aside")


def html_of_lexical(text: str) -> str:
    """Turn a Lexical document into HTML; what is no document gives nothing."""
    root = _loaded(text).get("root")
    return _children(root, 0) if isinstance(root, dict) else ""


def _loaded(text: str) -> Node:
    try:
        made = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def _children(node: Node, depth: int) -> str:
    children = node.get("children")
    if not isinstance(children, list) or depth > _DEEPEST:
        return ""
    return "".join(_node(child, depth + 1) for child in children if isinstance(child, dict))


def _node(node: Node, depth: int) -> str:
    kind = _said(node, "type").removeprefix("extended-")
    make = _NODES.get(kind)
    if make is not None:
        return make(node, depth)
    inside = _children(node, depth)
    return f"<p>{inside}</p>" if inside and kind == "paragraph" else inside


def _said(node: Node, name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _words(node: Node, _: int) -> str:
    made = escape(_said(node, "text"), quote=False)
    bits = node.get("format")
    set_bits = bits if isinstance(bits, int) else 0
    for bit, tag in _BITS:
        if set_bits & bit:
            made = f"<{tag}>{made}</{tag}>"
    return made


def _wrapped(tag: str) -> Callable[[Node, int], str]:
    return lambda node, depth: f"<{tag}>{_children(node, depth)}</{tag}>"


def _heading(node: Node, depth: int) -> str:
    tag = _said(node, "tag") if _said(node, "tag") in _BLOCK else "h2"
    return f"<{tag}>{_children(node, depth)}</{tag}>"


def _list(node: Node, depth: int) -> str:
    tag = "ol" if _said(node, "listType") == "number" else "ul"
    return f"<{tag}>{_children(node, depth)}</{tag}>"


def _link(node: Node, depth: int) -> str:
    return f'<a href="{escape(_said(node, "url"))}">{_children(node, depth)}</a>'


def _image(node: Node, _: int = 0) -> str:
    caption = _said(node, "caption")
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    address = escape(_said(node, "src"))
    return f'<figure><img src="{address}" alt="{escape(_said(node, "alt"))}">{said}</figure>'


def _gallery(node: Node, _: int = 0) -> str:
    images = node.get("images")
    shown = (
        "".join(_image(one) for one in images if isinstance(one, dict))
        if isinstance(images, list)
        else ""
    )
    return f'<figure class="kg-card kg-gallery-card">{shown.replace("figure>", "div>")}</figure>'


def _embed(node: Node, _: int = 0) -> str:
    address = _said(node, "url") or _said(node, "src")
    return f'<iframe src="{escape(address)}"></iframe>' if address else ""


def _bookmark(node: Node, _: int = 0) -> str:
    about = node.get("metadata")
    title = _said(about, "title") if isinstance(about, dict) else ""
    address = _said(node, "url")
    return f'<p><a href="{escape(address)}">{escape(title or address, quote=False)}</a></p>'


def _markdown(node: Node, _: int = 0) -> str:
    parts = _said(node, "markdown").split("\n\n")
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in parts if part.strip())


def _code(node: Node, _: int = 0) -> str:
    return f"<pre>{escape(_said(node, 'code'), quote=False)}</pre>"


def _html(node: Node, _: int = 0) -> str:
    return _said(node, "html")


def _callout(node: Node, _: int = 0) -> str:
    return f"<p>{_said(node, 'calloutText')}</p>"


def _toggle(node: Node, _: int = 0) -> str:
    return f"<h3>{_said(node, 'heading')}</h3>{_said(node, 'content')}"


def _file(node: Node, _: int = 0) -> str:
    title = _said(node, "fileTitle") or _said(node, "fileName")
    return f'<p><a href="{escape(_said(node, "src"))}">{escape(title, quote=False)}</a></p>'


def _nothing(_node: Node, _depth: int = 0) -> str:
    return ""


_NODES: dict[str, Callable[[Node, int], str]] = {
    "text": _words,
    "linebreak": lambda node, depth: "<br>",
    "heading": _heading,
    "quote": _wrapped("blockquote"),
    "aside": _wrapped("blockquote"),
    "list": _list,
    "listitem": _wrapped("li"),
    "link": _link,
    "autolink": _link,
    "image": _image,
    "gallery": _gallery,
    "embed": _embed,
    "video": _embed,
    "audio": _embed,
    "bookmark": _bookmark,
    "markdown": _markdown,
    "codeblock": _code,
    "html": _html,
    "callout": _callout,
    "toggle": _toggle,
    "file": _file,
    "email": _nothing,
    "email-cta": _nothing,
    "signup": _nothing,
    "button": _nothing,
    "paywall": _nothing,
    "horizontalrule": _nothing,
}
_CARDS: dict[str, Callable[[Node], str]] = {
    "image": _image,
    "gallery": _gallery,
    "embed": lambda node: _embed(node) or _html(node),
    "bookmark": _bookmark,
    "markdown": _markdown,
    "card-markdown": _markdown,
    "code": _code,
    "html": _html,
    "callout": _callout,
    "toggle": _toggle,
    "file": _file,
    "video": _embed,
    "audio": _embed,
}


def html_of_mobiledoc(text: str) -> str:
    """Turn a Mobiledoc (0.3) document into HTML; what is no document gives nothing.

    Source: the sections of Mobiledoc 0.3: 1 markup, 2 image, 3 list, 10 card.
    """
    document = _loaded(text)
    sections = document.get("sections")
    rows = sections if isinstance(sections, list) else []
    return "".join(_section(row, document) for row in rows if isinstance(row, list) and row)


def _section(row: list[Any], document: Node) -> str:
    kind, given = row[0], row[1] if len(row) > 1 else None
    if kind == 1 and len(row) > 2:
        tag = given if given in _BLOCK else "p"
        return f"<{tag}>{_markers(row[2], document)}</{tag}>"
    if kind == 2 and isinstance(given, str):
        return _image({"src": given})
    if kind == 3 and len(row) > 2 and isinstance(row[2], list):
        tag = "ol" if given == "ol" else "ul"
        items = "".join(f"<li>{_markers(item, document)}</li>" for item in row[2])
        return f"<{tag}>{items}</{tag}>"
    card = _entry(document.get("cards"), given) if kind == 10 else None
    if isinstance(card, list) and len(card) > 1 and isinstance(card[1], dict):
        make = _CARDS.get(str(card[0]))
        return make(card[1]) if make else ""
    return ""


def _entry(rows: Any, number: Any) -> Any:
    is_there = isinstance(rows, list) and isinstance(number, int) and 0 <= number < len(rows)
    return rows[number] if is_there else None


def _markers(rows: Any, document: Node) -> str:
    made: list[str] = []
    opened: list[str] = []
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, list) or len(row) < 4:
            continue
        for number in row[1] if isinstance(row[1], list) else []:
            tag, opening = _markup(_entry(document.get("markups"), number))
            opened.append(tag)
            made.append(opening)
        made.append(_marked(row, document))
        closes = row[2] if isinstance(row[2], int) else 0
        made += [f"</{opened.pop()}>" for _ in range(min(closes, len(opened)))]
    made += [f"</{tag}>" for tag in reversed(opened)]
    return "".join(made)


def _marked(row: list[Any], document: Node) -> str:
    if row[0] == 1:
        atom = _entry(document.get("atoms"), row[3])
        return "<br>" if isinstance(atom, list) and atom[:1] == ["soft-return"] else ""
    return escape(str(row[3]), quote=False)


def _markup(row: Any) -> tuple[str, str]:
    tag = str(row[0]) if isinstance(row, list) and row else ""
    if tag not in _INLINE:
        return "i", "<i>"
    given = row[1] if len(row) > 1 and isinstance(row[1], list) else []
    pairs = dict(zip(given[::2], given[1::2], strict=False)) if tag == "a" else {}
    return tag, f'<a href="{escape(str(pairs.get("href", "")))}">' if tag == "a" else f"<{tag}>"
