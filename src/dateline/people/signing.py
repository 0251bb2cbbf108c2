"""Signing what leaves by SMTP with the newsroom's own keys (DKIM), where the settings name some."""

import smtplib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends import smtp

from dateline.common import clock, house
from dateline.standards.dkim import DkimKey, dkim_key, signed


def key_file(folder: Path, selector: str) -> Path:
    """Return where a key lies in a data folder."""
    return folder / "dkim" / f"{selector}.pem"


@lru_cache(maxsize=4)
def keys_in(folder: Path, domain: str, selectors: Sequence[str]) -> tuple[DkimKey, ...]:
    """Return the keys of a data folder by their selectors, read once in the life of a process.

    Raises:
        OSError: one cannot be read.
        CopyError: one is no key for this.
    """
    return tuple(
        dkim_key(key_file(folder, one).read_bytes(), domain=domain, selector=one)
        for one in selectors
    )


def sign_letter(letter: bytes) -> bytes:
    """Return a letter with our signatures; as it is, where the settings name no key.

    Raises:
        OSError, CopyError: as `keys_in`: better that it waits than that it leaves unsigned.
    """
    chosen = settings.DATELINE
    if not chosen.dkim_selectors:
        return letter
    keys = keys_in(house.home(), chosen.signing_domain, tuple(chosen.dkim_selectors))
    return signed(letter, keys, at=int(clock.now().timestamp()))


class _Plain(smtplib.SMTP):
    def sendmail(self, from_addr: str, to_addrs: Any, msg: Any, *args: Any, **given: Any) -> Any:
        """Send a letter, signed."""
        return super().sendmail(from_addr, to_addrs, sign_letter(msg), *args, **given)


class _Secure(smtplib.SMTP_SSL):
    def sendmail(self, from_addr: str, to_addrs: Any, msg: Any, *args: Any, **given: Any) -> Any:
        """Send a letter, signed."""
        return super().sendmail(from_addr, to_addrs, sign_letter(msg), *args, **given)


class EmailBackend(smtp.EmailBackend):
    """Django's way to a mail server, for the mail of accounts, with our signatures."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what speaks with the server."""
        return _Secure if self.use_ssl else _Plain
