"""Where settings come from, and which are in force.

Values come, strongest first, from the environment (`DATELINE_PORT=8100`), from `dateline.toml` in
the data folder, from `secrets.toml` beside it (generated), and from the table's defaults.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from dateline.config.errors import SettingsRefused
from dateline.config.settings_table import Settings

ENV_PREFIX = "DATELINE_"
FILE_NAME = "dateline.toml"
SECRETS_NAME = "secrets.toml"
_HOLD_SECRETS = {
    "database",
    "bounces_from",
    "push_key",
    "mail_server",
    "redis_url",
    "log_in_with",
    "esp",
}


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as `doctor` shows it: where its value came from, secrets masked."""

    name: str
    value: str
    source: str
    unit: str
    sentence: str


def home() -> Path:
    """Return the data folder: `$DATELINE_HOME`, else `newsroom` in the present folder."""
    return Path(os.environ.get("DATELINE_HOME") or "newsroom").absolute()


def _toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsRefused(where=path.name, what=str(error)) from error


def _environment() -> dict[str, Any]:
    """Return the settings given by environment; lists are written with commas."""
    found: dict[str, Any] = {}
    for key, text in os.environ.items():
        name = key.removeprefix(ENV_PREFIX).lower()
        if not key.startswith(ENV_PREFIX) or name == "home" or name not in Settings.model_fields:
            continue
        is_list = name in {"hosts", "trust"}
        found[name] = (
            [part.strip() for part in text.split(",") if part.strip()] if is_list else text
        )
    return found


def _sources(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return (source, values), weakest first."""
    return [
        (SECRETS_NAME, _toml(folder / SECRETS_NAME)),
        (FILE_NAME, _toml(folder / FILE_NAME)),
        ("environment", _environment()),
    ]


def _place(folder: Path, name: str, source: str) -> str:
    """Say where a setting was written: file and line, or the variable's name."""
    if source == "environment":
        return ENV_PREFIX + name.upper()
    lines = (folder / source).read_text(encoding="utf-8").splitlines()
    pattern = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
    number = next((n for n, line in enumerate(lines, 1) if pattern.match(line)), None)
    return f"{source}, line {number}" if number else source


def _load(folder: Path) -> tuple[Settings, dict[str, str]]:
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for source, given in _sources(folder):
        for name, value in given.items():
            values[name], origin[name] = value, source
    try:
        return Settings.model_validate(values), origin
    except ValidationError as error:
        first = error.errors()[0]
        name, place = str(first["loc"][0]), ".".join(map(str, first["loc"]))
        if first["type"] == "extra_forbidden":
            what = f"there is no setting called {place!r}; `dateline doctor` lists them"
        else:
            message = first["msg"].removeprefix("Value error, ")
            what = f"{name} = {first['input']!r}: {message}"
            if "secret" in name or name in _HOLD_SECRETS:
                what = f"{place}: {message}"
        raise SettingsRefused(
            where=_place(folder, name, origin.get(name, FILE_NAME)), what=what
        ) from None


@lru_cache(maxsize=1)
def settings_in_force() -> Settings:
    """Read, check and return the settings of this process.

    Raises:
        SettingsRefused: a text that cannot be read, naming file and line or variable.
    """
    return _load(home())[0]


def load_settings(folder: Path) -> Settings:
    """Read and check the settings of a data folder that is not this process's own.

    Raises:
        SettingsRefused: a text that cannot be read, naming file and line or variable.
    """
    return _load(folder)[0]


def describe_settings(folder: Path) -> list[SettingLine]:
    """Return every setting with its value in force and its source, secrets masked."""
    settings, origin = _load(folder)
    lines = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            shown = "(set)" if value.get_secret_value() else "(empty)"
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        lines.append(
            SettingLine(
                name=name,
                value=shown,
                source=origin.get(name, "default"),
                unit=str(extra.get("unit", "")),
                sentence=field.description or "",
            )
        )
    return lines
