"""Sitemap files as XML."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.utils.feedgenerator import rfc3339_date

from dateline.reader.contexts import AlternateContext

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Url:
    """One address of a sitemap; the fields from `headline` on are those of the news sitemap."""

    address: str
    changed_at: datetime | None = None
    languages: tuple[AlternateContext, ...] = ()
    headline: str = ""
    published_at: datetime | None = None
    publication: str = ""
    language: str = ""


def index_xml(files: Iterable[tuple[str, datetime | None]]) -> str:
    """Return the index of some files, each with when it changed last."""
    lines = (
        f"<sitemap><loc>{escape(address)}</loc>{_lastmod(at)}</sitemap>" for address, at in files
    )
    body = "\n".join(lines)
    return f"{_DECLARATION}<sitemapindex {_SITEMAP}>\n{body}\n</sitemapindex>\n"


def urls_xml(urls: Iterable[Url]) -> str:
    """Return a file of addresses."""
    body = "\n".join(map(_url, urls))
    return f"{_DECLARATION}<urlset {_SITEMAP} {_XHTML} {_NEWS}>\n{body}\n</urlset>\n"


def _url(url: Url) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(one.language)}'
        f" href={quoteattr(one.url)}/>"
        for one in url.languages
    )
    news = _news(url, url.published_at) if url.published_at else ""
    return f"<url><loc>{escape(url.address)}</loc>{_lastmod(url.changed_at)}{links}{news}</url>"


def _lastmod(at: datetime | None) -> str:
    return f"<lastmod>{rfc3339_date(at)}</lastmod>" if at else ""


def _news(url: Url, published_at: datetime) -> str:
    name, language = escape(url.publication), escape(url.language)
    return (
        "<news:news><news:publication>"
        f"<news:name>{name}</news:name><news:language>{language}</news:language>"
        "</news:publication>"
        f"<news:publication_date>{rfc3339_date(published_at)}</news:publication_date>"
        f"<news:title>{escape(url.headline)}</news:title></news:news>"
    )
