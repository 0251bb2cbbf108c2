"""A coverage for tests, and what was recorded of it."""

from dataclasses import dataclass

from dateline.journal.queries import head, replay
from dateline.live import actions
from dateline.live.models import LiveStory
from dateline.stories.models import Story
from tests.factories import Newsroom


def copy(text="The doors are open.", **fields):
    body = [{"type": "paragraph", "value": f"<p>{text}</p>"}] if text else []
    return actions.PostCopy(body=body, **fields)


@dataclass
class Coverage:
    room: Newsroom
    story: Story
    live_story: LiveStory

    def write(self, text="The doors are open.", client_key="", **fields):
        return actions.write_post(
            by=self.room.editor,
            live_story=self.live_story,
            copy=copy(text, **fields),
            client_key=client_key,
        )

    def send(self, text="The doors are open.", client_key="", **fields):
        return actions.send_post(
            by=self.room.editor,
            live_story=self.live_story,
            copy=copy(text, **fields),
            client_key=client_key,
        )


class Recording:
    """Notes the kinds of the entries recorded inside the block."""

    def __enter__(self):
        self._seq = head()
        return self

    def __exit__(self, *_):
        self.entries = [recorded.entry for recorded in replay(self._seq)]
        self.kinds = [entry.kind for entry in self.entries]
        self.channels = {c for entry in self.entries for c in entry.channels}
