"""A small press over the real store and the site's own views, compared with fresh renders."""

import re
from difflib import unified_diff

from django.core.cache import cache
from django.db import connection
from django.test import Client

from dateline.journal.queries import head, replay
from dateline.media.tasks import renditions_after
from dateline.newsfeed.tasks import alerts_after
from dateline.press.page import Pressing, press
from dateline.press.ring import KeyRing
from dateline.press.store import PageStore
from dateline.publishing import pages
from dateline.publishing.months import count_month
from dateline.reader import marks, memo
from dateline.reader.account.hint import HINT
from dateline.readers.actions import Joining, register_reader

_OLDER = re.compile(r'href="(/[^"]*[?;&]before=[^"]+)"')
QUICK = Pressing(gzip_level=1, brotli_quality=0)
NAME = "Zora Quint"
MARK = re.compile(r"zq\d+v\d+x", re.IGNORECASE)


def without_journal(html):
    """Return a page without the journal number it was made at: that one may differ."""
    return marks.without_journal(html.encode()).decode()


def forget_rings():
    """Have the next use of a ring open the one of the present data folder."""
    pages._ring.cache_clear()
    memo._ring.cache_clear()


def _signed_in():
    joining = Joining(mail="pressed@example.org", name=NAME, language="ru")
    reader = Client(headers={"accept-language": "ar"})
    reader.force_login(register_reader(by=None, joining=joining).account)
    reader.cookies[HINT] = "1"
    return reader


class ReadersPress:
    """Keeps what it once rendered until the ring says that it is out of date."""

    def __init__(self, folder):
        (folder / "run").mkdir(parents=True)
        forget_rings()
        memo.memo._values.clear()
        cache.clear()
        self.store = PageStore(KeyRing(folder / "run" / "press.ring"))
        self.client = Client()
        # What is kept was made for nobody; it must equal what is made for this one.
        self.reader = _signed_in()
        self.done = head()

    def follow(self, *, told):
        """Run what follows the entries; a process killed at its commit (not `told`) told nobody."""
        hooks, connection.run_on_commit = connection.run_on_commit, []
        for _, hook, _ in hooks if told else ():
            hook()
        while self.done < head():
            for recorded in replay(self.done):
                pages.drop_pages(recorded)
                renditions_after(recorded)
                count_month(recorded)
                alerts_after(recorded)
                self.done = recorded.seq
            for _, hook, _ in connection.run_on_commit:
                hook()
            connection.run_on_commit = []

    def differing(self):
        """Return the kept addresses whose page is not what a fresh render gives, and the lines."""
        self.store.refresh()
        found = {at: self._difference(at, page.body) for at, page in self.store.pages.items()}
        return {at: lines for at, lines in found.items() if lines}

    def _difference(self, at, kept):
        answer = self.reader.get(at)
        assert not answer.cookies, at
        assert NAME not in answer.content.decode(), at
        if answer.status_code != 200:
            return [f"{answer.status_code} now"]
        old, new = without_journal(kept.decode()), without_journal(answer.content.decode())
        return [] if old == new else list(unified_diff(old.split("\n"), new.split("\n"), n=0))

    def press(self, addresses):
        """Render and keep every address that is not kept yet, and the older pages they lead to."""
        waiting = list(addresses)
        while waiting:
            at = waiting.pop()
            page = self.store.find(at) or self._pressed(at)
            if page is not None:
                older = _OLDER.findall(page.body.decode().replace("&amp;", "&"))
                waiting += [link for link in older if link not in self.store.pages]

    def _pressed(self, at):
        seen = self.store.ring.position
        answer = self.client.get(at)
        if answer.status_code != 200:
            # A redirect names its keys for a CDN; the press itself keeps none.
            assert answer.status_code == 301 or "Cache-Tag" not in answer, at
            return None
        keys = answer["Cache-Tag"].split()
        page = press(answer.content, [(b"content-type", b"text/html")], keys, QUICK)
        assert self.store.put(at, page, seen), at
        return page

    def marks(self):
        """Return every mark that stands in any kept page, by address."""
        return {
            at: {mark.lower() for mark in MARK.findall(page.body.decode())}
            for at, page in self.store.pages.items()
        }
