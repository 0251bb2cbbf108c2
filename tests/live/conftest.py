import pytest

from dateline.live import actions
from dateline.reader.memo import memo
from tests.committing import committed
from tests.factories import a_newsroom, a_published_story
from tests.live.coverage import Coverage

__all__ = ["committed"]


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


@pytest.fixture
def live(room):
    """Return running coverage of a story that readers see."""
    story = a_published_story(room, "Live: the Council meets", kind="live")
    return Coverage(room, story, actions.open_coverage(by=room.editor, story=story))
