"""Facts as JSON: one object with the keys that every wire and import format shares."""

from datetime import datetime
from typing import Any

from dateline.standards.facts import Block, Facts, Link, Picture, Reading, Rendition

Json = dict[str, Any]
_AS_THEY_ARE = [
    "type",
    "guid",
    "version",
    "language",
    "direction",
    "pub_status",
    "signal",
    "headline",
    "kicker",
    "subheadline",
    "teaser",
    "slugline",
    "byline",
    "credit",
    "source",
    "copyright_notice",
    "usage_terms",
    "urgency",
    "category",
    "genre",
    "correction_public",
    "caption",
    "picture_credit",
    "link",
    "section_tagline",
]
_LISTS = [
    "keywords",
    "authors",
    "subject_qcodes",
    "subject_codes",
    "subject_uris",
    "subject_names",
    "geo_names",
    "people",
    "organisations",
    "places",
    "pois",
    "warnings",
]
_TIMES = ["version_created", "first_created", "content_created", "expires"]


def facts_json(reading: Reading) -> Json:
    """Give the facts of a document as plain values ready for `json.dumps`.

    Shape: one object when the document holds one item, with `items` 1; otherwise `format`,
    `items` (the count) and `all`, a list of such objects.
    """
    if len(reading.items) == 1:
        return {"format": reading.format, "items": 1, **item_json(reading.items[0])}
    everything = [item_json(facts) for facts in reading.items]
    return {"format": reading.format, "items": len(everything), "all": everything}


def item_json(facts: Facts) -> Json:
    """Give the facts of one item as plain values."""
    made: Json = {key: getattr(facts, key) for key in _AS_THEY_ARE}
    made.update({key: list(getattr(facts, key)) for key in _LISTS})
    for key in _TIMES:
        made[key] = _instant(getattr(facts, key))
        if getattr(facts, f"{key}_local"):
            made[f"{key}_local"] = getattr(facts, f"{key}_local")
    embargo = facts.embargo_until
    made["embargo_until"] = _instant(embargo) if isinstance(embargo, datetime) else embargo
    made["section"] = facts.section_name
    made["standfirst"] = facts.standfirst
    return made | _dateline(facts) | _body(facts) | _around(facts)


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _dateline(facts: Facts) -> Json:
    dateline = facts.dateline
    located = (facts.located or "").partition(",")[0].strip() or None
    return {
        "dateline_raw": dateline.raw if dateline else None,
        "dateline_city": dateline.city if dateline else located,
        "dateline_place": dateline.place if dateline else facts.located,
        "dateline_date": dateline.date.isoformat() if dateline and dateline.date else None,
        "dateline_agency": dateline.agency if dateline else None,
    }


def _body(facts: Facts) -> Json:
    paragraphs = facts.paragraphs
    return {
        "body_paragraphs": len(paragraphs),
        "body_headings": _count(facts, "subhead"),
        "tables": _count(facts, "table"),
        "table_rows": sum(len(block.rows) for block in facts.body),
        "links_in_body": sum(block.links for block in facts.body),
        "embeds": _count(facts, "embed"),
        "blockquotes": _count(facts, "quote"),
        "list_items": sum(len(block.items) for block in facts.body),
        "body_first": paragraphs[0].text if paragraphs else None,
        "body_last": paragraphs[-1].text if paragraphs else None,
    }


def _count(facts: Facts, kind: str) -> int:
    return sum(block.kind == kind for block in facts.body)


def _around(facts: Facts) -> Json:
    return {
        "notes_total": len(facts.notes),
        "notes_nonpublic": sum(not note.public for note in facts.notes),
        "related_links": [_link(link) for link in facts.related_links],
        "related_pictures": [_picture(picture) for picture in facts.related_pictures],
        "renditions": [_rendition(one) for one in facts.renditions],
    }


def _link(link: Link) -> Json:
    return {"href": link.href, "title": link.title}


def _rendition(one: Rendition) -> Json:
    return {
        "href": one.href,
        "name": one.name,
        "mime": one.mime,
        "width": one.width,
        "height": one.height,
        "size": one.size,
    }


def _picture(picture: Picture) -> Json:
    return {
        "guid": picture.guid,
        "headline": picture.headline,
        "caption": picture.caption,
        "credit": picture.credit,
        "copyright_notice": picture.copyright_notice,
        "usage_terms": picture.usage_terms,
        "renditions": [_rendition(one) for one in picture.renditions],
    }


def block_json(block: Block) -> Json:
    """Give one block as plain values, its empty fields left out."""
    made: Json = {"kind": block.kind}
    for key in ("text", "html", "attribution", "url"):
        if getattr(block, key):
            made[key] = getattr(block, key)
    if block.kind == "subhead":
        made["level"] = block.level
    if block.kind == "list":
        made |= {"ordered": block.ordered, "items": list(block.items)}
    if block.kind == "table":
        made["rows"] = [list(row) for row in block.rows]
    if block.picture:
        made["picture"] = _picture(block.picture)
    return made
