"""One entry of a feed, whatever its format, and how it becomes facts."""

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import tzinfo
from typing import Any, Literal
from urllib.parse import urljoin

from dateline.standards.copy.bylines import names_in
from dateline.standards.facts import Block, Facts, Link, Picture, Rendition
from dateline.standards.lead import take_dateline, without_headline
from dateline.standards.markup.blocks import blocks_from_html, blocks_from_text, text_of
from dateline.standards.markup.inline import is_web_address
from dateline.standards.text.clean import direction_of, direction_of_language, fold, or_none
from dateline.standards.times import Moment, moment_in

_MARKED = re.compile(r"<[a-zA-Z!/]|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")
_MAIL_NAME = re.compile(r"^\S+@\S+\s*\(([^)]*)\)$")
_NAME_MAIL = re.compile(r"^(.*?)\s*[(<]\S+@\S+[)>]$")
_MAIL = re.compile(r"^\S+@\S+$")
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of text of a feed: `html` when it is markup, `base` to resolve its links."""

    value: str = ""
    kind: Literal["text", "html", "unsure"] = "unsure"
    base: str = ""

    @property
    def is_markup(self) -> bool:
        """Say whether it is to be read as HTML; an unsure text is when it has tags or entities."""
        return self.kind == "html" or (self.kind == "unsure" and bool(_MARKED.search(self.value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that goes with an entry. Units: pixels and bytes, as written."""

    href: str
    mime: str = ""
    medium: str = ""
    width: str = ""
    height: str = ""
    size: str = ""
    title: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as its feed writes it; times are text."""

    guid: str = ""
    link: str = ""
    title: Text = field(default_factory=Text)
    content: Text = field(default_factory=Text)
    summary: Text = field(default_factory=Text)
    published: str = ""
    updated: str = ""
    expires: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    rights: str = ""
    source: str = ""
    media: tuple[Media, ...] = ()
    related: tuple[tuple[str, str], ...] = ()


def facts_of(entry: Entry, *, zone: tzinfo | None, where: str) -> Facts:
    """Make facts of an entry.

    The content is the body and the summary the teaser; a summary alone is the body. Without an
    identifier the link stands for it.
    """
    published = moment_in(entry.published, zone=zone)
    updated = moment_in(entry.updated, zone=zone)
    version = updated if updated != Moment() else published
    expires = moment_in(entry.expires, zone=zone)
    authors = tuple(name for written in entry.authors if (name := _person(written)))
    facts = Facts(
        guid=or_none(entry.guid) or or_none(entry.link),
        link=entry.link if is_web_address(entry.link) else None,
        headline=or_none(plain(entry.title)),
        version_created=version.instant,
        version_created_local=version.local,
        first_created=published.instant,
        first_created_local=published.local,
        expires=expires.instant,
        expires_local=expires.local,
        byline=", ".join(authors) or None,
        authors=tuple(one for name in authors for one in names_in(name)) or authors,
        keywords=tuple(dict.fromkeys(filter(None, map(or_none, entry.categories)))),
        category=next((name for one in entry.categories if (name := or_none(one))), None),
        language=or_none(entry.language.replace("_", "-")),
        copyright_notice=or_none(entry.rights),
        source=or_none(entry.source),
        related_links=tuple(
            Link(href=href, title=fold(title))
            for href, title in entry.related
            if is_web_address(href)
        ),
    )
    return _with_media(_with_body(facts, entry, version, where), entry.media)


def plain(text: Text) -> str:
    """Give a text of a feed as one line without markup."""
    if not text.is_markup:
        return fold(text.value)
    return text_of(blocks_from_html(text.value))


def blocks(text: Text, *, where: str) -> tuple[Block, ...]:
    """Give a text of a feed as blocks; blank lines part the paragraphs of plain text."""
    if text.is_markup:
        return blocks_from_html(text.value, base=text.base, where=where)
    if text.kind == "unsure":
        parts = (fold(part) for part in _PARAGRAPH_ENDS.split(text.value))
        return blocks_from_text("\n".join(parts))
    return blocks_from_text(text.value)


def _with_body(facts: Facts, entry: Entry, version: Moment, where: str) -> Facts:
    body = blocks(entry.content, where=where)
    teaser = or_none(plain(entry.summary)) if body else None
    body = without_headline(body or blocks(entry.summary, where=where), facts.headline)
    led = take_dateline(body, version.day)
    sample = (facts.headline or "") + text_of(led.body[:3])
    way = direction_of_language(facts.language) if facts.language else direction_of(sample)
    local = version.local and not version.instant
    warnings = ("the time has no zone; say the source's zone to make it an instant",)
    return replace(
        facts,
        body=led.body,
        dateline=led.dateline,
        teaser=teaser,
        direction="rtl" if way == "rtl" else "ltr",
        warnings=led.warnings + (warnings if local else ()),
    )


def _with_media(facts: Facts, media: tuple[Media, ...]) -> Facts:
    usable = list({one.href: one for one in media if is_web_address(one.href)}.values())
    pictures = tuple(_picture(one) for one in usable if _is_picture(one))
    others = tuple(_rendition(one) for one in usable if not _is_picture(one))
    first = pictures[0] if pictures else None
    return replace(
        facts,
        related_pictures=pictures,
        renditions=others,
        caption=first.caption if first else None,
        picture_credit=first.credit if first else None,
    )


def _is_picture(one: Media) -> bool:
    if one.medium or one.mime:
        return one.medium == "image" or (not one.medium and one.mime.startswith("image/"))
    return bool(re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", one.href, re.IGNORECASE))


def _picture(one: Media) -> Picture:
    return Picture(
        headline=or_none(one.title),
        caption=or_none(plain(Text(value=one.caption))),
        credit=or_none(one.credit),
        renditions=(_rendition(one),),
    )


def _rendition(one: Media) -> Rendition:
    width, height, size = map(_number, (one.width, one.height, one.size))
    return Rendition(href=one.href, mime=one.mime, width=width, height=height, size=size)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _person(written: str) -> str | None:
    """Give the name in `a@b (Name)`, `Name <a@b>` or `Name`; an address alone names nobody."""
    text = fold(written)
    for pattern in (_MAIL_NAME, _NAME_MAIL):
        hit = pattern.match(text)
        if hit:
            return or_none(hit.group(1))
    return None if _MAIL.match(text) else or_none(text)


def absolute(base: str, href: str) -> str:
    """Resolve an address against a base; an unreadable one is empty."""
    try:
        return urljoin(base, href.strip()) if base else href.strip()
    except ValueError:
        return ""


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain values, to hand it from one process to another."""
    return asdict(entry)


def entry_from_json(raw: dict[str, Any]) -> Entry:
    """Take an entry back from `entry_to_json`."""
    made = dict(raw)
    for key in ("title", "content", "summary"):
        made[key] = Text(**made[key])
    made["media"] = tuple(Media(**one) for one in made["media"])
    made["related"] = tuple((href, title) for href, title in made["related"])
    made["authors"], made["categories"] = tuple(made["authors"]), tuple(made["categories"])
    return Entry(**made)
