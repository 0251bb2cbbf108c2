"""Which of a ninjs item's bodies to read, and reading it."""

from dateline.standards.facts import Block
from dateline.standards.markup.blocks import blocks_from_html, blocks_from_text
from dateline.standards.ninjs.fields import Item

_HTML_FIRST = ("body_html5", "body_richhtml5", "body_xhtml", "body_html")
_UNREADABLE = ("xml", "nitf", "json", "markdown")


def body_of(item: Item) -> tuple[Block, ...]:
    """Read the best body there is: HTML before plain text; empty ones are passed over."""
    for where, markup, is_html in _candidates(item):
        blocks = blocks_from_html(markup, where=where) if is_html else blocks_from_text(markup)
        if blocks:
            return blocks
    return ()


def _candidates(item: Item) -> list[tuple[str, str, bool]]:
    listed = [_listed(body) for body in item.objects("bodies")]
    found = [one for one in listed if one]
    names = [name for name in item.values if name.startswith("body_")]
    order = {name: at for at, name in enumerate((*_HTML_FIRST, "body_text"))}
    for name in sorted(names, key=lambda name: order.get(name, len(order))):
        markup = item.values[name]
        if not isinstance(markup, str):
            item.warn(name, "this should be text and was left out")
        elif not name.endswith(_UNREADABLE):
            found.append((item.at(name), markup, _is_html(name, markup)))
    return sorted(found, key=lambda one: not one[2])


def _listed(body: Item) -> tuple[str, str, bool] | None:
    markup = body.values.get("value")
    mime = (body.text("contenttype") or "").lower()
    role = (body.text("role") or "").lower()
    if not isinstance(markup, str) or (mime.endswith("/xml") and "xhtml" not in role):
        return None
    html = "html" in mime or ("html" in role and mime != "text/plain")
    return body.at("value"), markup, html or (not mime and "<p" in markup)


def _is_html(name: str, markup: str) -> bool:
    return "html" in name or (name != "body_text" and "<p" in markup)
