"""A chat for tests, and what readers see of it."""

import re
from dataclasses import dataclass
from html import unescape

from dateline.chats.actions import Words, post_message
from dateline.chats.models import Chat
from dateline.readers.models import Reader
from dateline.stories.models import Story
from tests.factories import Newsroom

MESSAGE = re.compile(r'<li class="message[^"]*".*?</li>', re.DOTALL)
TEXT = re.compile(r'<div class="message-text"[^>]*>(.*?)</div>', re.DOTALL)


@dataclass
class Talk:
    room: Newsroom
    story: Story
    chat: Chat
    ada: Reader
    bo: Reader
    cleo: Reader

    @property
    def address(self) -> str:
        return f"{self.story.address}/chat/"

    def say(self, text="The doors were open.", *, by=None, client_key="", **about):
        words = Words(text=text, **about)
        return post_message(by=by or self.ada, chat=self.chat, words=words, client_key=client_key)


def shown(html):
    """Return the words of each message on a page; None for one that is gone."""
    found = (TEXT.search(one) for one in MESSAGE.findall(html))
    return [unescape(re.sub("<[^>]+>", "", one[1])).strip() if one else None for one in found]
