"""The one script that stands in a page itself: a reader's choices hold before the first paint.

A file of its own would be waited for. It is the same text in every page, so the policy allows it by
its digest and nothing else that is written into a page.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

PREFERRED = (Path(__file__).parent / "static/reader/js/preferred.js").read_text(encoding="utf-8")
PREFERRED_SOURCE = f"'sha256-{b64encode(sha256(PREFERRED.encode()).digest()).decode()}'"
"""As a policy's `script-src` names it."""
