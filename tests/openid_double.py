"""A small house that vouches for people by OpenID Connect, on this machine."""

import base64
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.web_double import serving

CLIENT, SECRET = "newsroom", "hush-hush"


def a_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class House:
    """The house and what it says: `person` are its claims, the flags its misdeeds."""

    url: str = ""
    person: dict = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=a_key)
    shown_key: rsa.RSAPrivateKey | None = None
    is_down: bool = False
    refuses: bool = False
    userinfo: dict | None = None
    claims: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def discovery(self) -> dict:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict:
        public = (self.shown_key or self.key).public_key()
        made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
        return {"keys": [made | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where the reader is led back to."""
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        told = {"error": "access_denied"} if self.refuses else {"code": code}
        return f"{asked['redirect_uri']}?{urlencode(told | {'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict:
        begun = self.codes.pop(sent["code"])  # good once
        digest = sha256(sent["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == begun["code_challenge"]
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        assert sent["redirect_uri"] == begun["redirect_uri"]
        now = int(time.time())
        usual = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = usual | self.person | self.claims
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "once", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    house: House

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        house = self.house
        house.asked.append(parts.path)
        if house.is_down:
            return self.send_error(503)
        if parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", house.authorize(query))
            self.send_header("Content-Length", "0")
            return self.end_headers()
        answers = {
            "/.well-known/openid-configuration": house.discovery,
            "/keys": house.keys,
            "/userinfo": lambda: house.person if house.userinfo is None else house.userinfo,
        }
        return self._say(answers[parts.path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.house.is_down:
            return self.send_error(503)
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        return self._say(self.house.token(sent))

    def _say(self, told: dict) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def openid_double(**person: object) -> Iterator[House]:
    """Run a house that vouches for one person."""
    house = House(person=person)
    with serving(type("Handler", (_Handler,), {"house": house})) as port:
        house.url = f"http://127.0.0.1:{port}"
        yield house
