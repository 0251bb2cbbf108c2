"""The newsroom's content security policy: Wagtail's own small scripts are allowed by their hash.

A few of Wagtail's widgets start themselves with a script element in the page. Each such text is
checked here to be a known call whose arguments are JSON, data and not code, and its digest is added
to the policy of that one answer; any other script in a page is refused by the browser. Styles that
the text editor writes into the page are refused too: they only draw a placeholder.
"""

import base64
import json
import re
from hashlib import sha256

from django.http import HttpResponse

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CALL = re.compile(
    r'(?:initDateChooser|initDateTimeChooser|initTimeChooser|new \w*Chooser)\("[\w-]+", (\{.*\})\);'
)
_PANEL = re.compile(
    r"\s*\(function\(\) \{\s*var panel = new (?:InlinePanel|MultipleChooserPanel)\("
    r'JSON\.parse\("((?:[^"\\]|\\u[0-9A-Fa-f]{4})*)"\)\);\s*\}\)\(\);\s*'
)


def is_own_script(text: str) -> bool:
    """Say whether a script is one of Wagtail's starting calls with nothing but data in it."""
    call = _CALL.fullmatch(text.strip())
    if call is None:
        return _PANEL.fullmatch(text) is not None
    try:
        json.loads(call[1])
    except ValueError:
        return False
    return True


def allow_own_scripts(response: HttpResponse) -> None:
    """Add the digests of the answer's own starting scripts to its policy."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    own = [text for text in _INLINE.findall(response.text) if is_own_script(text)]
    if own:
        hashes = sorted({f"'sha256-{_digest(text)}'" for text in own})
        response._csp_update = {"script-src": hashes}  # type: ignore[attr-defined]


def _digest(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()
