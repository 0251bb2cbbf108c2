"""The paragraphs of a body, by the ids under which pages show them and readers talk about them."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from dateline.stories.models import Story, Version

PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def plain_text(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def paragraphs_in(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield id and inline HTML of each paragraph of a part; what has no words is none."""
    found = PARAGRAPH.findall(part["value"]) or [part["value"]]
    for number, html in enumerate(found):
        if plain_text(html):
            yield part["id"] if number == 0 else f"{part['id']}-{number + 1}", html


def paragraphs_of(story: int, version: int) -> dict[str, str]:
    """Return the words of each paragraph of a published version; nothing where there is none."""
    found = Version.objects.filter(story=story, number=version).first()
    return _texts(json.loads(found.content["body"])) if found else {}


def paragraphs_now(story: int) -> dict[str, str]:
    """Return the words of each paragraph of a story as it is published."""
    found = Story.objects.filter(pk=story).first()
    return _texts(found.body.raw_data) if found else {}


def _texts(body: Any) -> dict[str, str]:
    parts = (part for part in body if part["type"] == "paragraph")
    return {name: plain_text(html) for part in parts for name, html in paragraphs_in(part)}
