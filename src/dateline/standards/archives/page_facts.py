"""What an HTML page says of its story: JSON-LD first, then Open Graph and the old meta names."""

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from lxml.html import HtmlElement

from dateline.standards.archives.facts import ArchiveItem, ArchivePicture, Author, Category
from dateline.standards.archives.text import absolute, one_line
from dateline.standards.copy.bylines import byline_in
from dateline.standards.text.clean import fold
from dateline.standards.times import NEVER, Moment, moment_in

_LONGEST_JSON = 500_000
_MOST_NODES = 500
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "pubdate",
)
_CHANGES = ("article:modified_time", "og:updated_time", "dateModified", "last-modified")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author")
_SECTIONS = ("article:section", "section", "parsely-section", "og:section")
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")
_TITLES = ("og:title", "twitter:title", "dc.title")
_SITE_AFTER = re.compile(r"\s+(?:[|·»—–-])\s+[^|·»—–-]{1,60}$")
Node = dict[str, Any]


def facts_of_page(tree: HtmlElement, *, base: str, zone: tzinfo | None) -> ArchiveItem:
    """Return what a page says of its story, without its text; the key is left to the caller."""
    metas, node = _metas(tree), _article(tree)
    address = _address(tree, metas, node, base)
    return ArchiveItem(
        key="",
        address=address,
        headline=_headline(tree, metas, node),
        standfirst=one_line(_said(node, "description") or _first(metas, _SUMMARIES)),
        authors=_authors(tree, metas, node),
        categories=_categories(metas, node),
        tags=_tags(metas, node),
        published=_published(tree, metas, node, zone),
        updated=moment_in(_said(node, "dateModified") or _first(metas, _CHANGES), zone=zone),
        language=fold(_said(node, "inLanguage") or tree.get("lang") or "")[:20],
        lead=_lead(metas, node, address or base),
    )


def captions_of(tree: HtmlElement, base: str) -> dict[str, str]:
    """Return the captions on a page by the absolute address of their picture."""
    found: dict[str, str] = {}
    for figure in tree.iter("figure"):
        said = fold(" ".join(one.text_content() for one in figure.iter("figcaption")))
        for image in figure.iter("img") if said else ():
            found[absolute(base, image.get("src") or "")] = said
    return found


def is_list(tree: HtmlElement) -> bool:
    """Say whether a page is a list of stories: it says so, or teases several and tells none."""
    kinds = {kind for node in _nodes(tree) for kind in _kinds(node)}
    if any(_ARTICLE.search(kind) for kind in kinds):
        return False
    if kinds & {"CollectionPage", "SearchResultsPage", "ItemList"}:
        return True
    metas = _metas(tree)
    if _first(metas, ("og:type",)) == "article" or _first(metas, _DATES[:4]):
        return False
    teasers = sum(bool(one.xpath(".//a[@href]")) for one in tree.iter("article"))
    return teasers > 2 or _mostly_links(tree)


def _mostly_links(tree: HtmlElement) -> bool:
    """Say whether most words outside navigation are links, as on a front or an index page."""
    all_words = linked = 0
    for element in tree.iter("p", "li", "h2", "h3", "td"):
        if any(one.tag in {"nav", "footer", "header", "aside"} for one in element.iterancestors()):
            continue
        all_words += len("".join(element.xpath("./text()")).split())
        own = element.xpath("./a//text() | ./*/a//text()")
        linked += sum(len(text.split()) for text in own[:50])
    return linked > 20 and linked > all_words


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip()
        content = fold(meta.get("content") or "")
        if name and content:
            found.setdefault(name.casefold(), []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name.casefold()][0] for name in names if name.casefold() in metas), "")


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = (script.text or "")[:_LONGEST_JSON].strip()
        try:
            waiting = [json.loads(text)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < _MOST_NODES:
            one, seen = waiting.pop(0), seen + 1
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                yield one
                waiting += [one[name] for name in ("@graph", "mainEntity") if name in one]


def _kinds(node: Node) -> list[str]:
    kind = node.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind or "")]


