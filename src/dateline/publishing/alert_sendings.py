"""Alerts leave the house: to whoever follows breaking news, and back again if they were wrong."""

from collections.abc import Collection

from dateline.journal.entries import Recorded
from dateline.newsfeed.alert_queries import alerts_about, story_of
from dateline.newsfeed.entries import AlertEnded, AlertRaised, alert_subject
from dateline.newsfeed.enums import WITH_STORY, WRONG
from dateline.stories.entries import StoryWithdrawn
from dateline.stories.queries import ending_of
from dateline.subscriptions.actions import Plan, plan_sending, retract, stop_sending
from dateline.subscriptions.enums import Cause, Thing
from dateline.subscriptions.queries import sending_by_key
from dateline.topics.queries import edition_by_code


def alert_sendings_after(recorded: Recorded) -> None:
    """Have an alert go out; when it ends keep what has not left, and take back what was wrong.

    One that is over already is taken back too once its story is: whoever had it has it still.
    """
    entry = recorded.entry
    if isinstance(entry, AlertRaised):
        _raise(entry)
    elif isinstance(entry, AlertEnded):
        _end(entry)
    elif isinstance(entry, StoryWithdrawn) and ending_of(entry.story) is not None:
        for alert, story in alerts_about([entry.story]):
            _take_back(alert_subject(alert), Cause.GONE, story)


def alerts_bringing(stories: Collection[int]) -> dict[str, int]:
    """Return under which keys alerts of some stories go out, each with its story."""
    return {alert_subject(alert): story for alert, story in alerts_about(stories)}


def _raise(entry: AlertRaised) -> None:
    edition = edition_by_code(entry.edition)
    if edition is None:
        return
    plan = Plan(
        key=entry.subject,
        thing=Thing.ALERT,
        edition=edition,
        subjects=(f"breaking:{entry.edition}",),
        title=entry.headline,
        thing_number=entry.alert,
    )
    plan_sending(by=None, plan=plan)


def _end(entry: AlertEnded) -> None:
    cause = Cause(entry.ended_as)
    if entry.ended_as in WRONG:
        story = story_of(entry.alert) if entry.ended_as in WITH_STORY else None
        _take_back(entry.subject, cause, story)
    elif sending := sending_by_key(entry.subject):
        stop_sending(by=None, sending=sending, why=cause)


def _take_back(key: str, cause: Cause, story: int | None) -> None:
    """Keep what has not left of an alert, and tell who has it; its `story`, so that it is once."""
    sending = sending_by_key(key)
    if sending is not None:
        stop_sending(by=None, sending=sending, why=cause)
        retract(by=None, sending=sending, story=story)
