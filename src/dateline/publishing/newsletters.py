"""Issues of newsletters leave at their time; what stands in them is the reader's own affair."""

from datetime import datetime

from dateline.subscriptions.actions import release_issue
from dateline.subscriptions.models import Issue


def release(issue: Issue, now: datetime) -> None:
    """Fix which stories everybody gets, and have the issue leave."""
    from dateline.reader.issue_parts import (  # noqa: PLC0415 - large, and seldom needed
        stories_of_issue,
    )

    release_issue(by=None, issue=issue, stories=stories_of_issue(issue, now))
