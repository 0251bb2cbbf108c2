"""A ninjs object, versions 1.0 to 3.1, to facts."""

from dataclasses import replace
from datetime import tzinfo
from typing import Literal

from dateline.standards.copy.bylines import byline_in, names_in
from dateline.standards.errors import CopyError
from dateline.standards.facts import Embargo, Facts, Note
from dateline.standards.json_text import Json
from dateline.standards.lead import take_dateline, without_headline
from dateline.standards.markup.blocks import text_of
from dateline.standards.ninjs.bodies import body_of
from dateline.standards.ninjs.fields import Item, whole_number
from dateline.standards.ninjs.pictures import (
    associated,
    credit_of,
    description_of,
    headline_of,
    picture_of,
    renditions_of,
)
from dateline.standards.text.clean import direction_of, direction_of_language, or_none
from dateline.standards.text.words import words
from dateline.standards.times import Moment, moment_in

_TYPES = words("text audio video picture graphic composite component event planning")
_MEDIA = words("audio video picture graphic")
_STATES: dict[str, Literal["usable", "withheld", "canceled"]] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}


def read_ninjs(raw: Json, *, zone: tzinfo | None = None, path: str = "") -> Facts:
    """Read one ninjs object.

    Args:
        raw: The parsed object.
        zone: The source's zone, for times without one.
        path: Its place in a larger document, as a JSON pointer.

    Raises:
        CopyError: `bad-item` when the identifier is missing or a field that decides about
            publication cannot be read.
    """
    item = Item.of(raw, path)
    facts = _identified(item, zone)
    facts = _described(item, facts)
    facts = _classified(item, facts)
    facts = _with_body(item, facts)
    return replace(facts, warnings=facts.warnings + tuple(item.warnings))


def _identified(item: Item, zone: tzinfo | None) -> Facts:
    guid = or_none(item.must_be_text("uri") or "")
    if not guid:
        raise CopyError(
            "bad-item", "the item has no “uri”", cure="give it one", where=item.path or "/"
        )
    kind = item.must_be_text("type") or "text"
    if kind not in _TYPES:
        what = f"“{kind[:40]}” is not a type of ninjs item"
        raise CopyError("bad-item", what, cure="use text, picture, …", where=item.at("type"))
    version = moment_in(item.text("versioncreated"), zone=zone)
    first = moment_in(item.text("firstcreated"), zone=zone)
    created = moment_in(item.text("contentcreated"), zone=zone)
    expires = _expires(item, zone)
    return Facts(
        type=kind,
        guid=guid,
        version=_version(item),
        pub_status=_pub_status(item),
        embargo_until=_embargo(item, zone),
        version_created=version.instant,
        version_created_local=version.local,
        first_created=first.instant,
        first_created_local=first.local,
        content_created=created.instant,
        content_created_local=created.local,
        expires=expires.instant,
        expires_local=expires.local,
    )


def _expires(item: Item, zone: tzinfo | None) -> Moment:
    written = item.must_be_text("expires")
    moment = moment_in(written, zone=zone)
    if written and not moment.instant and not moment.local:
        what = "the expiry cannot be read as a time"
        raise CopyError("bad-item", what, cure="use ISO 8601", where=item.at("expires"))
    return moment


def _version(item: Item) -> int | float | None:
    value = item.values.get("version")
    if isinstance(value, int | float) and not isinstance(value, bool):
        item.warn("version", "the version should be text; it was read as a number")
        return whole_number(value) or (value if abs(value) < 1e15 else None)
    try:
        number = float(item.text("version") or "")
    except ValueError:
        return None
    return whole_number(number) if number == number and abs(number) < 1e15 else None


