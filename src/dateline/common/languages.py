"""Which texts are tags of a language."""

import re
from functools import cache

from babel.core import Locale, parse_locale

_VARIANT = re.compile(r"[0-9][a-z0-9]{3}|[a-z0-9]{5,8}", re.IGNORECASE)


def is_language_tag(tag: str) -> bool:
    """Say whether a tag names a language there is, with a script and a place there are.

    Source: BCP 47 (RFC 5646, 2.1) without extensions; the names are those of the Unicode CLDR.
    """
    try:
        language, territory, script, variant = parse_locale(tag, sep="-")[:4]
    except ValueError:
        return False
    known = _names()
    return (
        language in known.languages
        and (territory is None or territory in known.territories)
        and (script is None or script in known.scripts)
        and (variant is None or _VARIANT.fullmatch(variant) is not None)
    )


@cache
def _names() -> Locale:
    return Locale("en")
