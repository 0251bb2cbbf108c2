"""Rules of an import: values in, answer out."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from dateline.standards.archives.facts import ArchiveItem

LEAVE_OUT = "-"
LONGEST_PATH = 500
_OLDEST_YEAR = 1800
_LINK = re.compile(r'href="(https?://[^"]{1,2000})"', re.IGNORECASE)
_TABLES = ("defaults", "site", "sections", "kinds", "types", "authors", "topics")
_KNOWN = {
    "defaults": {"section", "kind", "language", "edition"},
    "site": {"address", "zone", "pattern"},
}
OLD_SCRIPT = r"/[^?]*\.(?:php|aspx?|jsp|cfm|cgi|pl)"
OLD_ARGUMENTS = ("id", "p", "page_id", "sid", "nid", "aid", "newsid", "article", "story", "item")
"""By what the scripts of other systems name a story; other arguments never reach a page of ours."""
Part = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the operator's map says; names of the old system are folded, `-` leaves out.

    Shape: `sections` category → section path, `kinds` category or tag → kind, `types` type of item
        → kind, `authors` login or name → name, `topics` tag → name.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    site: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)


def read_plan(text: str, *, kinds: Iterable[str]) -> Plan:
    """Read a map.

    Args:
        text: TOML.
        kinds: The kinds a story can be of.

    Raises:
        ValueError: it is no TOML, or names something unknown; says what.
    """
    try:
        made = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it cannot be read: {error}") from error
    for name, table in made.items():
        if name not in _TABLES or not isinstance(table, dict):
            raise ValueError(f"there is no [{name}]; there are {', '.join(_TABLES)}")
        for key, value in table.items():
            if key not in _KNOWN.get(name, {key}) or not isinstance(value, str):
                raise ValueError(f"[{name}] {key} is not understood")
    given = {
        name: dict(table) if name in _KNOWN else {fold(key): one for key, one in table.items()}
        for name, table in made.items()
    }
    plan = Plan(**given)
    known = set(kinds)
    for kind in (*plan.kinds.values(), *plan.types.values(), plan.defaults.get("kind", "news")):
        if kind not in known:
            raise ValueError(f"there is no kind {kind!r}; there are {', '.join(sorted(known))}")
    return plan


def fold(name: str) -> str:
    """Return a name as it is compared."""
    return " ".join(name.casefold().split()).strip("/")


def names_of(item: ArchiveItem) -> Iterator[tuple[str, ...]]:
    """Yield the folded names each category of an item goes by, the most exact first."""
    for category in item.categories:
        yield fold(category.slugs), fold(category.slug), fold(category.name)


def kind_of(item: ArchiveItem, plan: Plan) -> str:
    """Return the kind of story an item becomes."""
    for name in (*(one for names in names_of(item) for one in names), *map(fold, item.tags)):
        if name in plan.kinds:
            return plan.kinds[name]
    return plan.types.get(fold(item.type), plan.defaults.get("kind", "news"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which of an archive's items are wanted."""

    drafts: bool = False
    pages: bool = False


def why_not(item: ArchiveItem, plan: Plan, wanted: Wanted, now: datetime) -> str:
    """Return why an item is left out, in a few words; empty for one that becomes a story."""
    if item.type != "post" and fold(item.type) not in plan.types:
        if item.type != "page":
            return f"type “{item.type[:40]}”"
        if not wanted.pages:
            return "a page, not a post (--pages takes them)"
    if item.is_locked:
        return "kept behind a password or for members"
    if item.trouble:
        return item.trouble
    return _why_not_out(item, wanted, now) or _why_unready(item)


def _why_not_out(item: ArchiveItem, wanted: Wanted, now: datetime) -> str:
    if item.status in {"private", "trash"}:
        return item.status
    if item.status != "published":
        return "" if wanted.drafts else f"{item.status} (--drafts takes them)"
    if item.published.instant is None:
        local = item.published.local
        return "its time has no zone (--zone gives one)" if local else "no time of publication"
    year = item.published.instant.year
    if item.published.instant > now or year < _OLDEST_YEAR:
        return "its time of publication cannot be"
    return ""


