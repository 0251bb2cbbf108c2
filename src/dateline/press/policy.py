"""What may be pressed, and under which address: everything else about a request is unkeyed.

The address is all that a pressed page is rendered from. `render_scope` makes the application's
request from the address alone, so nothing else a reader sends can reach a stored page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

MAX_TARGET = 2048
"""Bytes of the longest request target that is pressed."""

_ANY_PATH = re.compile(rb"(?:/(?:[A-Za-z0-9_~$&'()*+,;=:@!.-]|%[0-9A-Fa-f]{2})*)+")
_ODD = re.compile(rb"//|/\.{1,2}(?:/|$)")
_ENCODED_ODD = re.compile(rb"[\x00-\x1f\x7f/\\]")
PATH_SAFE = "/~$&'()*+,;=:@!"
"""What stays as it is in the path of an address, beside letters, digits and `_.-`."""
_NAMED_HOST = re.compile(rb"([A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?")
_REMEMBERED = 256

FORWARDED = frozenset(
    {
        b"forwarded",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-port",
        b"x-forwarded-prefix",
        b"x-forwarded-proto",
        b"x-forwarded-scheme",
        b"x-forwarded-server",
        b"x-forwarded-ssl",
        b"x-host",
        b"x-http-host-override",
        b"x-original-host",
        b"x-original-url",
        b"x-real-ip",
        b"x-rewrite-url",
        b"x-url-scheme",
    }
)
"""Headers by which a proxy in front speaks; taken from a request unless the policy trusts them."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The query arguments that the paths matching a pattern may have.

    Shape: `path` is a regular expression for the whole decoded path; `allowed` maps the name of an
        argument to a regular expression for its whole value.
    """

    path: str
    allowed: Mapping[str, str]


@dataclass(frozen=True)
class Policy:
    """What may be pressed.

    Shape: `canonical` is the authority (host, or host:port) all pages are rendered for; `hosts` are
        the host names a request may come for, without port, `*` for any; `private_prefixes` are
        never pressed, nor is a decoded path that is all of the regular expression
        `private_paths`; `open_prefixes` answer under any Host (health probes); `trusted_headers`
        are the members of `FORWARDED` that the application may see. `hosts_admitted` remembers
        Host values that were found to be ours.
    """

    canonical: str
    hosts: frozenset[str]
    scheme: str = "https"
    private_prefixes: tuple[str, ...] = ()
    private_paths: str = r"(?!)"
    open_prefixes: tuple[str, ...] = ()
    arguments: tuple[Arguments, ...] = ()
    trusted_headers: frozenset[bytes] = frozenset()
    hosts_admitted: set[bytes] = field(default_factory=set, init=False, repr=False)

    def key_for(self, target: bytes) -> str | None:
        """Return the address that a request target is pressed under, or None for never.

        An address is a canonical target: `key_for(key.encode()) == key`. Odd targets (`//`, dot
        segments, backslashes, control characters, encoded slashes, bytes that are not UTF-8, over
        2 KB) are for the application to refuse.
        """
        if len(target) > MAX_TARGET:
            return None
        raw_path, _, raw_query = target.partition(b"?")
        path = _decoded(raw_path)
        if path is None or self._is_private(path):
            return None
        query = self._query(path, raw_query) if raw_query else ""
        if query is None:
            return None
        return quote(path, safe=PATH_SAFE) + ("?" + query if query else "")

    def _is_private(self, path: str) -> bool:
        folded = path.casefold()
        if re.fullmatch(self.private_paths, path):
            return True
        return any(_is_under(folded, prefix.casefold()) for prefix in self.private_prefixes)

    def _query(self, path: str, raw: bytes) -> str | None:
        """Return the listed arguments in order of name; None when one is listed but wrong."""
        allowed = self._allowed(path)
        kept: dict[str, str] = {}
        for part in raw.split(b"&") if allowed else ():
            raw_name, _, raw_value = part.partition(b"=")
            name, value = _argument(raw_name), _argument(raw_value)
            if name is None or name not in allowed:
                continue
            if value is None or name in kept or not re.fullmatch(allowed[name], value):
                return None
            kept[name] = value
        return "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in sorted(kept.items()))

    def _allowed(self, path: str) -> Mapping[str, str]:
        allowed: dict[str, str] = {}
        for rule in self.arguments:
            if re.fullmatch(rule.path, path):
                allowed.update(rule.allowed)
        return allowed

    def admits_host(self, host: bytes | None) -> bool:
        """Say whether a Host value is one of ours; the port does not matter."""
        if host is None or not self._check_host(host):
            return False
        if len(self.hosts_admitted) >= _REMEMBERED:
            self.hosts_admitted.clear()
        self.hosts_admitted.add(host)
        return True

    def _check_host(self, host: bytes) -> bool:
        found = _NAMED_HOST.fullmatch(host)
        if found is None or int(found[2] or 1) > 65535:
            return False
        name = found[1].decode("ascii").lower().removesuffix(".")
        return "*" in self.hosts or name in self.hosts

    def is_open(self, path: str) -> bool:
        """Say whether a path answers whatever the Host."""
        return any(_is_under(path, prefix) for prefix in self.open_prefixes)

    def render_scope(self, key: str) -> dict[str, Any]:
        """Return the ASGI request that renders an address: of the reader's own there is nothing."""
        raw_path, _, query = key.partition("?")
        authority = urlsplit("//" + self.canonical)
        port = authority.port or (443 if self.scheme == "https" else 80)
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": self.scheme,
            "path": unquote_to_bytes(raw_path).decode(),
            "raw_path": raw_path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": [(b"host", self.canonical.encode("ascii"))],
            "client": None,
            "server": (authority.hostname, port),
            "dateline.press": True,
        }

    def passed_headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Return a request's headers without the forwarded ones that nobody vouches for."""
        hidden = FORWARDED - self.trusted_headers
        return [pair for pair in headers if pair[0].replace(b"_", b"-") not in hidden]


def _decoded(raw: bytes) -> str | None:
    """Return the decoded path, or None for one that two programs could read differently."""
    if _ODD.search(raw) or not _ANY_PATH.fullmatch(raw):
        return None
    if b"%" not in raw:
        return raw.decode("ascii")
    decoded = unquote_to_bytes(raw)
    encoded_slash = decoded.count(b"/") != raw.count(b"/")
    if encoded_slash or _ODD.search(decoded) or _ENCODED_ODD.search(decoded.replace(b"/", b"")):
        return None
    try:
        return decoded.decode()
    except UnicodeDecodeError:
        return None


def _argument(raw: bytes) -> str | None:
    try:
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None


def _is_under(path: str, prefix: str) -> bool:
    return path == prefix.rstrip("/") or path.startswith(prefix.rstrip("/") + "/")
