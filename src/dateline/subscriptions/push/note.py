"""What a notification says: the message that a browser's worker opens and shows."""

import json
from dataclasses import dataclass
from datetime import timedelta

from dateline.standards.push.sealing import MAX_BYTES

_MOST_TITLE, _MOST_BODY, _MOST_HELD = 120, 240, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One notification.

    Shape: of two with the same `tag` a screen shows the last alone; `url` is what a press on it
        opens; `lasts` says how long a browser that is away is waited for. One that stands for
        several `holds` their tags: the next about one of these takes its place too. Only an urgent
        one makes a sound again where it replaces another; a quiet one makes none at all.
    """

    title: str
    body: str
    url: str
    tag: str
    language: str
    direction: str
    lasts: timedelta
    is_urgent: bool = False
    is_quiet: bool = False
    holds: tuple[str, ...] = ()

    @property
    def message(self) -> bytes:
        """Return it as JSON, short enough to be sealed."""
        told = {
            "title": self.title[:_MOST_TITLE],
            "body": self.body[:_MOST_BODY],
            "url": self.url,
            "tag": self.tag,
            "lang": self.language,
            "dir": self.direction,
            "urgent": self.is_urgent,
            "quiet": self.is_quiet,
            "holds": self.holds[-_MOST_HELD:],
        }
        made = json.dumps(told, ensure_ascii=False).encode()
        return made if len(made) <= MAX_BYTES else json.dumps(told | {"body": ""}).encode()
