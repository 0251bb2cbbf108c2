"""The sample's newsletter: two letters that were sent, and one that somebody is at."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dateline.common import clock
from dateline.people.models import Account
from dateline.sample.dating import age
from dateline.stories.models import Story
from dateline.subscriptions.actions import (
    begin_issue,
    compose_issue,
    save_newsletter,
    shelve_issue,
)
from dateline.subscriptions.enums import Source
from dateline.subscriptions.models import Newsletter
from dateline.subscriptions.newsletter_rules import IssueCopy, PartCopy
from dateline.topics.models import Edition

FILE = Path(__file__).with_name("newsletters.toml")
_FACTS = ("slug", "title", "tagline", "sender_name")


def write_newsletter(
    *, by: Account | None, edition: Edition, stories: Mapping[str, Story]
) -> Newsletter:
    """Store the newsletter with its issues; `stories` go by the names of their files.

    Records: NewsletterChanged, IssueChanged and IssueSent.
    """
    facts = tomllib.loads(FILE.read_text(encoding="utf-8"))
    made = Newsletter(edition=edition, **{name: facts[name] for name in _FACTS})
    newsletter = save_newsletter(by=by, newsletter=made)
    for one in facts["issues"]:
        at = clock.now() - age(one.get("ago", "0m"), FILE.name)
        out = {name: row for name, row in stories.items() if (row.published_at or at) <= at}
        issue = begin_issue(by=by, newsletter=newsletter)
        issue = compose_issue(by=by, issue=issue, copy=_copy(one, out))
        if "ago" in one:
            shelve_issue(by=by, issue=issue, at=at)
    return newsletter


def _copy(one: Mapping[str, Any], stories: Mapping[str, Story]) -> IssueCopy:
    more = PartCopy(heading="Off-beat", stories=_numbers(one.get("more", ()), stories))
    latest = PartCopy(heading="New since yesterday", source=Source.SINCE)
    first = PartCopy(heading=one["heading"], stories=_numbers(one["stories"], stories))
    return IssueCopy(
        title=one["title"],
        preheader=one["preheader"],
        intro=one["intro"],
        parts=(first, more if "ago" in one else latest),
    )


def _numbers(names: Any, stories: Mapping[str, Story]) -> tuple[int, ...]:
    """Return the stories that are out already: what lies ahead is not in the sample yet."""
    return tuple(stories[name].pk for name in names if name in stories)
