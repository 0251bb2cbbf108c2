"""Playing the afternoon in a running demo, by the same actions as the newsroom's screens."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import Error as DatabaseTrouble
from django.db import connection

from dateline.common.errors import DatelineError
from dateline.live.actions import (
    PostCopy,
    close_coverage,
    correct_post,
    open_coverage,
    pin_post,
    save_summary,
    send_post,
)
from dateline.live.models import LivePost, LiveStory
from dateline.newsfeed.actions import link_story, raise_alert
from dateline.newsfeed.models import Alert
from dateline.people.models import Person
from dateline.sample.afternoon import Afternoon, Step, afternoon
from dateline.sample.body import stored_body
from dateline.sample.markup import blocks_of, inline_html
from dateline.stories.actions import (
    Draft,
    correct_story,
    kill_story,
    publish_story,
    write_story,
)
from dateline.stories.enums import Kind, Role, Urgency
from dateline.stories.models import Story
from dateline.topics.models import Edition, Section, Topic
from dateline.topics.queries import storyline_by_slug

log = structlog.get_logger(__name__)
SAFETY = timedelta(seconds=1)


class Player:
    """Does one step after another, and remembers what steps speak of by name.

    What an earlier player left running is closed first, so an afternoon can begin at any time.
    """

    def __init__(self, played: Afternoon | None = None) -> None:
        self._played = played or afternoon()
        self._edition = Edition.objects.get(code=self._played.edition)
        self._stories: dict[str, Story] = {}
        self._posts: dict[str, LivePost] = {}
        self._coverage: LiveStory | None = None
        self._alert: Alert | None = None

    def play(self, *, pace: float, stopping: threading.Event) -> bool:
        """Play until the end or until told to stop, and say whether the end was reached.

        Units: seconds between two steps.

        Records: what the actions it calls record.
        """
        self._close_what_runs()
        for step in self._played.steps:
            if stopping.wait(pace):
                return False
            self._do(step)
        return True

    def _do(self, step: Step) -> None:
        """Do a step; one that people at the desk have made impossible is passed over."""
        try:
            _DEEDS[step.do](self, step)
        except (DatelineError, ValidationError, ObjectDoesNotExist) as error:
            log.warning("step of the afternoon passed over", step=step.do, error=str(error))

    def _close_what_runs(self) -> None:
        sluglines = [step.slugline for step in self._played.steps if step.kind == Kind.LIVE]
        running = LiveStory.objects.filter(
            story__edition=self._edition, story__slugline__in=sluglines, closed_at__isnull=True
        )
        for live_story in running:
            close_coverage(by=None, live_story=live_story)

    def _edition_of(self, step: Step) -> Edition:
        return Edition.objects.get(code=step.edition) if step.edition else self._edition

    @property
    def _running(self) -> LiveStory:
        assert self._coverage is not None, "a story of kind live comes first"  # noqa: S101
        return self._coverage

    def story(self, step: Step) -> None:
        """Write and publish a story; one of kind live opens its coverage."""
        story = publish_story(by=None, story=write_story(by=None, draft=self._draft(step)))
        self._stories[step.name] = story
        if step.kind == Kind.LIVE:
            self._coverage = open_coverage(by=None, story=story)

    def _draft(self, step: Step) -> Draft:
        edition = self._edition_of(step)
        people = {one.slug: one for one in Person.objects.filter(slug__in=step.bylines)}
        fields = {
            "section": Section.objects.get(edition=edition, path=step.section),
            "dateline_place": step.place,
            "dateline_agency": edition.agency,
            "source": edition.agency,
            "storyline": storyline_by_slug(edition, step.storyline) if step.storyline else None,
        }
        return Draft(
            fields=fields | {name: getattr(step, name) for name in _PLAIN},
            body=_body(step),
            bylines=[(people[slug], Role.WRITER) for slug in step.bylines],
            topics=list(Topic.objects.filter(edition=edition, slug__in=step.topics)),
        )

    def edit(self, step: Step) -> None:
        """Give a story other words."""
        story = self._stories[step.story]
        draft = Draft(
            fields={"headline": step.headline},
            body=_body(step),
            bylines=[(byline.person, Role(byline.role)) for byline in story.bylines.all()],
            topics=[row.topic for row in story.story_topics.all()],
        )
        publish_story(by=None, story=write_story(by=None, draft=draft, story=story))

    def correct(self, step: Step) -> None:
        """Say in the open what was wrong in a story."""
        correct_story(by=None, story=self._stories[step.story], text=step.text)

    def kill(self, step: Step) -> None:
        """Pull a story back."""
        story = self._stories[step.story]
        kill_story(by=None, story=story, why=step.why, notice=step.notice)

    def post(self, step: Step) -> None:
        """Tell the coverage's next post."""
        copy = PostCopy(
            headline=step.headline,
            body=_body(step),
            person=Person.objects.get(slug=step.by),
            is_key=step.key,
        )
        post = send_post(by=None, live_story=self._running, copy=copy)
        self._posts[step.name] = pin_post(by=None, post=post) if step.pin else post

    def correct_post(self, step: Step) -> None:
        """Say in the open what was wrong in a post."""
        correct_post(by=None, post=self._posts[step.post], text=step.text)

    def summary(self, step: Step) -> None:
        """Say what is known."""
        points = [inline_html(point) for point in step.points]
        save_summary(by=None, live_story=self._running, points=points)

    def flash(self, step: Step) -> None:
        """Alert readers by a headline alone."""
        self._alert = raise_alert(
            by=None, edition=self._edition_of(step), urgency=Urgency.FLASH, headline=step.headline
        )

    def link(self, step: Step) -> None:
        """Have the flash lead to its story."""
        assert self._alert is not None, "a flash comes first"  # noqa: S101
        link_story(by=None, alert=self._alert, story=self._stories[step.story])

    def close(self, step: Step) -> None:
        """End the coverage."""
        close_coverage(by=None, live_story=self._running)


_PLAIN = (
    "kind",
    "urgency",
    "headline",
    "short_headline",
    "slugline",
    "kicker",
    "standfirst",
)
_DEEDS: Mapping[str, Callable[[Player, Step], None]] = {
    "story": Player.story,
    "edit": Player.edit,
    "correct": Player.correct,
    "kill": Player.kill,
    "post": Player.post,
    "correct-post": Player.correct_post,
    "summary": Player.summary,
    "flash": Player.flash,
    "link": Player.link,
    "close": Player.close,
}


def _body(step: Step) -> list[dict[str, Any]]:
    return stored_body(blocks_of(step.text, where=step.do))


def play_until_stopped(*, pace: float, stopping: threading.Event) -> None:
    """Play one afternoon, say that it is over, and wait to be stopped.

    A database that is away is waited for; the afternoon then begins again.
    """
    while not stopping.is_set():
        try:
            if Player().play(pace=pace, stopping=stopping):
                log.info("the afternoon is over; start the demo again for another")
                connection.close()
                stopping.wait()
        except DatabaseTrouble as error:
            log.warning("database trouble", process="afternoon", error=str(error))
            connection.close()
            stopping.wait(SAFETY.total_seconds())
    connection.close()
