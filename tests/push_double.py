"""A browser and its push service on this machine: what comes in is checked, opened and kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dateline.standards.base64url import from_base64url, to_base64url
from dateline.standards.push.sealing import CURVE, BrowserKeys, content_keys, point_of
from tests.web_double import serving


@dataclass
class Browser:
    """One browser's subscription: its private key and its secret."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return to_base64url(point_of(self.key.public_key()))

    @property
    def keys(self) -> BrowserKeys:
        return BrowserKeys.of(self.p256dh, to_base64url(self.auth))

    def open(self, body: bytes) -> bytes:
        """Open what was sealed; anything that does not fit raises."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(body) <= size == 4096
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        )
        mine = point_of(self.key.public_key())
        key, nonce = content_keys(shared, self.auth, mine, sender, salt)
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\x00")
        assert plain.endswith(b"\x02")
        return plain[:-1]


def claims_in(authorization: str, *, audience: str) -> tuple[dict[str, object], str]:
    """Check a VAPID header and return its claims and its public key."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64url(parts["k"]))
    return jwt.decode(parts["t"], public, algorithms=["ES256"], audience=audience), parts["k"]


@dataclass
class Pushed:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    claims: dict[str, object]
    sender: str


class PushService:
    """What came for which endpoint; `statuses` says what a path is answered."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.statuses: dict[str, int] = {}
        self.pushed: list[Pushed] = []
        self.refused: list[str] = []

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Check a request as a push service does, and return the status."""
        try:
            claims, sender = claims_in(headers.get("authorization", ""), audience=self.url)
        except (jwt.PyJWTError, AssertionError, ValueError, KeyError) as error:
            self.refused.append(repr(error))
            return 403
        if int(headers.get("ttl", "-1")) < 0 or headers.get("content-encoding") != "aes128gcm":
            self.refused.append("headers")
            return 400
        self.pushed.append(Pushed(path, headers, body, claims, sender))
        return self.statuses.get(path, 201)


@contextmanager
def push_service() -> Iterator[PushService]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = service.take(urlsplit(self.path).path, headers, body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Handler) as port:
        service = PushService(port)
        yield service
