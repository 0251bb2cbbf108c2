"""The one way out: what stands at an address of others, fetched without being led astray.

Whoever names the address may own its server and its name server. So a name is looked up once, what
was found must be public, and the connection goes to just that; each redirect begins anew. Time and
size are bounded for the whole, not for each of its steps. Nothing else in the house may open a
connection to an address that somebody else wrote.
"""

import socket
import ssl
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from dateline import __version__
from dateline.common.errors import DatelineError
from dateline.common.late import cut_late

Network = IPv4Network | IPv6Network
_PORTS = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024
"""Below it stand services that take orders in plain text: mail, names, databases of old."""
_LED_ON = frozenset({301, 302, 303, 307, 308})
_PIECE = 65_536
_LEAST_SECONDS = 0.01
_SAFE = "/~$&'()*+,;=:@!%?"
# Addresses that hold another one, or are local by an older standard; Python calls them public.
_ODD = tuple(
    ip_network(text)
    for text in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
)


class FetchRefused(DatelineError):
    """Nothing was fetched from an address; `why` says it in a few words."""

    code = "fetch-refused"
    status = HTTPStatus.BAD_GATEWAY
    sentence = "{url}: {why}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one fetch may cost, looking names up and redirects included.

    Shape: `inside` are networks that may be asked though they are private: none, but in tests.
        Where `is_sealed`, only they are asked without TLS.
    """

    seconds: float = 20.0
    max_bytes: int = 20 << 20
    max_redirects: int = 5
    inside: tuple[Network, ...] = ()
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there: its address after redirects, its media type as told, its bytes."""

    url: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: `host` in ASCII without brackets, `target` as it is asked for."""

    url: str
    is_tls: bool
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Return what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == _PORTS["https" if self.is_tls else "http"]
        return host if is_usual else f"{host}:{self.port}"


def fetch(url: str, bounds: Bounds | None = None) -> Fetched:
    """Return what stands at a public address of the web.

    Raises:
        FetchRefused: it is no such address, leads to one that is not public, costs too much, or
            does not answer with a 200 that is not packed.
    """
    bounds = bounds or Bounds()
    until = monotonic() + bounds.seconds
    asked = url
    for _ in range(bounds.max_redirects + 1):
        found = _ask(place_of(asked), bounds, until)
        if isinstance(found, Fetched):
            return found
        asked = found
    raise FetchRefused(url=url, why="leads on too often")


def place_of(url: str) -> Place:
    """Take an address apart.

    Raises:
        FetchRefused: it is no plain address of the web.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise FetchRefused(url=url, why="is no address of the web") from error
    if not host or parts.username is not None or not url.isprintable() or " " in url:
        raise FetchRefused(url=url, why="is no plain address of the web")
    if port not in _PORTS.values() and port < _FIRST_FREE_PORT:
        raise FetchRefused(url=url, why=f"asks for port {port}")
    query = f"?{parts.query}" if parts.query else ""
    target = quote(f"{parts.path or '/'}{query}", safe=_SAFE)
    return Place(url, parts.scheme == "https", host, port, target)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address belongs to the open internet, and holds none that does not."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _ODD):
            return False
    return address.is_global and not address.is_multicast


def _look_up(place: Place, bounds: Bounds, seconds: float) -> tuple[int, tuple[object, ...]]:
    """Return family and socket address of a place; one that is not public refuses them all."""
    try:
        found = _addresses(place, seconds)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(url=place.url, why="its name is not known") from error
    for _, _, _, _, there in found:
        address = ip_address(there[0])
        if any(address in network for network in bounds.inside):
            continue
        if not is_public(address):
            raise FetchRefused(url=place.url, why="is not public")
        if bounds.is_sealed and not place.is_tls:
            raise FetchRefused(url=place.url, why="is not asked by https")
    family, _, _, _, there = found[0]
    return family, there


_Addresses = list[tuple[Any, Any, int, str, tuple[Any, ...]]]


def _addresses(place: Place, seconds: float) -> _Addresses:
    """Ask the system for the addresses of a name, and wait no longer than so many seconds.

    Whoever owns a name may have a server for it that never answers, and the system is patient.
    """
    answer: Future[_Addresses] = Future()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)
        else:
            answer.set_result(found)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return answer.result(seconds)


class Pinned(HTTPConnection):
    """A connection to the very address that was looked up; a certificate is for the name."""

    def __init__(self, place: Place, bounds: Bounds, seconds: float) -> None:
        """Look its address up; finding it, and connecting after that, take `seconds` together."""
        until = monotonic() + seconds
        self._place = place
        self._found = _look_up(place, bounds, seconds)
        super().__init__(place.host, place.port, timeout=max(until - monotonic(), _LEAST_SECONDS))
        self.wire: socket.socket | None = None

    def connect(self) -> None:
        """Connect, and agree on keys where the address is https."""
        family, there = self._found
        plain = socket.socket(family, socket.SOCK_STREAM)
        self.sock = self.wire = plain
        # A body goes out at once, without waiting for word that its headers came.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plain.settimeout(self.timeout)
        plain.connect(there)
        if self._place.is_tls:
            context = _trusted()
            name = self._place.host
            secure = context.wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)
            self.sock = self.wire = secure
            secure.do_handshake()
        # From here on whoever asks cuts what takes too long: waiting costs a call less each time.
        self.wire.settimeout(None)

    def cut(self) -> None:
        """End it from another thread, wherever it is; what reads from it reads the end."""
        if self.wire is not None:
            # The socket's own way: that of TLS would take the keys from under the reader.
            with suppress(OSError):
                socket.socket.shutdown(self.wire, socket.SHUT_RDWR)


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _ask(place: Place, bounds: Bounds, until: float) -> Fetched | str:
    """Ask for one place and return what is there, or where it leads."""
    left = until - monotonic()
    if left <= 0:
        raise FetchRefused(url=place.url, why="takes too long")
    connection = Pinned(place, bounds, left)
    try:
        headers = own_headers(place) | {"Accept": "*/*", "Connection": "close"}
        with cut_late(connection, until):
            connection.request("GET", place.target, headers=headers)
            with connection.getresponse() as answer:
                return _answer(answer, place, bounds, until)
    except (OSError, HTTPException, ValueError) as error:
        late = monotonic() >= until
        why = "takes too long" if late else "does not answer as the web does"
        raise FetchRefused(url=place.url, why=why) from error
    finally:
        connection.close()


def own_headers(place: Place) -> dict[str, str]:
    """Return what each of our requests says of us and of where it goes."""
    return {
        "Host": place.authority,
        "User-Agent": f"Dateline/{__version__}",
        "Accept-Encoding": "identity",
    }


def _answer(answer: HTTPResponse, place: Place, bounds: Bounds, until: float) -> Fetched | str:
    leads_to = answer.headers.get("Location")
    if answer.status in _LED_ON and leads_to:
        return urljoin(place.url, leads_to)
    if answer.status != HTTPStatus.OK:
        raise FetchRefused(url=place.url, why=f"answers {answer.status}")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchRefused(url=place.url, why="is packed though it was asked for plain")
    body = bytearray()
    while piece := answer.read1(_PIECE):
        body += piece
        if len(body) > bounds.max_bytes:
            raise FetchRefused(url=place.url, why=f"holds more than {bounds.max_bytes:,} bytes")
    if monotonic() >= until:
        raise FetchRefused(url=place.url, why="takes too long")
    if answer.length:
        raise FetchRefused(url=place.url, why="ends before its end")
    return Fetched(place.url, answer.headers.get_content_type(), bytes(body))
