"""Other houses that vouch for readers: what the settings say of each."""

import json
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

_SAFE = re.compile(r"https://[^/\s\"<>?#;,]+(?:/[^\s\"<>?#;,]*)?")
_ON_THIS_MACHINE = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?:/[^\s\"<>?#;,]*)?")


def _server(value: str) -> str:
    if value and not (_SAFE.fullmatch(value) or _ON_THIS_MACHINE.fullmatch(value)):
        raise ValueError("is an https address such as https://login.house.example/realms/press")
    return value.rstrip("/")


class OtherHouse(BaseModel):
    """A house by whose word readers come in; `server` is what its discovery is asked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern="^[a-z][a-z0-9-]{0,39}$")
    name: str = Field(min_length=1, max_length=60)
    server: Annotated[str, AfterValidator(_server)] = Field(min_length=1)
    client_id: str = Field(min_length=1)
    secret: SecretStr
    asks_at: Annotated[str, AfterValidator(_server)] = ""

    def __str__(self) -> str:
        return f"{self.id}: {self.name} at {self.server} (secret set)"

    @property
    def origin(self) -> str:
        """Return where readers are sent to be asked: a form may lead there."""
        parts = urlsplit(self.asks_at or self.server)
        return f"{parts.scheme}://{parts.netloc}"


def as_houses(value: object) -> object:
    """Read a list that the environment writes as JSON."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError("is a list of tables, in the environment as JSON") from None


def no_twins(value: list[OtherHouse]) -> list[OtherHouse]:
    """Refuse two houses under one id."""
    if len({house.id for house in value}) < len(value):
        raise ValueError("has two houses with the same id")
    return value