def _article(tree: HtmlElement) -> Node:
    return next((one for one in _nodes(tree) if any(map(_ARTICLE.search, _kinds(one)))), {})


def _said(node: Node, *names: str) -> str:
    """Return a text of a node; of an object its name or address, of a list its first."""
    for name in names:
        value = node.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, dict):
            value = value.get("name") or value.get("url") or value.get("@id")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _address(tree: HtmlElement, metas: dict[str, list[str]], node: Node, base: str) -> str:
    links = [one for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical"]
    written = (links[0].get("href") or "") if links else ""
    written = written or _first(metas, ("og:url",)) or _said(node, "mainEntityOfPage", "url")
    return absolute(base, written) if written else ""


def _headline(tree: HtmlElement, metas: dict[str, list[str]], node: Node) -> str:
    heads = [fold(one.text_content()) for one in tree.iter("h1")]
    told = one_line(_said(node, "headline")) or one_line(_first(metas, _TITLES))
    titles = [fold(one.text_content()) for one in tree.iter("title")]
    first = told or (heads[0] if len(heads) == 1 else "") or (titles[0] if titles else "")
    bare = _SITE_AFTER.sub("", first)
    return bare if bare in heads or not heads else (first if first in heads else bare)


def _authors(tree: HtmlElement, metas: dict[str, list[str]], node: Node) -> tuple[Author, ...]:
    given = node.get("author")
    rows = given if isinstance(given, list) else [given]
    names = [_said({"author": row}, "author") for row in rows if row]
    names = names or metas.get(next((one for one in _AUTHORS if one in metas), ""), [])
    if not names:
        lines = tree.xpath("//*[contains(@class, 'byline') or @rel='author']")[:3]
        names = [fold(one.text_content())[:120] for one in lines]
    people: dict[str, None] = {}
    for name in names:
        read = byline_in(name)
        for one in read[1] if read else (one_line(name),):
            if one and not one.startswith(("http://", "https://", "@")):
                people[one] = None
    return tuple(Author(key=one, name=one) for one in people)


def _categories(metas: dict[str, list[str]], node: Node) -> tuple[Category, ...]:
    named = one_line(_said(node, "articleSection") or _first(metas, _SECTIONS))
    return (Category(path=((named, named),)),) if named else ()


def _tags(metas: dict[str, list[str]], node: Node) -> tuple[str, ...]:
    given = node.get("keywords")
    words = given if isinstance(given, list) else str(given or "").split(",")
    words = words if any(words) else metas.get("article:tag", [])
    words = words or _first(metas, ("news_keywords", "keywords")).split(",")
    return tuple(dict.fromkeys(fold(str(word)) for word in words[:40] if fold(str(word))))


def _published(
    tree: HtmlElement, metas: dict[str, list[str]], node: Node, zone: tzinfo | None
) -> Moment:
    written = _said(node, "datePublished", "dateCreated") or _first(metas, _DATES)
    made = moment_in(written, zone=zone)
    if made != NEVER:
        return made
    for one in tree.iter("time"):
        made = moment_in(one.get("datetime") or "", zone=zone)
        if made != NEVER:
            return made
    return NEVER


def _lead(metas: dict[str, list[str]], node: Node, base: str) -> ArchivePicture | None:
    image = node.get("image")
    image = image[0] if isinstance(image, list) and image else image
    written = image if isinstance(image, str) else ""
    caption = credit = ""
    if isinstance(image, dict):
        written = _said(image, "url", "contentUrl", "@id")
        caption, credit = one_line(_said(image, "caption")), one_line(_said(image, "creditText"))
    address = absolute(base, written or _first(metas, ("og:image", "twitter:image")))
    if not address:
        return None
    alt = _first(metas, ("og:image:alt", "twitter:image:alt"))
    return ArchivePicture(address=address, caption=caption, credit=credit, alt=alt)
