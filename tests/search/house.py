"""A newsroom whose stories are in the index, and questions to it."""

from datetime import UTC, datetime, timedelta

from dateline.common import clock
from dateline.journal.queries import replay
from dateline.search.queries import Question, search_stories, stories_found
from dateline.search.tasks import HEARS, index_after
from dateline.topics.actions import save_edition, save_section
from dateline.topics.models import Edition, Section

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def follow(after=0):
    """Do what the runner would do for the index, and return how far the journal is."""
    for recorded in replay(after, 10_000):
        if isinstance(recorded.entry, HEARS):
            index_after(recorded)
        after = recorded.seq
    return after


def ask(edition, text, **more):
    return search_stories(Question(edition=edition, text=text, now=clock.now(), **more))


def headlines(edition, text, **more):
    return [s.headline for s in stories_found(ask(edition, text, **more), clock.now())]


def an_edition(code, language=None):
    """Return another edition and a section of it."""
    edition = save_edition(
        by=None,
        edition=Edition(
            code=code, name=code, agency=code, language=language or code, is_default=False
        ),
    )
    section = Section(edition=edition, name="Мир", slug="world", tagline="")
    return edition, save_section(by=None, section=section)