def _why_unready(item: ArchiveItem) -> str:
    if not item.headline:
        return "no headline"
    return "" if item.markup.strip() else "no text"


def digest_of(item: ArchiveItem) -> str:
    """Return what changes when anything of an item does."""
    return hashlib.sha256(repr(item).encode("utf-8", "replace")).hexdigest()


def old_path(address: str) -> str:
    """Return an old address as it is stored: path decoded, query as it came; empty for none."""
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict") or "/"
    except (ValueError, UnicodeDecodeError):
        return ""
    whole = f"{path}?{parts.query}" if parts.query else path
    odd = "\0" in whole or len(whole) > LONGEST_PATH or not whole.startswith("/")
    return "" if odd or whole == "/" else whole


def paths_of(item: ArchiveItem) -> list[str]:
    """Return every path that led to an item, with its query as it came and as it is asked for."""
    addresses = (item.address, *item.other_addresses)
    whole = (path for one in addresses if (path := old_path(one)))
    return list(dict.fromkeys(path for one in whole for path in (one, _as_asked(one))))


def _as_asked(path: str) -> str:
    """Return a path with the arguments that reach a page, in order of their names."""
    bare, _, query = path.partition("?")
    kept = sorted(one for one in query.split("&") if one.partition("=")[0] in OLD_ARGUMENTS)
    return f"{bare}?{'&'.join(kept)}" if kept else path


def ways_to(address: str) -> list[str]:
    """Return the paths under which an address may be known, the most exact first."""
    whole = old_path(address)
    bare = whole.partition("?")[0]
    turned = bare.rstrip("/") if bare.endswith("/") else f"{bare}/"
    return list(dict.fromkeys(one for one in (whole, bare, turned) if one not in {"", "/"}))


def host_of(address: str) -> str:
    """Return an address's host without `www.`."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def links_in(body: Sequence[Part], hosts: frozenset[str]) -> set[str]:
    """Return the addresses of some hosts that a body links to."""
    found = (unescape(hit) for text in _texts(body) for hit in _LINK.findall(text))
    return {address for address in found if host_of(address) in hosts}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def relinked(value: Any, new: Mapping[str, str]) -> Any:
    """Return a body, or a part of one, with links to old addresses leading to new ones."""
    if isinstance(value, str):
        return _LINK.sub(lambda hit: _link(hit, new), value) if "href=" in value else value
    if isinstance(value, dict):
        return {name: relinked(one, new) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [relinked(one, new) for one in value]
    return value


def _link(hit: re.Match[str], new: Mapping[str, str]) -> str:
    address = new.get(unescape(hit[1]))
    return f'href="{escape(address)}"' if address else hit.group()


def with_ids(body: Sequence[Part], before: Sequence[Part], seed: str) -> list[Part]:
    """Give each part its id: the one it had before where it is the same, or stands in its place."""
    ours, theirs = [_sense(part) for part in body], [_sense(part) for part in before]
    ids: list[str] = [""] * len(body)
    for same, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if same == "equal" or (same == "replace" and b - a == d - c):
            for old, new in zip(range(a, b), range(c, d), strict=True):
                if before[old]["type"] == body[new]["type"]:
                    ids[new] = str(before[old].get("id") or "")
    made = (str(uuid5(NAMESPACE_URL, f"{seed}#{n}#{sense}")) for n, sense in enumerate(ours))
    return [{**part, "id": one or new} for part, one, new in zip(body, ids, made, strict=True)]


def _sense(part: Part) -> str:
    """Return what a part says, to tell whether two are the same; links may have been put right."""
    return re.sub(r'href="[^"]*"', "", f"{part['type']}:{part['value']!r}")
