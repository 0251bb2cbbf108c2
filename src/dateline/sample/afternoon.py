"""The afternoon that `dateline demo --live` plays, as its file tells it: pure, no database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dateline.sample.errors import SampleError

FILE = Path(__file__).with_name("afternoon.toml")
NEEDS: Mapping[str, frozenset[str]] = {
    "story": frozenset(
        {"name", "kind", "section", "urgency", "slugline", "kicker", "headline"}
        | {"short_headline", "standfirst", "place", "topics", "bylines", "text"}
    ),
    "edit": frozenset({"story", "headline", "text"}),
    "correct": frozenset({"story", "text"}),
    "kill": frozenset({"story", "why", "notice"}),
    "post": frozenset({"by", "text"}),
    "correct-post": frozenset({"post", "text"}),
    "summary": frozenset({"points"}),
    "flash": frozenset({"headline"}),
    "link": frozenset({"story"}),
    "close": frozenset(),
}
"""What the desk can do in an afternoon, and what must be said of each deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing the desk does; which fields are given depends on `do`.

    Shape: `text` is in the sample's markup; `story` and `post` are names that steps before gave;
        `edition` is empty in that of the afternoon.
    """

    do: str
    edition: str = ""
    name: str = ""
    story: str = ""
    post: str = ""
    by: str = ""
    headline: str = ""
    short_headline: str = ""
    slugline: str = ""
    kicker: str = ""
    kind: str = ""
    section: str = ""
    urgency: int = 5
    standfirst: str = ""
    place: str = ""
    text: str = ""
    why: str = ""
    notice: str = ""
    key: bool = False
    pin: bool = False
    points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    storyline: str = ""
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Afternoon:
    """What happens, in order, in one edition unless a step names another."""

    edition: str
    steps: tuple[Step, ...]


def afternoon(file: Path = FILE) -> Afternoon:
    """Return the afternoon, every step checked.

    Raises:
        SampleError: a step is unknown, lacks a field, or speaks of what was not told before.
    """
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    steps = tuple(_step(place, one) for place, one in enumerate(facts["steps"], 1))
    _check_names(steps)
    return Afternoon(facts["edition"], steps)


def _step(place: int, facts: dict[str, Any]) -> Step:
    where = f"afternoon.toml, step {place}"
    needed = NEEDS.get(facts.get("do", ""))
    known = {field.name for field in fields(Step)}
    if needed is None or not needed <= facts.keys() <= known:
        raise SampleError(where=where, what="it is unknown, or lacks a field or has one too many")
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
    return Step(**given)


def _check_names(steps: tuple[Step, ...]) -> None:
    stories: set[str] = set()
    posts: set[str] = set()
    for place, step in enumerate(steps, 1):
        if (step.story and step.story not in stories) or (step.post and step.post not in posts):
            raise SampleError(where=f"afternoon.toml, step {place}", what="nothing of that name")
        if step.do == "story":
            stories.add(step.name)
        elif step.do == "post":
            posts.add(step.name)
