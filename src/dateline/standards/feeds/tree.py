"""Children of a feed's elements by short names, whatever namespace address they came under."""

from typing import Any

from lxml import etree

_CORE = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://purl.org/net/rss1.1#",
    "http://backend.userland.com/rss2",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.rssboard.org/rss-specification",
)
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/atom/")
_PREFIXES = {
    **dict.fromkeys(_CORE, ""),
    **dict.fromkeys(_ATOM, "atom:"),
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"


def name_of(element: Any) -> str:
    """Give the short name of an element, such as `title`, `atom:entry` or `dc:creator`."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    address, _, local = tag.rpartition("}")
    return _PREFIXES.get(address.lstrip("{"), "?") + local


def first(element: Any, *names: str) -> Any | None:
    """Give the first child under the first of the names that has one."""
    children = {name_of(child): child for child in reversed(element)}
    return next((children[name] for name in names if name in children), None)


def every(element: Any, *names: str) -> list[Any]:
    """Give all children under any of the names, in document order."""
    return [child for child in element if name_of(child) in names]


def text_at(element: Any, *names: str) -> str:
    """Give the text of the first child under the first of the names that has any."""
    for name in names:
        for child in every(element, name):
            text = text_in(child)
            if text:
                return text
    return ""


def text_in(element: Any) -> str:
    """Give all text inside an element, without white space at its ends."""
    return "".join(element.itertext()).strip()


def language_of(element: Any) -> str:
    """Give the language that `xml:lang` states for an element, its own or inherited."""
    while element is not None:
        stated = element.get(_XML + "lang")
        if stated is not None:
            return str(stated)
        element = element.getparent()
    return ""


def base_of(element: Any) -> str:
    """Give the base address that `xml:base` states for an element, its own or inherited."""
    try:
        return element.base or ""
    except ValueError:
        return ""


def inner_markup(element: Any) -> str:
    """Give the markup inside an element, as XHTML content is carried."""
    parts = [element.text or ""]
    parts += [etree.tostring(child, encoding="unicode", with_tail=True) for child in element]
    return "".join(parts)
