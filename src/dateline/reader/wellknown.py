"""Files that machines look for at fixed addresses."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from dateline.press.touch import touch
from dateline.reader.sitemaps import sitemap_answer
from dateline.reader.visit import Visit

# Programs that gather text for training or mining, by the names they give themselves.
MINERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
    "omgili",
    "PerplexityBot",
)
_MONTHS_VALID = 6


def file_answer(visit: Visit, rest: str) -> HttpResponse | None:
    """Answer for a file of the whole site, or None where there is none.

    Only `opensearch.xml` exists in each edition; the others stand at the root.
    """
    if rest == "opensearch.xml":
        return _opensearch(visit)
    if not visit.furniture.edition.is_default or visit.path != f"/{rest}":
        return None
    if rest.startswith("sitemap"):
        return sitemap_answer(visit, rest)
    make = _FILES.get(rest)
    return make(visit) if make else None


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _robots(_: Visit) -> HttpResponse:
    """Return robots.txt.

    Source: RFC 9309.
    """
    chosen = settings.DATELINE
    if not chosen.search_engines:
        return _text(["User-agent: *", "Disallow: /"])
    # A search page may be listed; what somebody searched for may not.
    lines = ["User-agent: *", *_refusing("/-/stream", "/search/*?", "/*/search/*?")]
    if chosen.reserve_mining:
        lines += ["", *(f"User-agent: {name}" for name in MINERS), "Disallow: /"]
    return _text([*lines, "", f"Sitemap: {chosen.base_url}/sitemap.xml"])


def _refusing(*paths: str) -> list[str]:
    return [f"Disallow: {path}" for path in paths]


def _security(visit: Visit) -> HttpResponse | None:
    """Return security.txt; it is made anew each day, so it never expires.

    Source: RFC 9116; it advises an end less than a year away.
    """
    chosen = settings.DATELINE
    if not chosen.security_contact:
        return None
    touch(f"day:{visit.furniture.edition.code}")
    month = visit.now.year * 12 + visit.now.month - 1 + _MONTHS_VALID
    expires = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return _text(
        [
            f"Contact: {chosen.security_contact}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {visit.furniture.edition.language}",
            f"Canonical: {chosen.base_url}/.well-known/security.txt",
        ]
    )


def _trust(_: Visit) -> HttpResponse | None:
    """Return trust.txt: who the publisher belongs to, in its own words.

    Source: the trust.txt specification of JournalList.
    """
    chosen = settings.DATELINE
    lines = list(chosen.trust)
    if chosen.reserve_mining:
        lines.append("datatrainingallowed=no")
    return _text(lines) if lines else None


def _mining(_: Visit) -> HttpResponse | None:
    """Return tdmrep.json, where text and data mining is reserved.

    Source: W3C Community Group, TDM Reservation Protocol.
    """
    chosen = settings.DATELINE
    if not chosen.reserve_mining:
        return None
    rule: dict[str, object] = {"location": "/", "tdm-reservation": 1}
    if chosen.mining_policy:
        rule["tdm-policy"] = chosen.mining_policy
    return HttpResponse(json.dumps([rule]), content_type="application/json")


def _opensearch(visit: Visit) -> HttpResponse:
    """Return the description by which a browser can search the site from its address bar.

    Source: OpenSearch 1.1 draft 6.
    """
    edition = visit.furniture.edition
    values = {
        "name": edition.name,
        "short_name": edition.name[:16],
        "description": edition.tagline or edition.name,
        "language": edition.language,
        "home": settings.DATELINE.base_url + edition.prefix,
        "self_url": settings.DATELINE.base_url + visit.path,
    }
    xml = render_to_string("reader/opensearch.xml", values)
    return HttpResponse(xml, content_type="application/opensearchdescription+xml; charset=utf-8")


_FILES: dict[str, Callable[[Visit], HttpResponse | None]] = {
    "robots.txt": _robots,
    ".well-known/security.txt": _security,
    "trust.txt": _trust,
    ".well-known/trust.txt": _trust,
    ".well-known/tdmrep.json": _mining,
}
