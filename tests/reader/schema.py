"""A checker of linked data: what must be there by type, and what schema.org knows at all."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

VOCABULARY = (
    Path(__file__).resolve().parents[3]
    / "shared/wiredata/schemaorg-30.0/schemaorg-current-https.jsonld"
)
_ARTICLE = {
    "headline",
    "url",
    "mainEntityOfPage",
    "datePublished",
    "dateModified",
    "author",
    "publisher",
    "inLanguage",
    "isAccessibleForFree",
    "articleSection",
}
REQUIRED = {
    "NewsArticle": _ARTICLE,
    "ReportageNewsArticle": _ARTICLE,
    "AnalysisNewsArticle": _ARTICLE,
    "LiveBlogPosting": _ARTICLE | {"coverageStartTime"},
    "NewsMediaOrganization": {"name", "url", "logo"},
    "Person": {"name"},
    "Organization": {"name"},
    "Place": {"name"},
    "Thing": {"name"},
    "ImageObject": {"url"},
    "CreativeWork": {"text"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "WebSite": {"name", "url", "publisher", "potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "CollectionPage": {"name", "url", "isPartOf"},
    "ProfilePage": {"mainEntity"},
    "CorrectionComment": {"text", "datePublished"},
    "WebPage": {"@id"},
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object with a type, outermost first."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def faults(data: dict[str, Any]) -> list[str]:
    """Return what is missing, empty or unknown."""
    found = []
    for node in nodes(data["@graph"]):
        kind = node["@type"]
        is_reference = set(node) <= {"@type", "@id", "inLanguage"}
        missing = set() if is_reference else REQUIRED[kind] - set(node)
        found += [f"{kind} has no {name}" for name in sorted(missing)]
        found += [f"{kind}.{name} is empty" for name, v in node.items() if v in ("", None, [])]
        found += [f"{kind} knows no {n}" for n in _unknown(kind, node)]
    return found


def _unknown(kind: str, node: dict[str, Any]) -> list[str]:
    if not VOCABULARY.exists():
        return []
    allowed = _properties(kind) | {"@type", "@id", "query-input"}
    return sorted(set(node) - allowed)


@cache
def _vocabulary() -> dict[str, Any]:
    graph = json.loads(VOCABULARY.read_text(encoding="utf-8"))["@graph"]
    return {node["@id"].removeprefix("schema:"): node for node in graph}


def _ids(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value] if value else []
    return [one["@id"].removeprefix("schema:") for one in values]


def _above(kind: str) -> set[str]:
    parents = _ids(_vocabulary().get(kind, {}).get("rdfs:subClassOf"))
    return {kind}.union(*(_above(parent) for parent in parents))


@cache
def _properties(kind: str) -> frozenset[str]:
    assert kind in _vocabulary(), kind
    line = _above(kind)
    return frozenset(
        name
        for name, node in _vocabulary().items()
        if line & set(_ids(node.get("schema:domainIncludes")))
    )
