import pytest

from dateline.chats.actions import open_chat
from dateline.chats.moderation_house import forget
from dateline.reader.memo import memo
from tests.chats.talk import Talk
from tests.committing import committed
from tests.factories import a_newsroom, a_published_story, a_reader

__all__ = ["committed"]


@pytest.fixture(autouse=True)
def fresh():
    """Let no test judge by the words and the model of the one before."""
    forget()
    yield
    forget()


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


@pytest.fixture
def talk(room):
    """Return the open chat of a story that readers see, with three readers."""
    story = a_published_story(room)
    chat = open_chat(by=None, of=story)
    readers = [a_reader(name) for name in ("Ada Lind", "Bo Arner", "Cleo Stramm")]
    return Talk(room, story, chat, *readers)
