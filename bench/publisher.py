"""Publishes at each line of its input, and says when the call began and the commit was through.

coverage 2000    a live coverage with so many posts
story 12         a story of this number
post 12          a post of this number in the coverage made last
"""

import json
import sys
import time

import django

MARK = "Bench line "
"""What stands before the number in every headline, and so in what open pages are told."""


class Publisher:
    """A newsroom's own actions, as the lines name them."""

    def __init__(self) -> None:
        from dateline.topics.models import Section

        self._section = Section.objects.first()
        self._coverage = None

    def coverage(self, size: int) -> dict:
        """Make a live coverage of so many posts."""
        from datetime import timedelta

        from dateline.common import clock
        from dateline.live.actions import PostCopy, ToldPost, open_coverage, shelve_posts
        from dateline.stories.actions import publish_story

        story = self._written("Coverage of the bench", kind="live")
        publish_story(by=None, story=story)
        self._coverage = open_coverage(by=None, story=story)
        first = clock.now() - timedelta(minutes=size + 1)
        posts = [
            ToldPost(
                copy=PostCopy(headline=f"Post {n}", body=_BODY, is_key=n % 40 == 0),
                at=first + timedelta(minutes=n),
            )
            for n in range(size)
        ]
        shelve_posts(by=None, live_story=self._coverage, posts=posts)
        story.refresh_from_db()
        return {"story": story.pk, "address": story.address}

    def story(self, number: int) -> dict:
        """Publish a story."""
        from dateline.stories.actions import publish_story

        story = self._written(f"{MARK}{number}")
        return _timed(lambda: publish_story(by=None, story=story))

    def post(self, number: int) -> dict:
        """Write and publish a post."""
        from dateline.live.actions import PostCopy, send_post

        copy = PostCopy(headline=f"{MARK}{number}", body=_BODY)
        return _timed(lambda: send_post(by=None, live_story=self._coverage, copy=copy))

    def _written(self, headline: str, **fields):
        from dateline.stories.actions import Draft, write_story

        given = {"section": self._section, "headline": headline, **fields}
        return write_story(by=None, draft=Draft(fields=given, body=_BODY))


_BODY = [{"type": "paragraph", "value": "<p>Some words.</p>"}]


def _timed(publish) -> dict[str, float]:
    from django.db import transaction

    committed = []
    began = time.monotonic()
    with transaction.atomic():
        # The first to be called after the commit, before anybody is told of it.
        transaction.on_commit(lambda: committed.append(time.monotonic()))
        publish()
    return {"began": began, "committed": committed[0]}


def main() -> None:
    """Do what each line says, and answer it."""
    django.setup()
    publisher = Publisher()
    for line in sys.stdin:
        what, number = line.split()
        answer = getattr(publisher, what)(int(number))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
