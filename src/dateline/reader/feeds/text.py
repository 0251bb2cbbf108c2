"""Text for machines: characters that XML may hold, addresses that lead somewhere from anywhere."""

import re
from urllib.parse import urlsplit

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINK = re.compile(r'\b(href|src)="(/(?!/)[^"]*)"')


def legal(text: str) -> str:
    """Return a text without the characters XML 1.0 has no place for.

    Source: XML 1.0, fifth edition, production 2.
    """
    return _ILLEGAL.sub("", text)


def absolute(html: str, base_url: str) -> str:
    """Return HTML whose links and pictures name the site too."""
    return _LINK.sub(lambda found: f'{found[1]}="{base_url}{found[2]}"', html)


def tag_uri(base_url: str, day: str, what: str) -> str:
    """Return a name that stays when address and headline change.

    Source: RFC 4151; `day` is the day of first publication, `2008-11-13`.
    """
    return f"tag:{urlsplit(base_url).hostname},{day}:{what}"