def _pub_status(item: Item) -> Literal["usable", "withheld", "canceled"]:
    written = item.must_be_text("pubstatus")
    if written is None:
        return "usable"
    state = _STATES.get(written.strip().lower())
    if state is None:
        what = f"“{written[:40]}” is no publishing status"
        cure = "use usable, withheld or canceled"
        raise CopyError("bad-item", what, cure=cure, where=item.at("pubstatus"))
    if written != state:
        item.warn("pubstatus", f"“{written}” was read as {state}")
    return state


def _embargo(item: Item, zone: tzinfo | None) -> Embargo:
    key = item.has("embargoeduntil", "embargoed")
    if key is None:
        return None
    value = item.values[key]
    moment = moment_in(value if isinstance(value, str) else None, zone=zone)
    if moment.instant:
        return moment.instant
    item.warn(key, "the embargo cannot be read as an instant with a zone; the item is held")
    return "hold"


def _described(item: Item, facts: Facts) -> Facts:
    byline = item.text("by", "byline")
    read = byline_in(byline) if byline else None
    language = item.text("language")
    note = item.text("ednote")
    described = description_of(item, "text", "summary", "abstract", "teaser", "main")
    media = facts.type in _MEDIA
    return replace(
        facts,
        language=language,
        headline=headline_of(item),
        kicker=headline_of(item, "kicker"),
        subheadline=headline_of(item, "sub") or headline_of(item, "subheadline"),
        teaser=None if media else described,
        caption=picture_of(item).caption if media else None,
        slugline=item.text("slugline"),
        byline=byline,
        authors=read[1] if read else names_in(byline or ""),
        located=item.text("located"),
        credit=credit_of(item),
        picture_credit=(credit_of(item) or byline) if media else None,
        copyright_notice=item.text("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        notes=(Note(text=note),) if note else (),
    )


def _classified(item: Item, facts: Facts) -> Facts:
    subjects = item.objects("subjects", "subject")
    codes = [code for one in subjects if (code := one.text("literal", "code"))]
    uris = [uri for one in subjects if (uri := one.text("uri") or _scheme_uri(one))]
    urgency = whole_number(item.values.get("urgency"))
    if item.has("urgency") and (urgency is None or not 1 <= urgency <= 9):
        item.warn("urgency", "the urgency should be a whole number from 1 to 9; it was left out")
        urgency = None
    pictures, links = associated(item)
    return replace(
        facts,
        urgency=urgency,
        genre=next(iter(_names(item, "genres", "genre")), None),
        source=next(iter(_names(item, "infosources", "infosource")), None),
        subject_names=_names(item, "subjects", "subject"),
        subject_codes=tuple(code for code in codes if ":" not in code),
        subject_qcodes=tuple(code for code in codes if ":" in code),
        subject_uris=tuple(uris),
        people=_names(item, "people", "person"),
        organisations=_names(item, "organisations", "organisation"),
        places=_names(item, "places", "place"),
        renditions=renditions_of(item),
        related_pictures=pictures,
        related_links=links,
        caption=facts.caption or next((one.caption for one in pictures), None),
        picture_credit=facts.picture_credit or next((one.credit for one in pictures), None),
    )


def _names(item: Item, *keys: str) -> tuple[str, ...]:
    return tuple(name for one in item.objects(*keys) if (name := one.text("name")))


def _scheme_uri(one: Item) -> str | None:
    scheme, code = one.text("scheme"), one.text("code")
    if not scheme or not code or not scheme.startswith("http"):
        return None
    return scheme + ("" if scheme.endswith(("/", "#", "=")) else "/") + code


def _with_body(item: Item, facts: Facts) -> Facts:
    body = without_headline(body_of(item), facts.headline)
    when = Moment(facts.version_created, facts.version_created_local).day
    led = take_dateline(body, when)
    sample = (facts.headline or "") + text_of(led.body[:3])
    way = direction_of_language(facts.language) if facts.language else direction_of(sample)
    return replace(
        facts,
        body=led.body,
        dateline=led.dateline,
        direction="rtl" if way == "rtl" else "ltr",
        warnings=led.warnings,
    )
