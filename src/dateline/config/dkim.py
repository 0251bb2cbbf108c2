"""Keys by which this newsroom signs its letters: made, checked at the start, shown to the DNS."""

import os
from collections.abc import Iterator
from pathlib import Path

from dateline.config.errors import StartRefused
from dateline.config.setting_checks import checked_selector
from dateline.config.settings_table import Settings
from dateline.people.signing import key_file, keys_in
from dateline.standards.dkim import DkimKey, Kind, has_held, new_key, public_in
from dateline.standards.errors import CopyError

_MOST_STRING = 255


def make_key(folder: Path, chosen: Settings, selector: str, kind: Kind) -> str:
    """Make a key, unless it is there, and return what to print: its record, and how it is used.

    Raises:
        StartRefused: it cannot be written, or what is there is no key.
    """
    try:
        checked_selector(selector)
    except ValueError as error:
        raise StartRefused(what=f"A selector {error}") from error
    file = key_file(folder, selector)
    is_new = not file.exists()
    try:
        if is_new:
            file.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as made:
                made.write(new_key(kind))
    except OSError as error:
        raise StartRefused(what=f"{file}: {error.strerror or error}") from error
    (key,) = signing_keys(folder, chosen, [selector])
    return "\n".join(_told(file, key, chosen, is_new=is_new))


def _told(file: Path, key: DkimKey, chosen: Settings, *, is_new: bool) -> Iterator[str]:
    done = "was made" if is_new else "is there already"
    yield f"{file} {done}; it is a secret, and a backup takes it along."
    yield "\nTo be published in the DNS:\n"
    yield zone_line(key)
    if key.selector not in chosen.dkim_selectors:
        names = ", ".join(f'"{one}"' for one in (*chosen.dkim_selectors, key.selector))
        yield "\nWhen it can be seen there, put this into dateline.toml and start again:\n"
        yield f"dkim_selectors = [{names}]"


def signing_keys(folder: Path, chosen: Settings, selectors: list[str]) -> tuple[DkimKey, ...]:
    """Return the keys of some selectors.

    Raises:
        StartRefused: one is missing or is no key; says which and what to do.
    """
    try:
        return keys_in(folder, chosen.signing_domain, tuple(selectors))
    except OSError as error:
        cure = "make it with `dateline dkim SELECTOR`, or take it out of dkim_selectors"
        what = f"{error.filename}: {(error.strerror or str(error)).lower()}; {cure}"
        raise StartRefused(what=what) from error
    except CopyError as error:
        raise StartRefused(what=f"{folder / 'dkim'}: {error}") from error


def keys_there(folder: Path, chosen: Settings) -> tuple[DkimKey, ...]:
    """Return the keys that sign here; none where one of them cannot be read."""
    try:
        return signing_keys(folder, chosen, chosen.dkim_selectors)
    except StartRefused:
        return ()


def zone_line(key: DkimKey) -> str:
    """Return the line of a zone that shows a key: its text in strings as long as they may be."""
    record = key.record
    parts = (f'"{record[n : n + _MOST_STRING]}"' for n in range(0, len(record), _MOST_STRING))
    return f"{key.name}. IN TXT {' '.join(parts)}"


def key_troubles(
    folder: Path, chosen: Settings, *, letter: bytes = b"", record: str = ""
) -> Iterator[str]:
    """Yield what is wrong with our signatures, as far as files tell.

    Shape: `letter` is one that arrived, `record` what the DNS was found to say of a key.
    """
    try:
        keys = signing_keys(folder, chosen, chosen.dkim_selectors)
    except StartRefused as error:
        yield str(error)
        return
    for key in keys:
        file = key_file(folder, key.selector)
        if file.stat().st_mode & 0o077:
            yield f"{file} can be read by others; run `chmod 600 {file}`."
        if letter and has_held(letter, key) is False:
            yield f"The signature by {key.selector} is broken: the letter was changed on its way."
    if keys and record and public_in(record) not in {key.public for key in keys}:
        names = ", ".join(key.name for key in keys)
        yield f"The record is of no key that signs here; publish what stands above at {names}."
